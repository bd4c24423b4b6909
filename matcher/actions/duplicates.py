"""Finding records that are one: by sure keys, and by texts alike in either language."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of, is_admin
from matcher.actions.platform import Platform
from matcher.actions.sure_keys import Pair, pair, sure_pairs
from matcher.actions.suspicion import LEAST_TEXT_ODDS, Duplicate, Suspicion, judged
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.identity import Identities
from matcher.domain.visibility import Viewer
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel, NotFound, UsageError
from matcher.recommend.collections import NOUNS
from matcher.recommend.duplicates import near_duplicates
from matcher.recommend.model import Model
from matcher.store import events, imports, merges, records
from matcher.store.imports import RowAction
from matcher.store.merges import Merge
from matcher.store.stored import Stored
from matcher.store.tables import RECORD_NOUNS

VERB = "merge_proposed"
"""Of the event of each proposal."""

_PAGE = 1000
_WRITTEN = (RowAction.CREATED, RowAction.UPDATED)
_WITHOUT_MODEL = (NoModel, BrokenBundle, EncoderUnavailable)

Say = Callable[[str], None]


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a search for duplicates led to. known: pairs that had been proposed or decided before.

    texts_compared: false where there is no model that could, so that only sure keys counted.
    """

    made: tuple[Merge, ...] = ()
    known: int = 0
    texts_compared: bool = True


def propose_merges(
    platform: Platform,
    viewer: Viewer,
    noun: Noun,
    ids: Collection[str] | None = None,
    say: Say = _silent,
) -> Proposals:
    """Look for duplicates and propose those that nobody has thought of yet.

    ids: only pairs with one of these in them, such as what was just imported. Raises what
    `find_duplicates` does.
    """
    if ids is not None and not ids:
        return Proposals()
    found, compared = find_duplicates(platform, viewer, noun, ids, say)
    at = platform.now()
    made: list[Merge] = []
    with platform.database.writing() as session:
        for one in found:
            if merges.for_pair(session, noun, one.kept, one.dropped) is None:
                made.append(_propose(session, one, at))
        events.append(session, [_event(viewer, merge) for merge in made])
    return Proposals(tuple(made), len(found) - len(made), compared)


def find_duplicates(
    platform: Platform,
    viewer: Viewer,
    noun: Noun,
    ids: Collection[str] | None = None,
    say: Say = _silent,
) -> tuple[list[Duplicate], bool]:
    """The pairs of live records in the viewer's charge that may be one, the surest first.

    Also whether texts were compared: organisations have none, and without a model they can't be.
    Raises UsageError for a noun whose records aren't merged, StoreUnavailable.
    """
    if noun not in RECORD_NOUNS:
        hint = f"Name one of: {', '.join(RECORD_NOUNS)}."
        raise UsageError(f"A {noun.en} isn't merged.", field="noun", hint=hint)
    model = _model(platform, noun)
    suspected: dict[Pair, Suspicion] = {}
    for near in near_duplicates(model, LEAST_TEXT_ODDS, ids, say) if model else ():
        suspected.setdefault(pair(near.one, near.other), Suspicion()).near = near
    say("Comparing numbers and names")
    with platform.database.reading() as session:
        identities = _identities(session)
        _add_sure(session, noun, identities, ids, suspected)
        there = _in_charge(session, viewer, noun, suspected)
    found = (
        judged(noun, there[one], there[other], suspicion, identities, model)
        for (one, other), suspicion in suspected.items()
        if one in there and other in there
    )
    sure = filter(None, found)
    return sorted(sure, key=lambda one: (-one.score, one.kept, one.dropped)), model is not None


def _add_sure(
    session: Session,
    noun: Noun,
    identities: Identities,
    ids: Collection[str] | None,
    suspected: dict[Pair, Suspicion],
) -> None:
    live = (stored.record for stored in records.every(session, noun))
    for ends, keys in sure_pairs(live, identities, ids).items():
        suspected.setdefault(ends, Suspicion()).keys |= keys


def _model(platform: Platform, noun: Noun) -> Model | None:
    if noun not in NOUNS:
        return None
    try:
        return platform.live.look_now().models[noun]
    except _WITHOUT_MODEL:
        return None


def _identities(session: Session) -> Identities:
    found = list(records.every(session, Noun.ORGANISATION, live_only=False))
    there = [stored.record for stored in found if stored.deleted_at is None]
    return Identities(
        there, {stored.record.id: stored.merged_into for stored in found if stored.merged_into}
    )


def _in_charge(
    session: Session, viewer: Viewer, noun: Noun, suspected: Collection[Pair]
) -> dict[str, Stored[Any]]:
    """The live ones of these records that the viewer sees and is an admin of."""
    found = records.get_many(session, noun, sorted({id_ for ends in suspected for id_ in ends}))
    return {
        id_: stored
        for id_, stored in found.items()
        if stored.live and viewer.sees(stored.record) and is_admin(viewer, stored.record.node)
    }


def _propose(session: Session, one: Duplicate, at: datetime) -> Merge:
    return merges.propose(
        session, one.noun, one.kept, one.dropped, score=one.score, why=one.why, at=at
    )


def _event(viewer: Viewer, merge: Merge) -> Event:
    subjects = (Subject(noun=merge.noun, id=id_) for id_ in (merge.kept, merge.dropped))
    return Event(actor=actor_of(viewer), verb=VERB, at=merge.created_at, subjects=tuple(subjects))


def imported(platform: Platform, noun: Noun, import_id: str) -> frozenset[str]:
    """The ids of the records that an import created or updated. Raises NotFound, UsageError."""
    with platform.database.reading() as session:
        run = imports.get(session, import_id)
        if run is None:
            hint = "`matcher imports list` shows them."
            raise NotFound(f"There is no import {import_id!r}.", field="import", hint=hint)
        if run.noun is not noun:
            raise UsageError(f"The import {import_id} is one of {run.noun}s.", field="import")
        ids: set[str] = set()
        last = 0
        while page := imports.rows(session, import_id, last, _PAGE, _WRITTEN):
            ids.update(row.record_id for row in page)
            last = page[-1].row
    return frozenset(filter(None, ids))
