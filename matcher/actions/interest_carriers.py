"""The managers who could see to an interest, the best first, each with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matcher.actions.answer import ranked
from matcher.actions.conflicted import Avoided, Listing, managers_to_avoid
from matcher.actions.interest_bench import Asked, Bench
from matcher.actions.moment import Moment
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.listing import item_of
from matcher.recommend.bands import Band
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.ranking import Match
from matcher.recommend.rules import Request
from matcher.store import accounts, records

BATCH = 20
"""Managers who are looked at in one go."""
PURSUES = "pursues_pair"
SUITABILITY = "suitability"
ROOM = "room"
CODES = (PURSUES, SUITABILITY, ROOM)
"""Codes of reasons of its own, beside those of a ranking."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A manager, why they, and what ranked them ("": nothing had to)."""

    manager: str
    reasons: tuple[dict[str, Any], ...]
    model_version: str = ""


def carriers(platform: Platform, now: Moment, asked: Asked) -> Iterator[Carrier]:
    """Yield those who may have it, by the mean of their scores as a candidate for the outcome and
    for the need, or for the words in its place. Who pursues the pair already is the only one."""
    bench = Bench(now.session, now.serving, asked)
    if bench.pursuer:
        if bench.may(bench.pursuer):
            yield Carrier(bench.pursuer, ({"code": PURSUES},))
        return
    only = accounts.of_managers(now.session).keys() - asked.interest.asked
    standing = platform.standings.at(now.session, platform.today())
    search = _Search(platform, now, asked, bench, only, standing)
    looked_at: set[str] = set()
    while found := search.best(looked_at):
        looked_at |= found.keys()
        for id_, score in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            if bench.may(id_):
                yield Carrier(id_, search.reasons(id_, score), now.serving.version)


def fitting(
    platform: Platform,
    now: Moment,
    asked: Asked,
    bench: Bench,
    only: Collection[str],
    *,
    weakly: bool,
) -> tuple[str, ...]:
    """Those of the managers whom it fits, the best first, whether they have room and an account or
    not. weakly: also those whom neither side fits more than weakly, as `carriers` has them."""
    search = _Search(platform, now, asked, bench, only, NOTHING_STANDS)
    found = search.best(())
    left_out = frozenset[str]() if weakly else search.weak(found)
    return tuple(sorted(found.keys() - left_out, key=lambda id_: (-found[id_], id_)))


class _Search:
    """Ranks managers for the sides of an interest."""

    def __init__(
        self,
        platform: Platform,
        now: Moment,
        asked: Asked,
        bench: Bench,
        only: Collection[str],
        standing: Standing,
    ) -> None:
        self._now, self._bench = now, bench
        self._model = now.serving.model(Noun.MANAGER)
        self._sides: list[tuple[Noun, Listing]] = [(Noun.OUTCOME, asked.outcome)]
        wanted = asked.need or asked.asker
        if item_of(wanted).body.strip():
            self._sides.append((Noun.NEED, wanted))
        everybody = [*asked.listings, asked.asker]
        self._request = Request(
            k=BATCH,
            only=only,
            on=platform.today(),
            avoided=_avoided(now, everybody),
            standing=standing,
        )
        self._own = frozenset(
            id_ for one in everybody for id_ in bench.conflicts.managers_of(one.owner)
        )

    def best(self, without: Collection[str]) -> dict[str, float]:
        """The next best managers, by id with their scores; none when there are no more."""
        request = replace(self._request, excluded={*self._own, *without})
        tops = [self._scores(request, *side) for side in self._sides]
        both = frozenset().union(*tops)
        if len(tops) > 1 and both:
            # Who is among the best for one side has a score for the other, too.
            exact = replace(request, only=both, k=len(both))
            tops = [self._scores(exact, *side) for side in self._sides]
        return {id_: sum(one.get(id_, 0.0) for one in tops) / len(tops) for id_ in both}

    def weak(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the managers whom no side fits more than weakly."""
        request = replace(self._request, only=ids, k=max(1, len(ids)))
        found = (one for side in self._sides for one in self._ranked(request, *side, explain=True))
        return frozenset(ids) - {one.candidate_id for one in found if one.band is not Band.WEAK}

    def reasons(self, manager: str, score: float) -> tuple[dict[str, Any], ...]:
        """Why this manager: what speaks for them on each side, how well they fit, their room."""
        request = replace(self._request, only=[manager], k=1)
        told = [
            {**reason.to_mapping(), "for": noun.value}
            for noun, side in self._sides
            for match in self._ranked(request, noun, side, explain=True)
            for reason in match.reasons
        ]
        stored = records.get(self._now.session, Noun.MANAGER, manager)
        capacity = stored.record.capacity if stored else None
        room = {"code": ROOM, "load": self._bench.load(manager), "capacity": capacity}
        return (*told, {"code": SUITABILITY, "score": round(float(score), 4)}, room)

    def _scores(self, request: Request, noun: Noun, side: Listing) -> Mapping[str, float]:
        return {match.candidate_id: match.score for match in self._ranked(request, noun, side)}

    def _ranked(
        self, request: Request, noun: Noun, side: Listing, *, explain: bool = False
    ) -> Iterable[Match]:
        return ranked(self._model, item_of(side), request, noun, explain=explain).matches


def _avoided(now: Moment, sides: Collection[Listing]) -> Avoided:
    """Managers who keep away from any of these, as words to avoid."""
    words: dict[str, set[str]] = defaultdict(set)
    for side in sides:
        for column, found in managers_to_avoid(side, now.serving.organisations).items():
            words[column] |= found
    return {column: frozenset(found) for column, found in words.items()}
