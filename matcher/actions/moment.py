"""The moment of an answer: what is searched and the records agree on what is hidden by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.orm import Session

from matcher.actions.platform import Platform
from matcher.actions.serving import Serving
from matcher.domain.enums import Noun
from matcher.domain.visibility import audience
from matcher.recommend.collections import NOUNS
from matcher.recommend.model import Model
from matcher.store import feed, records

# More than this are taken in rather than looked at one by one.
_MOST = 500


class Moment(NamedTuple):
    """What is searched, and a session that sees the records as they are."""

    serving: Serving
    session: Session


@contextmanager
def moment(platform: Platform) -> Iterator[Moment]:
    """What is searched follows the store within `poll_seconds`, but what was hidden is at once.

    Raises NoModel, BrokenBundle, StoreUnavailable.
    """
    serving = platform.live.serving()
    while True:
        with platform.database.reading() as session:
            if not narrowed(session, serving):
                yield Moment(serving, session)
                return
        serving = platform.live.look_now()


def narrowed(session: Session, serving: Serving) -> bool:
    """Whether something that is searched was hidden or removed since, or it changed who is who.

    Also where nobody can tell, because the feed was pruned or very much was written.
    """
    judged = serving.judged.after(serving.seq)
    if feed.latest(session) == judged:
        return False
    changes = feed.since(session, judged, _MOST)
    if len(changes) == _MOST or not feed.covers(session, serving.seq):
        return True
    by_noun: dict[Noun, set[str]] = defaultdict(set)
    for change in changes:
        by_noun[change.noun].add(change.id)
    named = records.get_many(session, Noun.ORGANISATION, by_noun.get(Noun.ORGANISATION, ()))
    concerned = serving.organisations.concerned(named.values())
    if concerned or _hides(session, serving.models, by_noun):
        return True
    if changes:
        serving.judged.note(serving.seq, changes[-1].seq)
    return False


def _hides(
    session: Session, models: Mapping[Noun, Model], by_noun: Mapping[Noun, set[str]]
) -> bool:
    for noun in NOUNS:
        searched = _audiences(models[noun], by_noun.get(noun, ()))
        found = records.get_many(session, noun, searched)
        for id_, before in searched.items():
            now = found.get(id_)
            if now is None or not now.live or not before <= audience(now.record):
                return True
    return False


def _audiences(model: Model, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Those of the ids that are searched, each with its audience there."""
    places = model.candidates.places(ids)
    column = model.candidates.columns.words["audience"]
    codes = column.codes[places].tolist()
    there = model.candidates.ids_at(places).tolist()
    return {id_: frozenset(column.values[code]) for id_, code in zip(there, codes, strict=True)}
