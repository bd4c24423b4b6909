"""Dates as people write them: 2025年底, Q3 2025, end of March 2025, Excel's day numbers."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from matcher.domain.checks import shown
from matcher.domain.numerals import DIGITS, numeral, spelled_digits, standard
from matcher.errors import InvalidValue

_HINT = "Write for example 2025-03-01, 2025-03, 2025年底, Q3 2025 or 长期."
_OPEN_ENDED = re.compile(
    "(?:长期|永久)(?:有效)?|无限期|不限|无|暂无|待定|long[ -]?term|permanent|unlimited|indefinite"
    "|open|no deadline|none|n/a|tbd|[-—/]"
)
_YEARS = range(1900, 2200)
# The day before Excel's day 1, and the numbers that mean 1954 to 2149: smaller ones are years.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 91_312)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "": "whole",
    **dict.fromkeys(("初", "上旬", "early", "start", "beginning"), "start"),
    **dict.fromkeys(("中", "中旬", "mid", "middle"), "middle"),
    **dict.fromkeys(("底", "末", "下旬", "late", "end"), "end"),
}
# First month and number of months; first and last day.
_YEAR_PARTS = {"whole": (1, 12), "start": (1, 3), "middle": (4, 3), "end": (10, 3)}
_MONTH_PARTS = {"whole": (1, 31), "start": (1, 10), "middle": (11, 20), "end": (21, 31)}
_ORDER = {
    **{"1": 1, "2": 2, "3": 3, "4": 4, "上": 1, "下": 2},
    **{"first": 1, "second": 2, "third": 3, "fourth": 4},
    **{"1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
}
_Y, _M, _D = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_NAME = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TIME = r"\d{1,2}:\d\d[\d:.]*(?:z|[+-]\d\d:?\d\d)?"
_ZH_PART = r"(?P<part>初|上旬|中|中旬|底|末|下旬)"
_EN_PART = r"(?P<part>early|start|beginning|mid|middle|late|end)[ -]*(?:of )?"
_EN_ORDER = r"1st|2nd|3rd|4th|first|second|third|fourth"
_FORMS = [
    re.compile(form, re.ASCII)
    for form in (
        rf"{_Y}\s*[-/.年]\s*{_M}\s*[-/.月]\s*{_D}[日号]?(?:(?:[t ]|(?<=日)){_TIME})?",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)?",
        rf"{_D}\.\s*{_M}\.\s*{_Y}",
        rf"{_D}(?:st|nd|rd|th)?[ .-]*{_NAME}[ ,-]*{_Y}",
        rf"{_NAME}[ -]*{_D}(?:st|nd|rd|th)?[ ,]+{_Y}",
        rf"{_Y}[-/.年]{_M}(?:月份?)?{_ZH_PART}?",
        rf"{_Y}年?度?年?{_ZH_PART}?",
        rf"{_Y}年?(?P<half>[上下])半年",
        rf"{_Y}年?第?(?P<quarter>[1-4])季度?",
        rf"{_Y}年?[ -]*q(?P<quarter>[1-4])",
        rf"q(?P<quarter>[1-4])[ /-]*{_Y}",
        rf"{_Y}[ -]*h(?P<half>[12])",
        rf"h(?P<half>[12])[ /-]*{_Y}",
        rf"(?P<quarter>{_EN_ORDER}) quarter (?:of )?{_Y}",
        rf"(?P<half>1st|2nd|first|second) half (?:of )?{_Y}",
        rf"(?:{_EN_PART})?{_NAME}[ ,-]*{_Y}",
        rf"{_EN_PART}{_Y}",
    )
]
_EXCEL_TEXT = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_AROUND = re.compile(
    r"^(?:截至|截止到|截止|有效期至|至|到|不晚于|by|before|until|till|no later than|valid until)\s*"
    r"(?:the )?|(?:之前|以前|前|为止|截止|止|之内|以内|内)$"
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month, the quarter or the year: from `first` to `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise InvalidValue(f"{self.first} is after {self.last}.", field="first", hint=_HINT)

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


def parse_date(value: object) -> date | None:
    """Return the day that `value` states, the last one meant where it states a longer time.

    That is what a deadline or a validity needs: 2025年底 and "2025" are 2025-12-31, "Q1 2025" is
    2025-03-31. Keep the text beside it where the difference matters. For the rest see
    `parse_partial_date`.
    """
    stated = parse_partial_date(value)
    return None if stated is None else stated.last


def parse_partial_date(value: object) -> PartialDate | None:
    """Return the time that `value` states, None where it states no end (长期, blank, 9999-12-31).

    `value` is text in either language, a date or datetime (its day as written, whatever its
    zone), a year, or a day number of Excel (1900 system). Beginning, middle and end of a year are
    its first, second and last quarter; of a month, its thirds. Raises InvalidValue.
    """
    if isinstance(value, date):
        return _from_text(value.isoformat()[: len("2025-03-01")])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if value is None or isinstance(value, str):
        return _from_text(value or "")
    raise _refusal(value)


def _refusal(value: object) -> InvalidValue:
    return InvalidValue(f"{shown(value)} is not a date.", hint=_HINT)


def _of_day(day: date) -> PartialDate:
    return PartialDate(day, day)


def _from_number(value: float) -> PartialDate | None:
    if _EXCEL_DAYS.start <= value < _EXCEL_DAYS.stop:
        return _from_excel(value)
    # NaN, and 2025.1: in a cell of numbers that is January or, its zero lost, October.
    if not 0 < value < 10**9 or value != int(value):
        raise _refusal(value)
    return _from_text(str(int(value)))


def _from_excel(days: float) -> PartialDate | None:
    """Whole days since the epoch; the fraction is the time of the day."""
    if int(days) not in _EXCEL_DAYS:
        raise _refusal(days)
    return _of_day(_EXCEL_EPOCH + timedelta(days=int(days)))


# The same few dates come with every record of a file.
@lru_cache(maxsize=4096)
def _from_text(text: str) -> PartialDate | None:
    plain = _plain(text)
    if not plain or _OPEN_ENDED.fullmatch(plain):
        return None
    if _EXCEL_TEXT.fullmatch(plain):
        return _from_excel(float(plain))
    match = next(filter(None, (form.fullmatch(plain) for form in _FORMS)), None)
    if match is None:
        raise _refusal(text)
    try:
        return _build(**match.groupdict())
    except ValueError as error:
        raise _refusal(text) from error


def _plain(text: str) -> str:
    """Lower case, half width, Arabic digits, without "before", "by" and the like."""
    plain = standard(unicodedata.normalize("NFKC", text).casefold().strip())
    if _OPEN_ENDED.fullmatch(plain):
        return plain
    plain = re.sub(rf"[{DIGITS}十]+", lambda found: _arabic(found[0]), plain)
    plain = re.sub(r"\s*([年月日号季度底末初中第旬上下半])\s*", r"\1", plain)
    return _AROUND.sub("", plain).strip()


def _arabic(text: str) -> str:
    return spelled_digits(text) or str(numeral(text) or text)


def _build(
    y: str,
    m: str | None = None,
    d: str | None = None,
    part: str | None = None,
    quarter: str | None = None,
    half: str | None = None,
) -> PartialDate | None:
    """The time that a form's groups name; ValueError where there is no such day.

    The year 9999 is how databases write that there is no end.
    """
    year = int(y)
    if year == date.max.year:
        return None
    if year not in _YEARS:
        raise ValueError(f"the year {y} is out of range")
    if d:
        return _of_day(date(year, _month(m), int(d)))
    if quarter:
        return _months(year, 3 * _ORDER[quarter] - 2, 3)
    if half:
        return _months(year, 6 * _ORDER[half] - 5, 6)
    if m:
        return _third_of_month(year, _month(m), part)
    return _months(year, *_YEAR_PARTS[_PARTS[part or ""]])


def _month(text: str | None) -> int:
    if text is None or text.isdecimal():
        return int(text or 0)
    return _MONTHS.index(text[:3]) + 1


def _months(year: int, first: int, count: int) -> PartialDate:
    last = first + count - 1
    end = calendar.monthrange(year, last)[1]
    return PartialDate(date(year, first, 1), date(year, last, end))


def _third_of_month(year: int, month: int, part: str | None) -> PartialDate:
    end = calendar.monthrange(year, month)[1]
    first, last = _MONTH_PARTS[_PARTS[part or ""]]
    return PartialDate(date(year, month, first), date(year, month, min(last, end)))
