"""What was repaired, ignored or not understood while a file was read: kept, counted, shown.

An error stops the reading; a notice doesn't. Of each kind the first ones are kept with their
place and all are counted, so that a file with a hundred thousand bad prices costs a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

KEPT_PER_CODE = 1000


class Code(StrEnum):
    """The kinds of notice; the value is stable and machine-readable."""

    LEGACY_ENCODING = "legacy_encoding"
    CHARACTERS_REMOVED = "characters_removed"
    CHARACTERS_LOST = "characters_lost"
    CELLS_WITHOUT_HEADER = "cells_without_header"
    TOTAL_ROW = "total_row"
    UNMAPPED_COLUMNS = "unmapped_columns"
    COLUMNS_NOT_KEPT = "columns_not_kept"
    NO_TEXT_COLUMN = "no_text_column"
    ROW_NUMBERS_AS_IDS = "row_numbers_as_ids"
    IDS_FROM_CONTENT = "ids_from_content"
    NOT_A_NUMBER = "not_a_number"
    UNREAD_FACT = "unread_fact"
    NO_TEXT = "no_text"
    UNKNOWN_PORTFOLIO_ID = "unknown_portfolio_id"
    PORTFOLIO_LOOKS_LIKE_IDS = "portfolio_looks_like_ids"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing a person should know about a file; `row` and `column` where they apply.

    about: the columns, or the fields, that it is about, where it is about several rows.
    """

    code: Code
    message: str
    file: str
    row: int | None = None
    column: str | None = None
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}: {self.message}"


class Notices:
    """The notices of one file in the order they came; all counted, the first of a kind kept."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._kept: list[Notice] = []
        self._counts: Counter[Code] = Counter()

    def add(
        self,
        code: Code,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        about: tuple[str, ...] = (),
    ) -> None:
        """Count it, and keep it unless `KEPT_PER_CODE` of its kind are kept already."""
        self._counts[code] += 1
        if self._counts[code] <= KEPT_PER_CODE:
            self._kept.append(Notice(code, message, self.file, row, column, about))

    def count(self, code: Code) -> int:
        """How often this kind came, kept or not."""
        return self._counts[code]

    def __iter__(self) -> Iterator[Notice]:
        return iter(self._kept)

    def __len__(self) -> int:
        return self._counts.total()
