"""What goes with a record: outcomes for a need, needs for an outcome, managers for either."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions.answer import (
    Answer,
    Wish,
    answer_of,
    ranked,
    request_of,
    visible_heads,
)
from matcher.actions.conflicted import (
    Avoided,
    Conflicts,
    Listing,
    broker_of,
    managers_to_avoid,
    to_avoid,
)
from matcher.actions.moment import Moment, moment
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.serving import Serving
from matcher.domain.enums import Noun
from matcher.domain.listing import item_of
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound, UsageError

TO = {
    Noun.NEED: (Noun.OUTCOME, Noun.MANAGER),
    Noun.OUTCOME: (Noun.NEED, Noun.MANAGER),
}
"""What may be suggested for a record of each noun."""


def suggest(
    platform: Platform, viewer: Viewer, noun: Noun, id: str, to: Noun, wish: Wish
) -> Answer:
    """The best records of the noun `to` for a need or an outcome.

    Left out is what is in conflict with it or, where the viewer is a manager, with them. Raises
    NotFound for what isn't there or may not be known of, UsageError for nouns that don't go
    together, and what `search` raises.
    """
    _require_pair(noun, to)
    with moment(platform) as now:
        return _suggested(platform, viewer, now, noun, id, to, wish)


def explain(
    platform: Platform, viewer: Viewer, noun: Noun, id: str, to: Noun, other: str, wish: Wish
) -> Answer:
    """Why one record of the noun `to` goes with a need or an outcome; facts don't remove it.

    Raises NotFound where either isn't there, may not be known of, or is in conflict, and what
    `suggest` raises.
    """
    _require_pair(noun, to)
    wish = replace(wish, k=1, facts=False, explain=True)
    with moment(platform) as now:
        there = required(now.session, viewer, to, other).record.id
        answer = _suggested(platform, viewer, now, noun, id, to, wish, only=[there])
    if not answer.matches:
        raise NotFound(f"{other} has nothing to do with {id}, or is in conflict with it.")
    return replace(answer, removed={})


def among(
    platform: Platform, viewer: Viewer, noun: Noun, id: str, to: Noun, other: str, wish: Wish
) -> Answer:
    """The same as `suggest` for one record alone: whether it comes, else by which rule it doesn't.

    In `removed` all others are counted too, as not listed. Raises what `suggest` raises, and
    NotFound where the other one isn't there or may not be known of.
    """
    _require_pair(noun, to)
    with moment(platform) as now:
        there = required(now.session, viewer, to, other).record.id
        return _suggested(
            platform, viewer, now, noun, id, to, replace(wish, k=1, explain=True), only=[there]
        )


def similar(platform: Platform, viewer: Viewer, noun: Noun, id: str, wish: Wish) -> Answer:
    """The records of the same noun that are most like one. Raises NotFound, UsageError."""
    with moment(platform) as (serving, session):
        model = serving.model(noun)
        item = item_of(required(session, viewer, noun, id).record)
        request = request_of(wish, viewer, platform.today(), excluded=[item.id])
        ranking = ranked(model, item, request, explain=wish.explain)
        there = visible_heads(session, noun, ranking.matches, viewer)
    return answer_of(serving, noun, item, ranking, there, wish.language)


def _require_pair(noun: Noun, to: Noun) -> None:
    if to not in TO.get(noun, ()):
        pairs = ", ".join(f"{one} → {other}" for one, others in TO.items() for other in others)
        raise UsageError(f"{to}s aren't suggested for {noun}s.", hint=f"There are: {pairs}.")


def _suggested(
    platform: Platform,
    viewer: Viewer,
    now: Moment,
    noun: Noun,
    id: str,
    to: Noun,
    wish: Wish,
    only: Collection[str] | None = None,
) -> Answer:
    serving, session = now
    record: Listing = required(session, viewer, noun, id).record
    conflicts = _conflicts(session, serving, viewer, to)
    if conflicts.keep_out(record):
        only = ()  # The manager who asks has to keep out, whatever it would go with.
    excluded = conflicts.managers_of(record.owner) if to is Noun.MANAGER else frozenset()
    request = request_of(
        wish,
        viewer,
        platform.today(),
        avoided=_avoided(conflicts, record, to),
        excluded=excluded,
        only=only,
        standing=platform.standings.at(session, platform.today()),
    )
    item = item_of(record)
    ranking = ranked(serving.model(to), item, request, noun, explain=wish.explain)
    there = conflicts.without(record, visible_heads(session, to, ranking.matches, viewer))
    return answer_of(serving, to, item, ranking, there, wish.language)


def _conflicts(session: Session, serving: Serving, viewer: Viewer, to: Noun) -> Conflicts:
    """Who is who among people matters only where a manager asks or is asked for."""
    broker = broker_of(session, viewer)
    if broker is None and to is not Noun.MANAGER:
        return Conflicts(serving.organisations, {})
    return Conflicts.of(session, serving, broker)


def _avoided(conflicts: Conflicts, record: Listing, to: Noun) -> Avoided:
    if to is Noun.MANAGER:
        return managers_to_avoid(record, conflicts.organisations)
    return to_avoid(record, conflicts)
