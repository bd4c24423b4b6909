"""Outcomes, needs, managers and organisations as imports and exports see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.masked import GUARDED
from matcher.actions.shelf import Present
from matcher.domain.enums import Noun
from matcher.domain.manager import Deal, Manager
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import require_storable
from matcher.files.row_report import ParsedRow, RowCode
from matcher.store import records
from matcher.store.codec import check_lengths, row_of
from matcher.store.stored import Author, Stored
from matcher.store.tables import AnyRecord, kind_of
from matcher.store.titles import title_key


@dataclass(frozen=True, slots=True)
class RecordShelf:
    """The records of a noun that has versions."""

    noun: Noun

    def present(self, session: Session, ids: Iterable[str]) -> Mapping[str, Present]:
        """Those of the records that are there, by id."""
        found = records.get_many(session, self.noun, ids)
        return {id_: _present(stored) for id_, stored in found.items()}

    def every(self, session: Session) -> Iterator[Present]:
        """All live records in the order of their ids."""
        return map(_present, records.every(session, self.noun))

    def blended(self, before: AnyRecord, row: ParsedRow[Any], holds: frozenset[str]) -> AnyRecord:
        """The record with the fields that the file holds, but for values that weren't understood.

        What the file has no column for stays. Raises InvalidValue where the two don't fit.
        """
        after: Any = row.record
        unread = {one.field for one in row.problems if one.code is RowCode.UNREAD_VALUE}
        told = holds - unread - {"id"}
        told -= {name for name in holds.intersection(GUARDED) if not getattr(after, name)}
        changes = {name: getattr(after, name) for name in told}
        if isinstance(before, Manager) and "deals" in changes:
            changes["deals"] = _with_facts(changes["deals"], before.deals)
        changed: AnyRecord = replace(before, **{"node": before.node or after.node, **changes})
        return changed

    def check(self, record: AnyRecord) -> None:
        """Raise InvalidValue for a state secret and for texts that no database can hold."""
        if isinstance(record, Outcome):
            require_storable(record)
        check_lengths(row_of(record), kind_of(self.noun).looked_up)

    def write(self, session: Session, found: Sequence[AnyRecord], author: Author) -> None:
        """Write new versions."""
        records.put(
            session,
            self.noun,
            found,
            actor=author.actor,
            at=author.at,
            import_id=author.import_id,
        )


def _with_facts(deals: Iterable[Deal], before: Iterable[Deal]) -> tuple[Deal, ...]:
    """The deals; one that a sheet tells in words alone keeps the facts that are known of it."""
    known = {_words(deal): deal for deal in before}
    return tuple(known.get(_words(deal), deal) if _is_bare(deal) else deal for deal in deals)


def _words(deal: Deal) -> str | None:
    return title_key(deal.title + deal.text or deal.outcome or deal.need)


def _is_bare(deal: Deal) -> bool:
    return deal.mode is None and deal.value is None and deal.date is None


def _present(stored: Stored[Any]) -> Present:
    return Present(
        stored.record,
        stored.version,
        stored.deleted_at is not None,
        stored.merged_into,
        stored.import_id,
    )
