"""What an import did, or a dry run of it would do, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from matcher.errors import ImportRefused
from matcher.files.notices import Notice
from matcher.files.row_report import RowCode, RowProblem

SHOWN = 3
"""Refused rows that the error quotes."""


class Action(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    RESTORED = "restored"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"

    @property
    def writes(self) -> bool:
        """Whether a record is written for it."""
        return self in (Action.CREATED, Action.UPDATED, Action.RESTORED)


class PlanCode(StrEnum):
    """What can be said of a row once it is held against what is there; see also `RowCode`."""

    UNKNOWN_REFERENCE = "unknown_reference"
    UNKNOWN_NODE = "unknown_node"
    OTHER_NODE = "other_node"
    CONTRADICTION = "contradiction"
    WAS_DELETED = "was_deleted"
    WAS_MERGED = "was_merged"
    OTHER_TITLE = "other_title"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about a row; `column` is the file's name, `field` the record's.

    was, now: what is there, and what it becomes, where that is the matter. earlier: the number of
    the row that it repeats, "" where it repeats none.
    """

    code: RowCode | PlanCode
    message: str
    column: str | None = None
    field: str | None = None
    hint: str | None = None
    was: str | None = None
    now: str | None = None
    earlier: str = ""

    def to_mapping(self) -> dict[str, str]:
        """The same as plain values, without what doesn't apply."""
        names = ("code", "message", "column", "field", "hint", "was", "now", "earlier")
        pairs = ((name, getattr(self, name)) for name in names)
        return {name: str(value) for name, value in pairs if value}


def problem(found: RowProblem) -> Problem:
    """What the reader of the file said."""
    earlier = str(found.earlier or "")
    return Problem(
        found.code, found.message, found.column, found.field, found.hint, earlier=earlier
    )


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row by its number in the file, the id of its record ("" without one), what became of it.

    `fields`: those that changed in a record that was there. `original`: what the cells said, of
    fields whose stored value is another.
    """

    row: int
    id: str
    action: Action
    fields: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    original: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def to_mapping(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "row": self.row,
            "id": self.id,
            "action": self.action.value,
            "fields": list(self.fields),
            "problems": [one.to_mapping() for one in self.problems],
            "original": dict(self.original),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """An import, or a dry run: then, and where nothing was imported, `id` is empty.

    `unresolved`: organisations that records name and nobody knows, with the number of rows.
    """

    id: str = ""
    noun: str
    file: str
    node: str
    results: tuple[RowResult, ...]
    notices: tuple[Notice, ...] = ()
    unresolved: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows met with each action, with 0 for those that none met with."""
        counted = Counter(result.action for result in self.results)
        return {action.value: counted[action] for action in Action}

    @property
    def refused(self) -> tuple[RowResult, ...]:
        """The rows that can't be imported."""
        return tuple(one for one in self.results if one.action is Action.REFUSED)

    def refusal(self) -> ImportRefused:
        """The error for a file with refused rows; its values hold the report."""
        refused, rows = self.refused, len(self.results)
        quoted = " ".join(_quoted(one) for one in refused[:SHOWN])
        more = f" And {len(refused) - SHOWN:,} more." if len(refused) > SHOWN else ""
        return ImportRefused(
            f"{len(refused):,} of {rows:,} rows can't be imported; nothing was. {quoted}{more}",
            file=self.file,
            hint="Correct them, or take the others alone with --accept-partial.",
            refused=len(refused),
            report=self,
        )


def _quoted(result: RowResult) -> str:
    """The place, the reason, and what to do, of a refused row."""
    why = result.problems[-1]
    column = f", column {why.column}" if why.column else ""
    return " ".join(filter(None, (f"Row {result.row}{column}: {why.message}", why.hint)))
