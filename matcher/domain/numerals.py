"""Chinese numerals (五十万, 1亿2000万, 两万五, 贰拾), with or without Arabic digits in them."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
UNITS = "十百千万亿"

_OTHER_FORMS = str.maketrans(
    "〇两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "零二二一二二三三四五六六七八九十百千万亿"
)
_FACTORS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_ARABIC = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_LONGEST = 40


def standard(text: str) -> str:
    """Return `text` with formal, Traditional and colloquial numerals in their everyday form."""
    return text.translate(_OTHER_FORMS)


def numeral(text: str) -> Decimal | None:
    """Return the number that `text` writes, or None where it isn't one numeral.

    Arabic digits may stand for the Chinese ones (3千万); a last digit without its unit counts
    in the next lower one, as it is spoken (两万五 is 25,000).
    """
    return _value(standard(text)) if len(text) <= _LONGEST else None


def spelled_digits(text: str) -> str | None:
    """Return digits read one by one (二〇二五 → "2025"), or None where there is a unit in it."""
    positions = [DIGITS.find(character) for character in standard(text)]
    return None if -1 in positions else "".join(map(str, positions))


def _value(text: str) -> Decimal | None:
    for sign, factor in _FACTORS.items():
        head, found, tail = text.partition(sign)
        if found:
            return _joined(_head(head, factor), _tail(tail, factor), factor)
    return _plain(text)


def _plain(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        return Decimal(text)
    return Decimal(DIGITS.index(text)) if len(text) == 1 and text in DIGITS else None


def _joined(head: Decimal | None, tail: Decimal | None, factor: int) -> Decimal | None:
    return None if head is None or tail is None else head * factor + tail


def _head(text: str, factor: int) -> Decimal | None:
    """What `factor` multiplies; 十, 百 and 千 may stand alone, 万 and 亿 may not."""
    if factor > 1000:
        return _value(text)
    return _plain(text) if text else Decimal(1)


def _tail(text: str, factor: int) -> Decimal | None:
    """What is added below `factor`; None where it is as large as the factor itself."""
    if not text:
        return Decimal(0)
    value = _value(text.removeprefix("零"))
    if value is not None and len(text) == 1:
        value = value * factor / 10
    return value if value is not None and value < factor else None
