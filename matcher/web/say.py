"""What pages say: every sentence stands in the code in both languages, side by side.

There are two, and neither is a translation of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent

from matcher import taxonomy
from matcher.domain.enums import Language
from matcher.domain.labels import Labelled
from matcher.domain.money import MoneyRange, format_money

_LOCALES: Mapping[Language, str] = {Language.ZH: "zh_Hans_CN", Language.EN: "en_GB"}
_NEAR = timedelta(days=6)
"""Up to how far away a day is told by how far away it is."""


class Say:
    """The words of one page. Called with both languages it gives the reader's."""

    def __init__(self, language: Language, now: datetime, zone: tzinfo | None = UTC) -> None:
        """zone: in which times are told; None for the machine's."""
        self.language, self._zone = language, zone
        self._today = now.astimezone(zone).date()
        self._locale = _LOCALES[language]

    def __call__(self, zh: str, en: str, **values: Any) -> str:
        """The sentence for the reader, with values in the places of their {names}."""
        text = zh if self.language is Language.ZH else en
        return text.format(**values) if values else text

    def label(self, member: Labelled | str, of: type[Labelled] | None = None) -> str:
        """The name of a member of a closed set, or of the one that a code stands for."""
        found = of(member) if of else member
        return found.label(self.language) if isinstance(found, Labelled) else str(found)

    def place(self, code: str) -> str:
        """The name of a region; what no taxonomy knows stays as it is."""
        return taxonomy.label("regions", code, self.language) if code else ""

    def field(self, code: str) -> str:
        """The name of a field."""
        return taxonomy.label("fields", code, self.language) if code else ""

    def money(self, amount: MoneyRange | None) -> str:
        """A price or a budget; negotiable without one."""
        return format_money(amount, self.language)

    def number(self, value: float, most: int = 0) -> str:
        """A number with at most so many digits behind the point."""
        return format_decimal(round(value, most), locale=self._locale)

    def percent(self, share: float) -> str:
        """A share as whole percents."""
        return format_percent(round(share, 2), locale=self._locale)

    def day(self, day: date) -> str:
        """A day: near ones by how far away they are, others by their date."""
        away = day - self._today
        if not away:
            return self("今天", "today")
        if abs(away) <= _NEAR:
            return format_timedelta(
                away, granularity="day", threshold=1, add_direction=True, locale=self._locale
            )
        return self.date(day)

    def date(self, day: date) -> str:
        """A day by its date."""
        return format_date(day, "long", locale=self._locale)

    def moment(self, at: datetime) -> str:
        """A moment by date and time."""
        return format_datetime(self.local(at), "medium", locale=self._locale)

    def day_of(self, at: datetime) -> str:
        """The day on which a moment is for the reader, as `day` tells it."""
        return self.day(self.local(at).date())

    def clock(self, at: datetime) -> str:
        """The time of the day, without the day."""
        return f"{self.local(at):%H:%M}"

    def local(self, at: datetime) -> datetime:
        """The same moment in the reader's zone."""
        return at.astimezone(self._zone)
