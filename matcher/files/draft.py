"""A record in the making: the cells of one row, the fields read from them, what is to be told."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import InvalidValue
from matcher.files.cells import Cell, as_list, as_text, is_nan, stripped
from matcher.files.facts import NOT_NUMBERS, NUMERIC_FIELDS
from matcher.files.mapping import ColumnMap
from matcher.files.row_report import ParsedRow, RowCode, RowProblem, problem_of, refusal
from matcher.text.mojibake import fix_mojibake
from matcher.text.repair import Change, Repaired, repair_for_reading
from matcher.text.script import to_simplified

R = TypeVar("R", bound=Record)
T = TypeVar("T")

NUMBERS = NUMERIC_FIELDS | {
    *("capacity", "weight", "value", "technical_value", "commission", "upfront"),
    "royalty_percent",
}
"""Fields in which NaN, infinity or a number below zero is an error and not a slip."""

_IMMATERIAL = (Change.FORMS, Change.WHITE_SPACE)
_BELOW_ZERO = re.compile(r"\s*[-−－]\s*[\d.]")
_PLACE = re.compile(r"[.\[]")
_TELLING = {
    Change.SURROGATES: "characters",
    Change.MOJIBAKE: "wrong decoding",
    Change.MARKUP: "markup",
    Change.CONTROLS: "control characters",
    Change.FORMS: "full-width letters",
    Change.GLOSSES: "pinyin glosses",
    Change.LOST: "lost characters",
    Change.WHITE_SPACE: "white space",
    Change.FURNITURE: "site furniture",
    Change.REPETITIONS: "repetitions",
}


class Draft:
    """One row; `values` are its filled cells by field, `fields` what the record will be made of.

    The methods that read a cell store what they understand and note what they don't; a value
    that nobody may guess at raises InvalidValue and so refuses the row.
    """

    def __init__(self, row: int, values: Mapping[str, Cell], columns: ColumnMap) -> None:
        self.row = row
        self.columns = columns
        self.values = {name: cell for name, cell in values.items() if not _missing(name, cell)}
        self.fields: dict[str, Any] = {}
        self.problems: list[RowProblem] = []
        self.original: dict[str, str] = {}
        self._deferred: set[str] = set()
        self._garbled: bool | None = None

    def check_numbers(self) -> None:
        """Refuse NaN, infinity and what is below zero, wherever a number is expected."""
        for field in NUMBERS & self.values.keys():
            cell = self.values[field]
            if _infinite(cell):
                message = f"{as_text(cell)} is not a number."
                raise self.refused(RowCode.NOT_A_NUMBER, message, field, "Leave the cell empty.")
            if _negative(cell):
                message = f"{as_text(cell)} is below zero."
                raise self.refused(RowCode.BELOW_ZERO, message, field, "Correct it.")

    def text(self, field: str) -> str:
        """The repaired text of a field, noted where it was repaired."""
        return self.repaired(as_text(self.values.get(field)), field)

    def repaired(self, text: str, field: str) -> str:
        """A text of a field, repaired in its own script; what was done is noted."""
        result = self._repair(text)
        self._note_repairs(result.changes, field)
        return result.text

    def _repair(self, text: str) -> Repaired:
        """A text too short to show by itself that it is garbled is so where its row is."""
        if not text.isascii() and (plain := ungarbled(text)) != text and self._is_garbled():
            repaired = repair_for_reading(plain)
            return Repaired(repaired.text, ((Change.MOJIBAKE, 1), *repaired.changes))
        return repair_for_reading(text)

    def _is_garbled(self) -> bool:
        if self._garbled is None:
            texts = (cell for cell in self.values.values() if isinstance(cell, str))
            self._garbled = any(fix_mojibake(text)[1] for text in texts)
        return self._garbled

    def _note_repairs(self, changes: tuple[tuple[Change, int], ...], field: str) -> None:
        if changes:
            done = ", ".join(f"{_TELLING[kind]} ({count})" for kind, count in changes)
            self.note(RowCode.REPAIRED, f"was repaired: {done}.", field)

    def readable(self, field: str) -> Cell:
        """The cell of a field that isn't prose, repaired where it is a text or a list of texts.

        What was wrongly decoded or marked up is noted; width and spaces don't matter here.
        """
        cell = self.values.get(field)
        if isinstance(cell, list):
            return [self._readable(item, field) for item in cell]
        return self._readable(cell, field)

    def _readable(self, cell: Cell, field: str) -> Cell:
        if not isinstance(cell, str) or cell.lstrip().startswith("["):
            return cell
        if cell.isascii() and cell.isalnum():
            return cell
        result = self._repair(stripped(cell))
        self._note_repairs(
            tuple((kind, count) for kind, count in result.changes if kind not in _IMMATERIAL),
            field,
        )
        return result.text

    def keep(self, field: str, value: object) -> None:
        """Store a field, and the cell's text beside it where the two aren't the same."""
        self.fields[field] = value
        self.keep_original(field, value)

    def defer(self, field: str, value: object) -> None:
        """Store a value that the record itself has to parse."""
        self.fields[field] = value
        self._deferred.add(field)

    def keep_original(self, field: str, value: object) -> None:
        """Remember the cell's text unless it says just what is stored."""
        cell = self.values.get(field)
        same = as_list(cell) == value if isinstance(value, tuple) else as_text(cell) == plain(value)
        if cell is not None and not same:
            self.original[field] = as_text(cell)

    def read(self, field: str, parse: Callable[[Any], T]) -> T | None:
        """What a parser makes of a field; None, and a note, where it can't read it."""
        if field not in self.values:
            return None
        try:
            found = parse(in_simplified(self.readable(field)))
        except InvalidValue as error:
            self.unread(field, error.message, error.hint)
            return None
        self.keep_original(field, found)
        return found

    def unread(self, field: str, message: str, hint: str | None = None) -> None:
        """Note that a field's value isn't understood and left out; its text is kept."""
        self.original[field] = as_text(self.values.get(field))
        self.note(RowCode.UNREAD_VALUE, f"{message} It is left out.", field, hint)

    def note(self, code: RowCode, message: str, field: str, hint: str | None = None) -> None:
        """Tell something of a field, under the name of its column."""
        self.problems.append(RowProblem(code, message, self.columns.name(field), field, hint))

    def refused(self, code: RowCode, message: str, field: str, hint: str) -> InvalidValue:
        """The error that refuses the row because of a field."""
        column = self.columns.name(field)
        return refusal(code, message, field=field, column=column, hint=hint)

    def build(self, kind: type[R], required: Iterable[str] = ("id",)) -> R:
        """The record; a field that it doesn't accept is noted and left out.

        Raises InvalidValue where the trouble is in a `required` field or in none that was given.
        """
        record = self._built(kind, frozenset(required))
        for field in self._deferred & self.fields.keys():
            self.keep_original(field, getattr(record, field))
        return record

    def _built(self, kind: type[R], required: frozenset[str]) -> R:
        while True:
            try:
                return kind.from_mapping(self.fields)
            except InvalidValue as error:
                self._leave_out(error, required)

    def _leave_out(self, error: InvalidValue, required: frozenset[str]) -> None:
        field = _PLACE.split(str(error.where.get("field", "")))[0]
        if field in required or field not in self.fields:
            raise error
        self.original[field] = as_text(self.values.get(field))
        message = f"{error.message} It is left out."
        self.note(RowCode.UNREAD_VALUE, message, field, error.hint)
        del self.fields[field]

    def parsed(self, record: R) -> ParsedRow[R]:
        """The row with its record."""
        return ParsedRow(self.row, record, tuple(self.problems), dict(self.original))

    def failed(self, error: InvalidValue) -> ParsedRow[R]:
        """The row without a record, and why."""
        return ParsedRow(self.row, None, (*self.problems, problem_of(error)), dict(self.original))


def ungarbled(text: str) -> str:
    """What UTF-8 was that somebody read as Latin-1, once or twice; any other text as it is."""
    for _ in range(2):
        try:
            text = text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
    return text


def plain(value: object) -> str:
    """A stored value as a cell would show it."""
    if dataclasses.is_dataclass(value) or isinstance(value, list | dict):
        return ""
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, tuple):
        return "; ".join(map(plain, value))
    return as_text(value)  # type: ignore[arg-type]


def in_simplified(cell: Cell) -> Cell:
    """A text in Simplified script, in which the domain's words are written."""
    return to_simplified(cell)[0] if isinstance(cell, str) else cell


def _missing(field: str, cell: Cell) -> bool:
    """NaN stands for a missing text in files that a program wrote."""
    return is_nan(cell) and field not in NUMBERS


def _infinite(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip().lstrip("+-").lower() in NOT_NUMBERS
    return isinstance(cell, int | float) and not math.isfinite(cell)


def _negative(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _BELOW_ZERO.match(cell) is not None
    return isinstance(cell, int | float) and cell < 0
