"""Characters brought to one form each: compatibility forms, controls, lost bytes, white space.

Compatibility forms follow Unicode NFKC with five exceptions, because plain NFKC changes what a
text says: Chinese punctuation stays Chinese, list marks (①) stay marks, 10⁶ becomes 10^6 and not
106, 2½ becomes 2 1/2 and not 21/2, and signs that would turn into letters (™) stay signs.
"""

from __future__ import annotations

import re
import unicodedata

LOST = "\ufffd"
"""Stands where something was lost; no tokenizer reads it as part of a word."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Signs that NFKC would turn into something else; ˘ and the like would get a blank of their own.
_KEPT = "，：；？！（）…‥″‴¨¯´¸™℠ª\u02d8\u02d9\u02db-\u02dd‗‾①-⓿㈠-㉃㉈-㉟㊀-㊰㊱-㊿"
# What nearly every clean text consists of, so that one look decides that nothing is to be done.
_PLAIN = (
    r"\t\n\x20-\x7eÀ-ÖØ-öø-ÿ\u0391-\u03a9α-ω\u3400-\u4dbf\u4e00-\u9fff"
    r"。、“”‘’《》【】「」—–·•«»°′±×÷≤≥≈∞→€£¥§¬®" + _KEPT
)
_UNUSUAL = re.compile(f"[^{_PLAIN}]")
_UNUSUAL_RUN = re.compile(f"[^{_PLAIN}]+")
_UNKEPT_RUN = re.compile(f"[^{_KEPT}]+")
# Marks that compose with the plain letter before them.
_MARK = re.compile(r"[\u0300-\u0345]")

_SCRIPTED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉"
_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_SCRIPT_BEFORE_DIGIT = re.compile(rf"[{_SCRIPTED}]+(?=\d)")
_FRACTION_AFTER_DIGIT = re.compile(r"(?<=\d)[¼½¾⅐-⅞↉]")
_SIGNS = str.maketrans({"⁄": "/", "−": "-", "‐": "-", "‑": "-", "º": "°", "˚": "°"})

_MAYBE_LOST = re.compile(r"[?\ufffd]+|(?<=\w)¿+(?=\w)")
_LOST_TRACES = ("??", LOST, "¿")
_BLANK_TRACES = ("  ", "\t", " \n", "\n ", "\n\n\n", "\u1680")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_BLANKS_AT_BREAK = re.compile(r" \n ?|\n ")
_EMPTY_LINES = re.compile(r"\n{3,}")


def is_plain(text: str) -> bool:
    """Whether `text` holds only characters that every clean text holds."""
    return _UNUSUAL.search(text) is None


def join_surrogates(text: str) -> tuple[str, int]:
    """Pairs of surrogates joined into their character, single ones marked as lost."""
    found = len(_SURROGATE.findall(text))
    if not found:
        return text, 0
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), found


def remove_controls(text: str) -> tuple[str, int]:
    """No invisible characters; every line break as `\\n`, private-use signs as blanks."""
    text, breaks = _LINE_BREAK.subn("\n", text)
    text, controls = _CONTROL.subn("", text)
    text, private = _PRIVATE_USE.subn(" ", text)
    return text, breaks + controls + private


def fold_forms(text: str) -> tuple[str, int]:
    """Full-width letters and digits, units, ligatures, scripts in their plain form (see above)."""
    spaced = _POWER.sub(r"^\g<0>", text)
    spaced = _SCRIPT_BEFORE_DIGIT.sub(r"\g<0> ", spaced)
    spaced = _FRACTION_AFTER_DIGIT.sub(r" \g<0>", spaced)
    run = _UNUSUAL_RUN if _MARK.search(text) is None else _UNKEPT_RUN
    folded = run.sub(_normal_form, spaced)
    if folded == text:
        return text, 0
    return folded, max(1, len(_UNUSUAL.findall(text)) - len(_UNUSUAL.findall(folded)))


def mark_lost(text: str) -> tuple[str, int]:
    """Marks that stand for lost bytes, as one `�` for each run, and how many there are.

    Two question marks do if stuck to the next word, four if they stand where a word would.
    """
    if not any(trace in text for trace in _LOST_TRACES):
        return text, 0
    text = _MAYBE_LOST.sub(_lost_run, text)
    return text, text.count(LOST)


def fold_white_space(text: str) -> tuple[str, int]:
    """One blank between words, line breaks kept, at most one empty line, none at the ends."""
    stripped = text.strip()
    if not any(trace in stripped for trace in _BLANK_TRACES):
        return stripped, int(stripped != text)
    folded, runs = _BLANKS.subn(" ", stripped)
    folded, breaks = _BLANKS_AT_BREAK.subn("\n", folded)
    folded, empty = _EMPTY_LINES.subn("\n\n", folded)
    return folded, runs + breaks + empty


def _normal_form(run: re.Match[str]) -> str:
    text = unicodedata.normalize("NFKC", run.group().translate(_SIGNS))
    return text.translate(_SIGNS)


def _lost_run(run: re.Match[str]) -> str:
    marks, text = run.group(), run.string
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    stuck = len(marks) > 1 and _is_word(after)
    alone = len(marks) > 3 and not before.strip() and not after.strip()
    return LOST if marks.strip("?") or stuck or alone else marks


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
