"""Region codes of GB/T 2260: six digits, two each for province, prefecture and county."""

from __future__ import annotations

import re
from functools import lru_cache

from matcher.domain.checks import shown
from matcher.errors import InvalidValue

# The two digits of a province, of the province's prefecture and county.
_CODE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
# There are some 3,000 counties.
_CODES_KNOWN = 1 << 12
# Counties and cities under a province's own rule share the digits 90 and nothing else.
_DIRECTLY_ADMINISTERED = "90"

SAME_PREFECTURE, SAME_PROVINCE, SAME_GREATER_AREA, FAR = 1.0, 0.6, 0.2, 0.0


@lru_cache(_CODES_KNOWN)
def is_region(code: str | None) -> bool:
    """Whether `code` has the form of the standard and its province exists."""
    return code is not None and bool(_CODE.fullmatch(code))


def require_region(code: str, field: str = "region") -> None:
    """Raise InvalidValue unless `code` is a region code; that the county exists isn't checked."""
    if not is_region(code):
        raise InvalidValue(
            f"{shown(code)} is not a region code.",
            field=field,
            hint="Write the six digits of GB/T 2260, for example 330100 for Hangzhou.",
        )


def lies_in(code: str, region: str) -> bool:
    """Whether `code` is `region` or a part of it, such as a county of a province."""
    if not (is_region(code) and is_region(region)):
        return code == region
    digits = region[:2] if region.endswith("0000") else region.removesuffix("00")
    return code.startswith(digits)


def province(code: str) -> str:
    """Return the code of the province that `code` lies in; raises InvalidValue."""
    require_region(code)
    return code[:2] + "0000"


def prefecture(code: str) -> str | None:
    """Return the code of the prefecture that `code` lies in, None for a province as a whole.

    A municipality (Beijing, Tianjin, Shanghai, Chongqing) is one prefecture; a county under its
    province's own rule is one by itself. Raises InvalidValue.
    """
    require_region(code)
    if code[:2] in _MUNICIPALITIES:
        return province(code)
    if code[2:4] == _DIRECTLY_ADMINISTERED:
        return code
    return None if code[2:4] == "00" else code[:4] + "00"


def same_province(one: str | None, other: str | None) -> bool:
    """Whether both are known codes of one province."""
    return is_region(one) and is_region(other) and _first(one, 2) == _first(other, 2)


def same_prefecture(one: str | None, other: str | None) -> bool:
    """Whether both are known codes of one prefecture; a whole province isn't in one."""
    if one is None or other is None or not same_province(one, other):
        return False
    return prefecture(one) is not None and prefecture(one) == prefecture(other)


def proximity(one: str | None, other: str | None) -> float:
    """Return how near two regions are, in [0, 1]; 0 where one is unknown.

    1 in the same prefecture, 0.6 in the same province, 0.2 in the same greater area (the first
    digit: north, north-east, east, centre and south, south-west, north-west), else 0. Symmetric.
    """
    if same_prefecture(one, other):
        return SAME_PREFECTURE
    if same_province(one, other):
        return SAME_PROVINCE
    near = is_region(one) and is_region(other) and _first(one, 1) == _first(other, 1)
    return SAME_GREATER_AREA if near else FAR


def _first(code: str | None, digits: int) -> str:
    return (code or "")[:digits]
