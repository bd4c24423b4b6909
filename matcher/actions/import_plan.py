"""What an import will do: each row of a file held against what is there, without writing.

A dry run and the import itself make the same plan, so they say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.import_basis import Basis
from matcher.actions.import_identity import Identities
from matcher.actions.import_references import PARTIES, References, refers
from matcher.actions.import_report import Action, PlanCode, Problem, RowResult, problem
from matcher.actions.import_sources import SourceIds
from matcher.actions.shelf import Present, Shelf
from matcher.domain.edits import changes
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import IllegalTransition, InvalidValue
from matcher.files.mapping import ColumnMap
from matcher.files.row_report import ParsedRow, problem_of
from matcher.store import nodes
from matcher.store.rows import chunks


@dataclass(frozen=True, slots=True)
class FileRows:
    """A file as it was read, whole: its rows, its columns, the fields it says something of, and
    what it is called."""

    rows: Sequence[ParsedRow[Any]]
    columns: ColumnMap
    holds: frozenset[str]
    namespace: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row's result; `record` is None without one, `before` where there was none."""

    result: RowResult
    record: Any = None
    before: Any = None


class _Refused(Exception):
    """Ends the planning of one row."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Grounded:
    """What becomes of each row, in their order, and what that rests on."""

    rows: list[Planned]
    basis: Basis


def plan(session: Session, shelf: Shelf, read: FileRows, viewer: Viewer) -> list[Planned]:
    """What becomes of each row, in their order."""
    return grounded(session, shelf, read, viewer).rows


def grounded(session: Session, shelf: Shelf, read: FileRows, viewer: Viewer) -> Grounded:
    """The same, to be written later if it still holds then."""
    planner = _Planner(session, shelf, read, viewer)
    rows = [one for chunk in chunks(read.rows) for one in planner.planned(chunk)]
    return Grounded(rows, planner.basis())


class _Planner:
    def __init__(self, session: Session, shelf: Shelf, read: FileRows, viewer: Viewer) -> None:
        self._session, self._shelf, self._read, self._viewer = session, shelf, read, viewer
        self._references = References(session, viewer, read.namespace)
        found = (row.record for row in read.rows if row.record is not None)
        self._own = SourceIds(session, shelf.noun, found, read.namespace)
        self._identities = Identities(read.columns, viewer)
        self._nodes = nodes.parents(session)
        self._present: dict[str, Present] = {}
        self._ids: list[str] = []

    def basis(self) -> Basis:
        """All that was looked at."""
        named = (*self._references.asked, *self._own.asked)
        return Basis.of(self._session, self._shelf, self._present, self._ids, named)

    def planned(self, rows: Sequence[ParsedRow[Any]]) -> Iterator[Planned]:
        """Some rows at once: what they need is looked up together."""
        found = [row.record for row in rows if row.record is not None]
        ids = [record.id for record in found]
        present = self._shelf.present(self._session, ids)
        self._ids += ids
        self._present.update(present)
        if refers(self._shelf.noun):
            self._references.learn([*found, *(one.record for one in present.values())])
        for row in rows:
            yield self._row(row, present)

    def _row(self, row: ParsedRow[Any], present: Mapping[str, Present]) -> Planned:
        said = tuple(map(problem, row.problems))
        if row.record is None:
            action = Action.REFUSED if row.refused else Action.SKIPPED
            return Planned(RowResult(row.row, "", action, (), said, row.original))
        before = present.get(row.record.id)
        try:
            record = self._record(row, before)
        except (InvalidValue, IllegalTransition) as error:
            why = self._why(error)
        except _Refused as refused:
            why = refused.problem
        else:
            doubts = self._identities.doubts(before, record) if before is not None else ()
            return _planned(row, record, before, (*said, *doubts))
        result = RowResult(row.row, row.record.id, Action.REFUSED, (), (*said, why), row.original)
        return Planned(result)

    def _record(self, row: ParsedRow[Any], before: Present | None) -> Any:
        """What is to be stored for the row."""
        row = self._referring(row, before)
        self._check_node(row.record)
        if before is None:
            record = row.record
        else:
            self._check_scope(before.record)
            record = self._shelf.blended(before.record, row, self._read.holds)
        self._shelf.check(record)
        return record

    def _referring(self, row: ParsedRow[Any], before: Present | None) -> ParsedRow[Any]:
        """The row with the ids of the records that are meant."""
        if not refers(self._shelf.noun):
            return replace(row, record=self._own.resolved(row.record))
        there = None if before is None else before.record
        meant = {noun.value: self._meant(row, noun, there) for noun in PARTIES}
        record: Any = row.record
        return replace(row, record=replace(record, **meant))

    def _meant(self, row: ParsedRow[Any], noun: Noun, before: Any) -> str:
        named: str = getattr(row.record, noun.value)
        found = self._references.find(noun, named) if named else ""
        if named and not found:
            message, hint = (
                f"there is no {noun.value} {named!r}.",
                f"Import the {noun.value}s first.",
            )
            raise self._refused(PlanCode.UNKNOWN_REFERENCE, message, noun.value, hint)
        # A record that was merged since it was named here goes on being named so.
        earlier = getattr(before, noun.value, "")
        return earlier if found and self._references.find(noun, earlier) == found else found

    def _check_node(self, record: Any) -> None:
        if record.node not in self._nodes:
            message, hint = f"there is no node {record.node!r}.", "Create it, or correct the row."
            raise self._refused(PlanCode.UNKNOWN_NODE, message, "node", hint)
        if not is_admin(self._viewer, record.node):
            message = f"the record belongs to the node {record.node}, which isn't yours."
            raise self._refused(PlanCode.OTHER_NODE, message, "node", "Leave the row out.")

    def _check_scope(self, before: Any) -> None:
        """A record that somebody else looks after isn't overwritten, whoever may see it."""
        if not is_admin(self._viewer, before.node):
            message = "the id is taken by a record that isn't yours."
            hint = "Name your source with --source: its ids are kept apart."
            raise self._refused(PlanCode.OTHER_NODE, message, "id", hint)

    def _refused(self, code: PlanCode, message: str, field: str, hint: str) -> _Refused:
        return _Refused(Problem(code, message, self._read.columns.name(field), field, hint))

    def _why(self, error: InvalidValue | IllegalTransition) -> Problem:
        if isinstance(error, IllegalTransition):
            column = self._read.columns.name("state")
            return Problem(PlanCode.CONTRADICTION, error.message, column, "state", error.hint)
        found = problem(problem_of(error))
        named = self._read.columns.name(found.field) if found.field else None
        return replace(found, column=found.column or named)


