"""What the rows of an import refer to: other records by id, organisations by whatever name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.domain.visibility import Viewer
from matcher.files.row_ids import SEPARATOR
from matcher.files.sheet_columns import INTERACTION
from matcher.store import records

PARTIES = (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
"""The nouns that follow-ups and interactions refer to, each in the field of its name."""

_REFERRING = (Noun.FOLLOW_UP, INTERACTION)
_NAMES: Mapping[str, tuple[str, ...]] = {
    Noun.OUTCOME: ("holder",),
    Noun.NEED: ("organisation",),
    Noun.MANAGER: ("agency", "conflicts"),
}


class References:
    """Finds the records that rows refer to, and remembers them for the rows to come.

    An id of the file's source (`namespace`) may turn out to be one of the platform's. A record
    that was merged into another stands for that one; what the viewer may not know of isn't there.
    """

    def __init__(self, session: Session, viewer: Viewer, namespace: str) -> None:
        self._session, self._viewer = session, viewer
        self._prefix = f"{namespace}{SEPARATOR}" if namespace else ""
        self._known: dict[tuple[Noun, str], str] = {}

    def learn(self, found: Iterable[Any]) -> None:
        """Look up what these records refer to, all at once."""
        wanted = list(found)
        for noun in PARTIES:
            named = {getattr(record, noun.value) for record in wanted} - {""}
            ids = {one for name in named for one in self._readings(name)}
            self._look_up(noun, {one for one in ids if (noun, one) not in self._known})

    @property
    def asked(self) -> Collection[tuple[Noun, str]]:
        """The records that were looked for, by kind and id."""
        return self._known.keys()

    def find(self, noun: Noun, name: str) -> str:
        """The id of the live record that is meant, "" where there is none."""
        readings = (self._known.get((noun, one), "") for one in self._readings(name))
        return next(filter(None, readings), "")

    def _readings(self, name: str) -> tuple[str, ...]:
        plain = name.removeprefix(self._prefix)
        return (name,) if plain == name else (name, plain)

    def _look_up(self, noun: Noun, ids: set[str]) -> None:
        found = records.get_many(self._session, noun, sorted(ids))
        merged = {one.merged_into for one in found.values() if one.merged_into}
        unknown = {one for one in merged if (noun, one) not in self._known and one not in ids}
        if unknown:
            self._look_up(noun, unknown)
        for id_ in ids:
            self._known[(noun, id_)] = ""
        for id_, stored in found.items():
            if stored.live and self._viewer.sees(stored.record):
                self._known[(noun, id_)] = id_
        for id_, stored in found.items():
            if stored.merged_into and stored.deleted_at is None:
                self._known[(noun, id_)] = self._kept(noun, stored.merged_into, found)

    def _kept(self, noun: Noun, id_: str, found: Mapping[str, Any]) -> str:
        """Where a chain of merged records ends; `found` are those looked up together."""
        while id_ in found and found[id_].merged_into:
            id_ = found[id_].merged_into
        return self._known.get((noun, id_), "")


def refers(noun: str) -> bool:
    """Whether records of the noun refer to needs, outcomes and managers by id."""
    return noun in _REFERRING


def unresolved(session: Session, noun: str, found: Iterable[Any]) -> Mapping[str, int]:
    """Organisations that the records name and nobody knows, and how many records name each."""
    named: Counter[str] = Counter(name for record in found for name in _named(noun, record))
    if not named:
        return {}
    stored = list(records.every(session, Noun.ORGANISATION, live_only=False))
    there = (one.record for one in stored if one.deleted_at is None)
    merged = {one.record.id: one.merged_into for one in stored if one.merged_into}
    identities = Identities(there, merged)
    return {name: named[name] for name in sorted(named) if identities.resolve(name) is None}


def _named(noun: str, record: Any) -> Iterator[str]:
    """Each name once a record."""
    names: list[str] = []
    for field in _NAMES.get(noun, ()):
        value = getattr(record, field)
        names += [value] if isinstance(value, str) else value
    yield from dict.fromkeys(name for name in names if name.strip())
