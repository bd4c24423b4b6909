"""Text that says the same thing twice over: the same article pasted again, a repeated paragraph."""

from __future__ import annotations

import re
from itertools import groupby

LONG_ENOUGH = 60
"""UTF-8 bytes (20 Chinese characters, ten English words) from which a repeated sentence can't be
chance, unlike a table's repeated cell."""

SHORTEST = 2 * LONG_ENOUGH // 3
"""Characters of the shortest text that can hold one twice."""

# A full stop inside a number or an abbreviation (0.5, U.S.) is no end.
_SENTENCE = re.compile(
    r"[^。！？.!?\n]+(?:[.!?](?![\s\u4e00-\u9fff])[^。！？.!?\n]*)*[。！？.!?\s]*|[。！？.!?\n]+"
)


def drop_repetitions(text: str) -> tuple[str, int]:
    """`text` with each passage once, at its first place, and how many passages were dropped.

    A passage is a run of sentences that all stood before; it goes if one of them is long.
    """
    if len(text) < SHORTEST:
        return text, 0
    sentences = _SENTENCE.findall(text)
    said = [sentence.strip() for sentence in sentences]
    if len(set(said)) == len(said):
        return text, 0
    return _without_repeated_runs(sentences, said)


def _without_repeated_runs(sentences: list[str], said: list[str]) -> tuple[str, int]:
    kept: list[str] = []
    dropped = 0
    for repeated, group in groupby(zip(sentences, _repeats(said), strict=True), lambda s: s[1]):
        run = [sentence for sentence, _ in group]
        if repeated and any(map(_is_long, run)):
            dropped += 1
            kept.append(_line_break(kept, run))
        else:
            kept.extend(run)
    return "".join(kept), dropped


def _line_break(kept: list[str], run: list[str]) -> str:
    """What keeps two lines apart when the passage between them goes."""
    ends_line = run[-1].endswith("\n") and not "".join(kept[-1:]).endswith("\n")
    return "\n" if ends_line else ""


def _repeats(said: list[str]) -> list[bool]:
    """Whether each sentence stood before."""
    seen: set[str] = set()
    flags = []
    for sentence in said:
        flags.append(sentence in seen)
        seen.add(sentence)
    return flags


def _is_long(sentence: str) -> bool:
    return len(sentence.strip().encode()) >= LONG_ENOUGH
