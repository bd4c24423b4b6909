"""The pairs that a manager could take up today, each with how well it fits and whom it fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from matcher.actions.answer import visible_records
from matcher.actions.conflicted import Conflicts, to_avoid
from matcher.actions.handled import Handled, handled
from matcher.actions.items import items_of
from matcher.actions.serving import Serving
from matcher.actions.suitability import suitabilities
from matcher.domain.conflicts import avoided
from matcher.domain.enums import Language, Noun
from matcher.domain.item import Item
from matcher.domain.listing import item_of
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer
from matcher.recommend.asking import Asking
from matcher.recommend.columns import Mask
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.model import Model, Query
from matcher.recommend.pipeline import recommend_each, with_reasons
from matcher.recommend.ranking import Match
from matcher.recommend.rules import Request
from matcher.recommend.worklist import FEWEST_TO_EXPLORE, Pairs
from matcher.store.shown import exposures
from matcher.taxonomy import label

LEAST_NEEDS, NEEDS_A_ROW, OUTCOMES_EACH = 20, 2, 5
"""How many needs are looked at, and how many outcomes for each."""
PAIRS_A_ROW = 5
"""Of all these pairs, so many for a row of the list are looked at closely."""
PER_SPACE = 60
"""Candidates from each space: among them are the best five, which needs no hundreds."""
DEEPER, FRESH_EACH, FRESH_A_ROW = 10, 2, 2
"""To explore: so many more outcomes of a need are looked at, so many of a need and for a row of the
list are taken."""
FRESH_DAYS = 90
"""For so long after its last update an outcome is fresh."""
HARDLY_SHOWN = 3
"""An outcome that was in fewer lists is as good as fresh, however old it is."""


@dataclass(frozen=True, slots=True)
class Desk:
    """For whom a list is made, what they may know of (`sight`), on which day, when that begins, and
    how they stand."""

    manager: Manager
    sight: Viewer
    conflicts: Conflicts
    on: date
    morning: datetime
    standing: Standing = NOTHING_STANDS


@dataclass(frozen=True, slots=True)
class Offer:
    """A need and an outcome that goes with it. match: as ranked, its score the pair's value."""

    need: Need
    outcome: Outcome
    match: Match
    query: Query


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers, the arrays over them in the same order, and what waits for an answer."""

    offers: tuple[Offer, ...]
    pairs: Pairs
    handled: Handled


def profile_of(session: Session, manager: Manager) -> Item:
    """What is known of a manager as a text to search with; no name, but the names of fields."""
    [item] = items_of(session, [manager])
    fields = (label("fields", code, language) for code in manager.fields for language in Language)
    return Item(manager.id, text="\n".join([*manager.pieces(), *item.portfolio, *fields]))


def offers_for(session: Session, serving: Serving, desk: Desk, room: float, rows: int) -> Offers:
    """What the manager could take up, for a list of so many rows.

    room: the share of their capacity that is free.
    """
    wanted = _needs(session, serving, desk, max(LEAST_NEEDS, NEEDS_A_ROW * rows))
    dealt = handled(session, desk.manager, [need.id for need in wanted], desk.on)
    model = _quick(serving.model(Noun.OUTCOME))
    asked = _Asked(wanted, Asking.of(model, [*map(item_of, wanted)], Noun.NEED.value))
    found = _offers(session, desk, asked, _Search(dealt, OUTCOMES_EACH + DEEPER))
    suited = suitabilities(
        serving, desk.manager.id, {need.id: need for need in wanted}, desk.standing
    )

    def best_first(offers: Iterable[Offer]) -> list[Offer]:
        return sorted(offers, key=lambda one: (-one.match.score * suited[one.need.id], _ids(one)))

    best = best_first(one for one in found if one.match.rank <= OUTCOMES_EACH)
    looked_at = tuple(best[: max(1, PAIRS_A_ROW * rows)])
    if rows >= FEWEST_TO_EXPLORE:
        recent = _Search(dealt, FRESH_EACH, _by_need(found), _recent(model, desk.on))
        more = _offers(session, desk, asked, recent)
        known = {*map(_ids, looked_at)}
        rest = best_first(one for one in (*found, *more) if _ids(one) not in known)
        looked_at += tuple(_to_explore(session, desk, rest, FRESH_A_ROW * rows))
    return Offers(looked_at, _pairs(session, serving, desk, looked_at, suited, room), dealt)


def explained(serving: Serving, desk: Desk, offers: Sequence[Offer]) -> list[Offer]:
    """The same offers with their reasons; the scores stay."""
    model = serving.model(Noun.OUTCOME)
    request = Request(on=desk.on)
    return [
        replace(offer, match=with_reasons(offer.query, model, request, offer.match))
        for offer in offers
    ]


def _needs(session: Session, serving: Serving, desk: Desk, count: int) -> list[Need]:
    """The needs that speak most of what the manager does."""
    profile = profile_of(session, desk.manager)
    if not profile.body.strip():
        return []
    organisations = serving.organisations
    kept_away = avoided(desk.manager, organisations.identities)
    request = Request(
        k=count,
        on=desk.on,
        viewer=desk.sight,
        avoided={
            "organisation": organisations.words(kept_away),
            "owner": desk.conflicts.own_accounts,
        },
        standing=desk.standing,
    )
    model = serving.model(Noun.NEED)
    [ranking] = recommend_each(Asking.of(model, [profile], Noun.MANAGER.value), [request])
    there = visible_records(session, Noun.NEED, ranking.matches, desk.sight)
    found = (stored.record for stored in there.values())
    return [need for need in found if not desk.conflicts.keep_out(need)]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Needs, and the same as queries to the outcomes."""

    needs: Sequence[Need]
    asking: Asking


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """How outcomes of a need are looked for: `k` of what neither is dealt with nor was `found`, by
    need, and among those of a mask alone."""

    dealt: Handled
    k: int
    found: Mapping[str, frozenset[str]] = field(default_factory=dict)
    among: Mask | None = None

    def request(self, need: Need, desk: Desk) -> Request:
        return Request(
            k=self.k,
            excluded=self.dealt.of(need.id) | self.found.get(need.id, frozenset()),
            on=desk.on,
            viewer=desk.sight,
            avoided=to_avoid(need, desk.conflicts),
            standing=desk.standing,
        )