def _planned(
    row: ParsedRow[Any], record: Any, before: Present | None, said: tuple[Problem, ...]
) -> Planned:
    if before is None:
        result = RowResult(row.row, record.id, Action.CREATED, (), said, row.original)
        return Planned(result, record)
    fields = tuple(dict.fromkeys(change.field for change in changes(before.record, record)))
    action = Action.UPDATED if fields else Action.UNCHANGED
    if before.deleted:
        action = Action.RESTORED
    result = RowResult(
        row.row, record.id, action, fields, (*said, *_happened(before)), row.original
    )
    return Planned(result, record, before.record)


def _happened(before: Present) -> Iterator[Problem]:
    """What a person should know of the record that is there."""
    if before.deleted:
        yield Problem(PlanCode.WAS_DELETED, "was deleted and is restored.")
    if before.merged_into:
        message = f"was merged into {before.merged_into}, which isn't changed."
        yield Problem(PlanCode.WAS_MERGED, message)


def to_write(planned: Iterable[Planned]) -> list[Any]:
    """The records that the plan writes."""
    return [one.record for one in planned if one.result.action.writes]


def known(planned: Collection[Planned]) -> Iterator[Any]:
    """The records of all rows that aren't refused or skipped."""
    return (one.record for one in planned if one.record is not None)
