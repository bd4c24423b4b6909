"""Needs and outcomes as pages show them: the record as the viewer may have it, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import title_of
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.actions.reading import tell_guarded
from matcher.domain.enums import Language, Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer
from matcher.store import records
from matcher.store.stored import Stored


@dataclass(frozen=True, slots=True)
class Card:
    """A need or an outcome. party: the name of who has it, as the record or the organisation says
    it; "" where neither does. version: of the record."""

    record: Any
    party: str
    version: int

    @property
    def noun(self) -> Noun:
        """Which of the two it is."""
        return Noun.NEED if isinstance(self.record, Need) else Noun.OUTCOME


def cards(
    platform: Platform, viewer: Viewer, noun: Noun, ids: Iterable[str], language: Language
) -> Mapping[str, Card]:
    """Those of the records that the viewer may know of, by id."""
    with platform.database.reading() as session:
        found = records.get_many(session, noun, sorted(set(ids)))
        seen = [one for one in found.values() if one.live and viewer.sees(one.record)]
        names = _names(session, viewer, seen, language)
        shown = {
            one.record.id: Card(
                masked(session, viewer, one.record),
                names.get(party_of(one.record), party_of(one.record)),
                one.version,
            )
            for one in seen
        }
    tell_guarded(platform, viewer, noun, seen)
    return shown


def party_of(record: Need | Outcome) -> str:
    """Whose it is, as the record has it: an organisation's id, or a name."""
    return record.organisation if isinstance(record, Need) else record.holder


def _names(
    session: Session, viewer: Viewer, found: Iterable[Stored[Any]], language: Language
) -> dict[str, str]:
    """The names of the organisations that are meant by an id, of those the viewer may know of."""
    ids = {party_of(one.record) for one in found} - {""}
    there = records.get_many(session, Noun.ORGANISATION, sorted(ids))
    return {
        id_: title_of(one.record, language)
        for id_, one in there.items()
        if one.live and viewer.sees(one.record) and title_of(one.record, language)
    }