def _by_need(offers: Iterable[Offer]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in offers:
        found[one.need.id].add(one.outcome.id)
    return {need: frozenset(outcomes) for need, outcomes in found.items()}


def _offers(session: Session, desk: Desk, asked: _Asked, search: _Search) -> list[Offer]:
    """The best outcomes for each need that aren't dealt with, in no conflict with anybody."""
    requests = [search.request(need, desk) for need in asked.needs]
    rankings = recommend_each(asked.asking, requests, search.among)
    matches = [match for ranking in rankings for match in ranking.matches]
    there = visible_records(session, Noun.OUTCOME, matches, desk.sight)
    offers: list[Offer] = []
    for row, (need, ranking) in enumerate(zip(asked.needs, rankings, strict=True)):
        found = {match.candidate_id: match for match in ranking.matches}
        own = {id_: there[id_] for id_ in found if id_ in there}
        free = desk.conflicts.without(need, own)
        query = asked.asking.query(row)
        offers += [Offer(need, free[id_].record, found[id_], query) for id_ in free]
    return offers


def _recent(model: Model, on: date) -> Mask:
    """bool[candidates]: what was updated lately."""
    since = (on - timedelta(FRESH_DAYS)).toordinal()
    recent: Mask = model.candidates.columns.numbers["updated_at"] > since
    return recent


def _to_explore(session: Session, desk: Desk, rest: Sequence[Offer], most: int) -> list[Offer]:
    """The first few of each need that are fresh, and of all these the first `most`."""
    shown = exposures(session, {one.outcome.id for one in rest}, desk.morning)
    taken: Counter[str] = Counter()
    chosen: list[Offer] = []
    for one in rest:
        if len(chosen) == most:
            break
        fresh = _is_fresh(one.outcome, shown[one.outcome.id], desk.on)
        if fresh and taken[one.need.id] < FRESH_EACH:
            taken[one.need.id] += 1
            chosen.append(one)
    return chosen


def _pairs(
    session: Session,
    serving: Serving,
    desk: Desk,
    offers: Sequence[Offer],
    needs: Mapping[str, float],
    room: float,
) -> Pairs:
    """needs: how well the manager goes with each."""
    there = {offer.outcome.id: offer.outcome for offer in offers}
    outcomes = suitabilities(serving, desk.manager.id, there, desk.standing)
    shown = exposures(session, there, desk.morning)
    suited = [(needs[one.need.id] + outcomes[one.outcome.id]) / 2 for one in offers]
    fresh = [_is_fresh(one.outcome, shown[one.outcome.id], desk.on) for one in offers]
    return Pairs(
        needs=tuple(one.need.id for one in offers),
        outcomes=tuple(one.outcome.id for one in offers),
        values=np.array([min(1.0, one.match.score) for one in offers], np.float64),
        suitabilities=np.array(suited, np.float64),
        rooms=np.full(len(offers), room, np.float64),
        fresh=np.array(fresh, bool),
    )


def _quick(model: Model) -> Model:
    """The model, looking at fewer candidates; their scores are the same."""
    few = min(PER_SPACE, model.recipe.candidates.per_space)
    candidates = replace(model.recipe.candidates, per_space=few)
    return replace(model, recipe=replace(model.recipe, candidates=candidates))


def _ids(offer: Offer) -> tuple[str, str]:
    return offer.need.id, offer.outcome.id


def _is_fresh(outcome: Outcome, shown: int, on: date) -> bool:
    lately = outcome.updated_at is not None and outcome.updated_at > on - timedelta(FRESH_DAYS)
    return lately or shown < HARDLY_SHOWN
