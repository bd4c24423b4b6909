"""Chinese script: Traditional text as Simplified, with the mainland's words for Taiwan's."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

_HAN = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
# What mainland texts write too: the name 昇腾, the chemists' 噁唑.
_OF_BOTH_SCRIPTS = "昇噁"
# Silicon in Taiwan; on the mainland only in silicosis and skarn.
_SILICON = "矽(?![肺尘卡])"
# Words both sides share. OpenCC's table knows their sense in Taiwan's programming alone and would
# make a pointer (指针) of every indicator and a process (进程) of every procedure.
_SHARED_WORDS = re.compile(
    "("
    + "|".join(
        """建立 指標 序列 核心 程序 裝置 陣列 向量 執行 查詢 元件 複製 文件 區域性 過載 離線 行程
        影像學 檔案館 檔案管理 [專論原名編譯土卓合遺巨拙]著""".split()
    )
    + ")"
)


class _Tables(NamedTuple):
    simplified: dict[str, str]
    traditional: re.Pattern[str]
    simplified_only: re.Pattern[str]


def to_simplified(text: str) -> tuple[str, int]:
    """Simplified script, and the number of traditional characters that were found.

    A text in Traditional script is converted with its words (軟體 → 软件); in a Simplified one
    the odd traditional character is converted alone, since its words are the mainland's already.
    """
    if text.isascii():
        return text, 0
    tables = _tables()
    found = len(tables.traditional.findall(text))
    if not found:
        return text, 0
    if found > len(tables.simplified_only.findall(text)):
        text = _with_mainland_words(text)
    return tables.traditional.sub(_simplified_character, text), found


def simplified_character(char: str) -> str:
    """The simplified form of one traditional character, any other as it is."""
    return _tables().simplified.get(char, char)


def _with_mainland_words(text: str) -> str:
    """Converted, but for the shared words; 於 is left by OpenCC where it might be a surname."""
    words = _SHARED_WORDS.split(text)
    words[::2] = map(_taiwan().convert, words[::2])
    return "".join(words).replace("於", "于")


def _simplified_character(match: re.Match[str]) -> str:
    return _tables().simplified[match.group()]


@cache
def _taiwan() -> OpenCC:
    return OpenCC("tw2sp")


@cache
def _tables() -> _Tables:
    """Traditional-only characters: outside GB 2312, with a simplified form in it.

    Without that form in it (鮰), the mainland's own texts keep the traditional character.
    """
    forms = dict(zip(_HAN, OpenCC("t2s").convert("\n".join(_HAN)).split("\n"), strict=True))
    final = {char: forms.get(form, form) for char, form in forms.items()}
    simplified = {
        char: form
        for char, form in final.items()
        if not _encodes(char, "gb2312")
        and _encodes(form, "gb2312")
        and char not in _OF_BOTH_SCRIPTS
    }
    only = (char for char in _HAN if _encodes(char, "gb2312") and not _encodes(char, "big5"))
    return _Tables(
        {**simplified, "矽": "硅"},
        re.compile(f"[{''.join(simplified)}]|{_SILICON}"),
        re.compile(f"[{''.join(only)}]"),
    )


def _encodes(char: str, encoding: str) -> bool:
    return char.encode(encoding, "ignore") != b""
