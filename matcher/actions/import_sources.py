"""Ids of a file's own source: what a row names by the source's id is found by ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.manager import Deal
from matcher.files.row_ids import SEPARATOR
from matcher.store import records

_ONE: Mapping[str, str] = {
    Noun.OUTCOME: "holder",
    Noun.NEED: "organisation",
    Noun.MANAGER: "agency",
    Noun.ORGANISATION: "parent",
}
"""The field of each noun that names an organisation."""


class SourceIds:
    """The organisations, outcomes and needs of one source that rows may name by its ids.

    A name that is no id of the source stays as it is written.
    """

    def __init__(self, session: Session, noun: str, found: Iterable[Any], namespace: str) -> None:
        self._noun, self._prefix = noun, f"{namespace}{SEPARATOR}" if namespace else ""
        self._known: frozenset[tuple[Noun, str]] = frozenset()
        self.asked: frozenset[tuple[Noun, str]] = frozenset()
        """The records that were looked for, by kind and id of ours."""
        if self._prefix and noun in _ONE:
            self._known = frozenset(self._there(session, list(found)))

    def resolved(self, record: Any) -> Any:
        """The record, naming what is there by its id."""
        if not self._known:
            return record
        field = _ONE[self._noun]
        changes: dict[str, Any] = {field: self._id(Noun.ORGANISATION, getattr(record, field))}
        if self._noun == Noun.MANAGER:
            changes["conflicts"] = tuple(
                self._id(Noun.ORGANISATION, name) for name in record.conflicts
            )
            changes["deals"] = tuple(map(self._deal, record.deals))
        return replace(record, **changes)

    def _deal(self, deal: Deal) -> Deal:
        outcome, need = self._id(Noun.OUTCOME, deal.outcome), self._id(Noun.NEED, deal.need)
        return replace(deal, outcome=outcome, need=need)

    def _id(self, noun: Noun, name: str) -> str:
        ours = self._prefix + name
        return ours if (noun, ours) in self._known else name

    def _there(self, session: Session, found: list[Any]) -> Iterator[tuple[Noun, str]]:
        named = set[tuple[Noun, str]]()
        for record in found:
            named.update(_named(self._noun, record))
        self.asked = frozenset((noun, self._prefix + name) for noun, name in named)
        for noun in {noun for noun, _ in named}:
            ids = sorted(self._prefix + name for other, name in named if other is noun)
            yield from ((noun, id_) for id_ in records.get_many(session, noun, ids))
        if self._noun == Noun.ORGANISATION:
            # One may come after the one that belongs to it.
            yield from ((Noun.ORGANISATION, record.id) for record in found)


def _named(noun: str, record: Any) -> Iterator[tuple[Noun, str]]:
    """What a record names, of which kind."""
    names = [(Noun.ORGANISATION, getattr(record, _ONE[noun]))]
    if noun == Noun.MANAGER:
        names += [(Noun.ORGANISATION, name) for name in record.conflicts]
        names += [(Noun.OUTCOME, deal.outcome) for deal in record.deals]
        names += [(Noun.NEED, deal.need) for deal in record.deals]
    return (pair for pair in names if pair[1])
