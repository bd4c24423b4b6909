"""What each pair of need and outcome would be worth in the hands of each manager."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.actions.acting import sights_of
from matcher.actions.answer import ranked, visible_records
from matcher.actions.closed_pairs import Closed
from matcher.actions.conflicted import Conflicts, Listing, managers_to_avoid, to_avoid
from matcher.actions.moment import Moment
from matcher.domain.enums import Noun
from matcher.domain.listing import item_of
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import PUBLIC, Viewer, audience
from matcher.recommend.bands import Band
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.plan import Permitted
from matcher.recommend.rules import Request, Rule, Rules
from matcher.store import records

Pair = tuple[str, str]
Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_NOTHING_KNOWN = np.zeros(0, np.int64)
NOTHING_CLOSED = Closed()
_CONFLICTS = (Rule.CONFLICT, Rule.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pairs are looked at. k: outcomes of a need; candidates: managers of a pair.

    facts: heed readiness, budget and validity on the day `on`. weak: take pairs of the band weak
    too. closed: what is left out. only: of the outcomes, these alone. standing: of the managers and
    outcomes, on that day.
    """

    viewer: Viewer
    on: date
    k: int = 3
    candidates: int = 50
    facts: bool = True
    weak: bool = True
    closed: Closed = NOTHING_CLOSED
    only: Collection[str] | None = None
    standing: Standing = NOTHING_STANDS


@dataclass(frozen=True, slots=True, eq=False)
class PairValues:
    """pairs: need and outcome, in the order of the needs, the best first; permitted: who may carry
    them and what they are worth then. weak: pairs that nobody was looked for, as too little goes
    together in them."""

    pairs: tuple[Pair, ...]
    permitted: Permitted
    weak: tuple[Pair, ...] = ()


def pair_values(
    now: Moment,
    needs: Sequence[Need],
    managers: Sequence[str],
    scope: Scope,
    told: Callable[[int], None] = lambda _: None,
) -> PairValues:
    """The best outcomes of each need, and for each such pair the managers who suit it best.

    A pair is worth its score times the mean of the manager's scores for the need and for the
    outcome, each in [0, 1]. Whoever must keep out of either side, may not know of it, or has dealt
    with the pair isn't permitted. told: called with the number of needs that are done.
    """
    desk = _Desk(now, managers, scope)
    pairs: list[Pair] = []
    weak: list[Pair] = []
    entries: list[tuple[npt.NDArray[np.int64], Values]] = []
    conflicted: list[bool] = []
    for done, need in enumerate(needs, start=1):
        for outcome, score, of in desk.outcomes(need):
            if of is Band.WEAK and not scope.weak:
                weak.append((need.id, outcome.id))
                continue
            who, values, barred = desk.suited(need, outcome, score)
            pairs.append((need.id, outcome.id))
            entries.append((who, values))
            conflicted.append(barred)
        told(done)
    return PairValues(tuple(pairs), _permitted(pairs, entries, conflicted), tuple(weak))


def _permitted(
    pairs: Sequence[Pair],
    entries: Sequence[tuple[npt.NDArray[np.int64], Values]],
    conflicted: Sequence[bool],
) -> Permitted:
    whole = np.zeros(0, np.int64)
    return Permitted(
        np.repeat(np.arange(len(pairs)), [len(who) for who, _ in entries]),
        np.concatenate([whole, *(who for who, _ in entries)]),
        np.concatenate([np.zeros(0), *(values for _, values in entries)]),
        _codes(need for need, _ in pairs),
        _codes(outcome for _, outcome in pairs),
        np.array(conflicted, bool),
    )


def _codes(ids: Iterable[str]) -> npt.NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(id_, len(known)) for id_ in ids], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Suited:
    """Of every manager: the score, and whether they may. conflict: whether that kept any out."""

    scores: Values
    free: npt.NDArray[np.bool_]
    conflict: bool


