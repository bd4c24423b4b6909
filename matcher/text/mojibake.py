"""Text that was decoded with the wrong encoding, put right where its bytes can be had back.

UTF-8 read as Latin-1 or Windows-1252 (`æŠ€æœ¯`) is left to ftfy, run by run, so that it is found
inside sound Chinese text too. UTF-8 read as GBK (`鎶€鏈`, `鈥檚`, `锟斤拷`) is undone here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import ftfy

from matcher.text.characters import LOST

_CONFIG = ftfy.TextFixerConfig(unescape_html=False, normalization=None)
_WINDOWS = "ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
# A UTF-8 lead byte and a continuation byte, both read as Western letters or signs.
_LATIN_TRACE = re.compile(rf"[\u00c2-\u00f4][\u0080-\u00bf{_WINDOWS}]")
_LATIN_RUN = re.compile(rf"[\x00-\x09\x0b-\xff{_WINDOWS}]+")
_WINDOWS_CONTROL = re.compile(r"[\x80-\x9f]")

_DOUBLE_LOSS = re.compile("(?:锟斤拷)+锟?")
# What the first two bytes of a Chinese character in UTF-8 are in GBK, and those of punctuation.
_HAN_STARTS = (bytes([lead, next_]) for lead in range(0xE4, 0xEA) for next_ in range(0x80, 0xC0))
_GBK_TRACE = re.compile(
    f"[鈥锛銆锟{''.join(pair.decode('gbk', 'ignore') for pair in _HAN_STARTS)}]"
)
# Tried from the widest to the narrowest: UTF-8 read as GBK also swallows ASCII (’s → 鈥檚).
_GBK_RUNS = tuple(map(re.compile, (r"[^\n]+", r"[^\x00-\x7f]+", r"鈥[^\x00-\x7f]")))
# With its second half gone. Alone it is holmium in Traditional script.
_QUOTE_LOST = re.compile("鈥[?\ufffd]")
_TRACES_ARE_ONE_IN = 6
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CP936_EURO = b"\x80"
_NO_UTF8 = b"\xff"


def fix_mojibake(text: str) -> tuple[str, int]:
    """`text` as it was meant, and the number of places that were decoded anew."""
    if text.isascii():
        return text, 0
    text, latin = _fix_latin(text)
    text, gbk = _fix_gbk(text)
    return text, latin + gbk


def everyday(char: str) -> bool:
    """Whether a character is ASCII, level-1 GB 2312 or its punctuation: what texts mostly are."""
    return char in _everyday()


def _fix_latin(text: str) -> tuple[str, int]:
    found = 0
    if _LATIN_TRACE.search(text) is not None:
        text, found = _read_runs(_LATIN_RUN, _latin_run, text)
    text, controls = _WINDOWS_CONTROL.subn(_windows_character, text)
    return text, found + controls


def _latin_run(run: str) -> str:
    return ftfy.fix_encoding(run, _CONFIG) if _LATIN_TRACE.search(run) else run


def _windows_character(control: re.Match[str]) -> str:
    return control.group().encode("latin-1").decode("cp1252", "ignore")


def _fix_gbk(text: str) -> tuple[str, int]:
    if _GBK_TRACE.search(text) is None:
        return text, 0
    text, found = _DOUBLE_LOSS.subn(LOST, text)
    for pattern in _GBK_RUNS:
        text, runs = _read_runs(pattern, _gbk_run, text)
        found += runs
    text, quotes = _QUOTE_LOST.subn(LOST, text)
    return text, found + quotes


def _gbk_run(run: str) -> str:
    """The run read as UTF-8, if that leaves less than half of its odd characters."""
    if not _looks_like_gbk(run):
        return run
    read = b"".join(map(_gbk_bytes, run)).decode("utf-8", "replace")
    return read if 2 * _odd_characters(read) < _odd_characters(run) else run


def _looks_like_gbk(run: str) -> bool:
    """In Chinese read so, every third character is a trace; in Traditional texts some are."""
    traces = len(_GBK_TRACE.findall(run))
    return traces > 0 and traces * _TRACES_ARE_ONE_IN >= len(_FOREIGN.findall(run))


def _gbk_bytes(char: str) -> bytes:
    if char.isascii():
        return char.encode()
    if char == "€":
        return _CP936_EURO
    code = char.encode("gb18030", "replace")
    return code if len(code) == 2 else _NO_UTF8


def _odd_characters(text: str) -> int:
    return sum(not everyday(char) for char in text)


def _read_runs(pattern: re.Pattern[str], read: Callable[[str], str], text: str) -> tuple[str, int]:
    changed = 0

    def counted(match: re.Match[str]) -> str:
        nonlocal changed
        run = match.group()
        again = read(run)
        changed += again != run
        return again

    return pattern.sub(counted, text), changed


@cache
def _everyday() -> frozenset[str]:
    rows = [0xA1, 0xA3, *range(0xB0, 0xD8)]
    pairs = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    chinese = {pair.decode("gb2312", "ignore") for pair in pairs} - {""}
    return frozenset(chinese | set(map(chr, range(0x80))) | set("‘’“”–—…•·²³°µ×"))
