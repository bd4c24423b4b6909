"""What became of one row of an import: its record, or why there is none, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from matcher.domain.record import Record
from matcher.errors import InvalidValue

R = TypeVar("R", bound=Record)


class RowCode(StrEnum):
    """What can be said of a row; the value is stable and machine-readable."""

    REPAIRED = "repaired"
    UNKNOWN_CODE = "unknown_code"
    UNREAD_VALUE = "unread_value"
    NARROWED = "narrowed"
    TOTAL_ROW = "total_row"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_ID = "duplicate_id"
    BAD_ID = "bad_id"
    NO_TEXT = "no_text"
    NOT_A_NUMBER = "not_a_number"
    BELOW_ZERO = "below_zero"
    UNREAD_VISIBILITY = "unread_visibility"
    CLASSIFIED = "classified"
    MISSING_VALUE = "missing_value"
    WRONG_FORMAT = "wrong_format"
    INVALID_VALUE = "invalid_value"

    @property
    def skips(self) -> bool:
        """Whether the row is passed over because nothing in it is missing elsewhere."""
        return self in (RowCode.TOTAL_ROW, RowCode.DUPLICATE_ROW)

    @property
    def refuses(self) -> bool:
        """Whether there is no record for this, and somebody has to do something."""
        return not self.skips and self not in _HARMLESS


_HARMLESS = frozenset(
    (RowCode.REPAIRED, RowCode.UNKNOWN_CODE, RowCode.UNREAD_VALUE, RowCode.NARROWED)
)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to know about a row; `column` is the file's name, `field` the record's.

    earlier: the number of the row that it repeats, 0 where it repeats none.
    """

    code: RowCode
    message: str
    column: str | None = None
    field: str | None = None
    hint: str | None = None
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class ParsedRow(Generic[R]):
    """A row of a file by its number there; `record` is None where it is refused or skipped.

    `original` holds, for each field whose stored value isn't what the cell says, the cell's text.
    """

    row: int
    record: R | None
    problems: tuple[RowProblem, ...] = ()
    original: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def refused(self) -> bool:
        """Whether something in it keeps it from being imported."""
        return any(problem.code.refuses for problem in self.problems)

    @property
    def skipped(self) -> bool:
        """Whether it was passed over: a total, or a repetition of an earlier row."""
        return self.record is None and not self.refused


def refusal(
    code: RowCode,
    message: str,
    *,
    hint: str,
    field: str | None = None,
    column: str | None = None,
    earlier: int = 0,
) -> InvalidValue:
    """The error that ends the reading of one row; `problem_of` turns it into a report."""
    return InvalidValue(
        message, field=field, column=column, hint=hint, row_code=code, earlier=earlier
    )


def problem_of(error: InvalidValue) -> RowProblem:
    """What an error says about its row: as a `refusal` says, else an invalid value."""
    column, field = (error.where.get(name) for name in ("column", "field"))
    return RowProblem(
        error.values.get("row_code", RowCode.INVALID_VALUE),
        error.message,
        None if column is None else str(column),
        None if field is None else str(field),
        error.hint or None,
        error.values.get("earlier", 0),
    )
