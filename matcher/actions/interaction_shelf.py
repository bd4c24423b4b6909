"""Interactions as imports and exports see them: each is what it is, without versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.shelf import Present
from matcher.domain.interaction import Interaction
from matcher.files.row_report import ParsedRow, RowCode
from matcher.files.sheet_columns import INTERACTION
from matcher.store import interactions
from matcher.store.codec import check_lengths, row_of
from matcher.store.stored import Author

_LOOKED_UP = ("id", "need", "outcome", "manager", "external_id")


@dataclass(frozen=True, slots=True)
class InteractionShelf:
    """All interactions."""

    noun: str = INTERACTION

    def present(self, session: Session, ids: Iterable[str]) -> Mapping[str, Present]:
        """Those of the interactions that are there, by id."""
        found = interactions.get_many(session, ids)
        return {id_: Present(one) for id_, one in found.items()}

    def every(self, session: Session) -> Iterator[Present]:
        """All interactions in the order of their ids."""
        return map(Present, interactions.every(session))

    def blended(
        self, before: Interaction, row: ParsedRow[Any], holds: frozenset[str]
    ) -> Interaction:
        """The interaction with the fields that the file holds; the others stay."""
        unread = {one.field for one in row.problems if one.code is RowCode.UNREAD_VALUE}
        changes = {name: getattr(row.record, name) for name in holds - unread - {"id"}}
        node = before.node or getattr(row.record, "node", "")
        return replace(before, **{"node": node, **changes})

    def check(self, record: Interaction) -> None:
        """Raise InvalidValue for ids that no database can hold."""
        check_lengths(row_of(record), _LOOKED_UP)

    def write(self, session: Session, records: Sequence[Interaction], author: Author) -> None:
        """Write each in the place of one with its id."""
        interactions.put(session, records)
