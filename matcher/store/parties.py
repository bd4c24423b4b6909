"""The needs, outcomes and managers that rows are about, as numbers to train on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.tables import kind_of

PARTIES = (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
NOBODY = -1
"""The number of a party that a row doesn't have."""


class Register:
    """Numbers the ids of one noun from 0 in the order in which they come.

    A record that was merged into another has the other's number: what was done with either was
    done with one thing. Whether a record still exists isn't asked.
    """

    def __init__(self, merged: Mapping[str, str]) -> None:
        """merged: the ids of merged records, and of those that they went into."""
        self._merged = merged
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, id: str) -> int:
        """The number of this id, a new one at its first coming; NOBODY for a blank."""
        number = self._numbers.get(id)
        return self._new(id) if number is None else number

    def ids(self) -> tuple[str, ...]:
        """The ids in the order of their numbers."""
        return tuple(self._ids)

    def _new(self, id: str) -> int:
        if not id.strip():
            return NOBODY
        kept = self._kept(id)
        if kept not in self._numbers:
            self._numbers[kept] = len(self._ids)
            self._ids.append(kept)
        self._numbers[id] = self._numbers[kept]
        return self._numbers[id]

    def _kept(self, id: str) -> str:
        """The end of the chain of merges that begins at the id."""
        seen = {id}
        while (following := self._merged.get(id)) and following not in seen:
            seen.add(following)
            id = following
        return id


class Parties:
    """A register for each of PARTIES."""

    def __init__(self, merged: Mapping[Noun, Mapping[str, str]] | None = None) -> None:
        self.registers = {noun: Register((merged or {}).get(noun, {})) for noun in PARTIES}

    @classmethod
    def of(cls, session: Session) -> Parties:
        """No ids yet, and the merges that hold."""
        return cls({noun: _merged(session, noun) for noun in PARTIES})

    def ids(self) -> dict[Noun, tuple[str, ...]]:
        """By noun, the ids in the order of their numbers."""
        return {noun: register.ids() for noun, register in self.registers.items()}


def _merged(session: Session, noun: Noun) -> dict[str, str]:
    table = kind_of(noun).table
    query = select(table.c.id, table.c.merged_into).where(table.c.merged_into != "")
    return {id: into for id, into in session.execute(query)}  # noqa: C416 rows are no pairs to mypy