class _Desk:
    """Ranks for one plan; managers are asked for once for each record."""

    def __init__(self, now: Moment, managers: Sequence[str], scope: Scope) -> None:
        self._now, self._scope, self._managers = now, scope, managers
        self._place = {id_: place for place, id_ in enumerate(managers)}
        self._conflicts = Conflicts.of(now.session, now.serving, None)
        self._known: dict[Pair, _Suited] = {}
        self._handled: dict[str, list[str]] = {}
        self._sighted: dict[frozenset[str], Mask] = {}
        self._sights: dict[str, Viewer] | None = None
        for need, outcome in sorted(scope.closed.pairs):
            self._handled.setdefault(need, []).append(outcome)

    def outcomes(self, need: Need) -> list[tuple[Outcome, float, Band | None]]:
        """The outcomes that go with the need best, each with its score, and its band where that
        matters."""
        scope, (serving, session) = self._scope, self._now
        request = Request(
            k=scope.k,
            only=scope.only,
            excluded=self._handled.get(need.id, ()),
            facts=scope.facts,
            on=scope.on if scope.facts else None,
            viewer=scope.viewer,
            avoided=to_avoid(need, self._conflicts),
            standing=scope.standing,
        )
        model = serving.model(Noun.OUTCOME)
        explain = not scope.weak
        matches = ranked(model, item_of(need), request, Noun.NEED, explain=explain).matches
        found = visible_records(session, Noun.OUTCOME, matches, scope.viewer)
        there = self._conflicts.without(need, found)
        return [
            (there[match.candidate_id].record, match.score, match.band)
            for match in matches
            if match.candidate_id in there
        ]

    def suited(
        self, need: Need, outcome: Outcome, score: float
    ) -> tuple[npt.NDArray[np.int64], Values, bool]:
        """The managers who suit the pair best, what it is worth with each, and whether a conflict
        kept anybody out."""
        one, other = self._suited(need), self._suited(outcome)
        values = np.clip(score * (one.scores + other.scores) / 2, 0, 1)
        values[~(one.free & other.free)] = 0
        values[~(self._may_know(need) & self._may_know(outcome))] = 0
        dealt = self._scope.closed.managers.get((need.id, outcome.id), frozenset())
        values[[self._place[id_] for id_ in dealt if id_ in self._place]] = 0
        best = np.argsort(-values, kind="stable")[: self._scope.candidates]
        who = best[values[best] > 0]
        return who, values[who], one.conflict or other.conflict

    def _may_know(self, record: Listing) -> Mask:
        """bool[managers]: who may know of the record; asked for once for each audience."""
        circle = audience(record)
        if PUBLIC in circle:
            return np.ones(len(self._managers), bool)
        if circle not in self._sighted:
            sights = self._looked_up()
            self._sighted[circle] = np.array(
                [sights[id_].sees_audience(circle) for id_ in self._managers], bool
            )
        return self._sighted[circle]

    def _looked_up(self) -> dict[str, Viewer]:
        if self._sights is None:
            session = self._now.session
            found = records.get_many(session, Noun.MANAGER, self._managers).values()
            self._sights = sights_of(session, [stored.record for stored in found])
        return self._sights

    def _suited(self, record: Listing) -> _Suited:
        key = (type(record).__name__, record.id)
        if key not in self._known:
            self._known[key] = self._asked(record)
        return self._known[key]

    def _asked(self, record: Listing) -> _Suited:
        model = self._now.serving.model(Noun.MANAGER)
        request = Request(
            k=max(1, len(model.owners)),
            only=self._managers,
            excluded=self._conflicts.managers_of(record.owner) if record.owner else (),
            facts=False,
            viewer=self._scope.viewer,
            avoided=managers_to_avoid(record, self._now.serving.organisations),
            standing=self._scope.standing,
        )
        item = item_of(record)
        left, removed = Rules(model.candidates, request).apply(item, _NOTHING_KNOWN)
        scores, free = np.zeros(len(self._managers)), np.zeros(len(self._managers), bool)
        free[[self._place[id_] for id_ in model.candidates.ids_at(np.flatnonzero(left))]] = True
        asker = Noun.NEED if isinstance(record, Need) else Noun.OUTCOME
        for match in ranked(model, item, request, asker, explain=False).matches:
            scores[self._place[match.candidate_id]] = match.score
        return _Suited(scores, free, any(removed[rule] for rule in _CONFLICTS))
