"""The typed facts of a row: price, dates, readiness, modes. What can't be read is noted.

A broker's file is matched on its texts even if half its prices are unreadable, so a fact that
isn't understood costs a notice and not the row. Only NaN and infinity are refused: a program
wrote them, and wrote the whole column wrongly.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from matcher.domain.dates import parse_date
from matcher.domain.enums import TransferMode
from matcher.domain.item import Facts
from matcher.domain.money import MoneyRange, parse_money
from matcher.domain.outcome import TRL_HIGHEST, TRL_LOWEST
from matcher.errors import InvalidValue
from matcher.files.cells import Cell, as_list, as_text
from matcher.files.fields import MONEY_FIELDS
from matcher.files.mapping import ColumnMap
from matcher.files.notices import Code, Notices
from matcher.taxonomy import code_of
from matcher.text.script import to_simplified

NUMERIC_FIELDS = MONEY_FIELDS | {"trl", "min_trl"}
_FACT_FIELDS = NUMERIC_FIELDS | {
    *("valid_until", "updated_at", "region", "transfer_modes", "coop_modes")
}
NOT_NUMBERS = frozenset(("nan", "inf", "infinity"))

_DIGIT = re.compile(r"(?<![\d.])[1-9](?![\d.])")
_ISO_CURRENCY = re.compile(r"[A-Z]{3}")
T = TypeVar("T")
_NO_FACTS = Facts()


def read_facts(values: Mapping[str, Cell], columns: ColumnMap, row: int, notices: Notices) -> Facts:
    """The facts among a row's values. Raises InvalidValue for NaN or infinity in a number."""
    if _FACT_FIELDS.isdisjoint(values):
        return _NO_FACTS
    reader = _Reader(values, columns, row, notices)
    return Facts(
        price=reader.money("price"),
        budget=reader.money("budget"),
        valid_until=reader.fact("valid_until", parse_date),
        updated_at=reader.fact("updated_at", parse_date),
        trl=reader.fact("trl", parse_trl),
        min_trl=reader.fact("min_trl", parse_trl),
        region=_region(as_text(values.get("region"))),
        modes=reader.modes("transfer_modes") or reader.modes("coop_modes"),
    )


def _region(text: str) -> str:
    """The code of a place given by name; what isn't known stays as it is."""
    return (code_of("regions", text) or text) if text else ""


def parse_trl(value: object) -> int | None:
    """A technology readiness level: 6, "TRL 6", "6级"; of a range the lower end."""
    number = None if isinstance(value, bool) else value
    if isinstance(value, str):
        found = _DIGIT.search(unicodedata.normalize("NFKC", value))
        number = int(found[0]) if found else None
    if not isinstance(number, int | float) or number not in range(TRL_LOWEST, TRL_HIGHEST + 1):
        message = f"{value!r} is not a readiness level."
        raise InvalidValue(message, hint=f"Write {TRL_LOWEST} to {TRL_HIGHEST}.")
    return int(number)


def _simplified(value: T) -> T | str:
    """A text in Simplified script, in which the domain's words are written."""
    return to_simplified(value)[0] if isinstance(value, str) else value


def _modes_in(text: str) -> tuple[TransferMode, ...]:
    """The modes that a text names, by whatever separator, a space where nothing else fits."""
    try:
        return TransferMode.parse_many(text)
    except InvalidValue:
        words = text.split()
        if len(words) == 1:
            raise
        return TransferMode.in_order(mode for word in words for mode in _modes_in(word))


def _between(low: MoneyRange | None, high: MoneyRange | None) -> MoneyRange | None:
    """The range from one bound's cell to the other's; one cell alone may hold both bounds."""
    stated = [amount for amount in (low, high) if amount is not None]
    if not stated or (len(stated) == 1 and _is_span(stated[0])):
        return stated[0] if stated else None
    return MoneyRange.of(
        None if low is None else low.low if low.low is not None else low.high,
        None if high is None else high.high if high.high is not None else high.low,
        stated[0].currency,
    )


def _is_span(amount: MoneyRange) -> bool:
    return None not in (amount.low, amount.high) and amount.low != amount.high


@dataclass(frozen=True, slots=True)
class _Reader:
    """One row, and where to put what isn't understood in it."""

    values: Mapping[str, Cell]
    columns: ColumnMap
    row: int
    notices: Notices

    def fact(self, field: str, parse: Callable[[object], T | None]) -> T | None:
        """The parsed value of a field; a notice where it can't be parsed."""
        value = self.values.get(field)
        if value is None:
            return None
        if field in NUMERIC_FIELDS:
            self._require_finite(field, value)
        try:
            return parse(_simplified(value))
        except InvalidValue as error:
            self._note(field, error)
            return None

    def money(self, field: str) -> MoneyRange | None:
        """A range from the field itself, else from its two bounds."""
        whole = self._amount(field)
        low, high = self._amount(f"{field}_min"), self._amount(f"{field}_max")
        if whole is not None:
            return whole
        try:
            return _between(low, high)
        except InvalidValue as error:
            self._note(f"{field}_min", error)
            return None

    def modes(self, field: str) -> tuple[TransferMode, ...]:
        """The modes a cell lists; those that aren't known are noted, the others kept."""
        found: list[TransferMode] = []
        for name in as_list(self.values.get(field)):
            try:
                found.extend(_modes_in(_simplified(name)))
            except InvalidValue as error:
                self._note(field, error)
        return TransferMode.in_order(found)

    def _amount(self, field: str) -> MoneyRange | None:
        if field not in self.values:
            return None
        unit = self.columns.unit(field)
        stated = as_text(self.values.get("currency")).upper()
        currency = stated if _ISO_CURRENCY.fullmatch(stated) else unit.currency
        return self.fact(
            field, lambda value: parse_money(value, unit=unit.scale, currency=currency)
        )

    def _require_finite(self, field: str, value: Cell) -> None:
        number = isinstance(value, int | float) and not math.isfinite(value)
        if number or (isinstance(value, str) and value.strip().lstrip("+-").lower() in NOT_NUMBERS):
            raise InvalidValue(
                f"{as_text(value)} is not an amount.",
                file=self.notices.file,
                row=self.row,
                column=self.columns.name(field),
                field=field,
                hint="Leave the cell empty where a number is unknown.",
            )

    def _note(self, field: str, error: InvalidValue) -> None:
        column = self.columns.name(field)
        message = f"{error.message} It is left out."
        self.notices.add(Code.UNREAD_FACT, message, row=self.row, column=column)
