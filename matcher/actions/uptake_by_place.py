"""How much is taken up of what stands at each place of the lists of a node's managers.

A share is of showings, with Wilson's 95 % interval (Wilson, "Probable Inference, the Law of
Succession, and Statistical Inference", 1927), by SciPy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.actions.quality import first_day
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.resources import library
from matcher.store.progress import progress
from matcher.store.showings import showings
from matcher.store.shown import places

PLACES = 10
"""The places that are told apart; what stands below them counts as one."""

_stats = library("scipy.stats")


@dataclass(frozen=True, slots=True)
class Uptake:
    """place: from 1, `PLACES` + 1 for all below. accepted: of the times it was shown."""

    place: int
    shown: int
    accepted: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class UptakeByPlace:
    """since: the first day that counts. uptakes: by place, without those where nothing stood."""

    since: date
    uptakes: tuple[Uptake, ...]


def uptake_by_place(
    platform: Platform, viewer: Viewer, node: str = "", days: int = 90
) -> UptakeByPlace:
    """Of a node and those below it. A pair that was accepted counts at the place where it was
    shown last before. Raises NotFound, NotAllowed, UsageError."""
    since = first_day(platform.today(), days)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        shown: Counter[int] = Counter()
        for place in places(session, Noun.OUTCOME, platform.midnight(since), nodes):
            shown[min(place.position, PLACES + 1)] += place.times
        accepted = _accepted(session, nodes, platform.midnight(since))
    found = (uptake(place, count, accepted[place]) for place, count in sorted(shown.items()))
    return UptakeByPlace(since, tuple(found))


def uptake(place: int, shown: int, accepted: int) -> Uptake:
    """The share that was accepted, with its interval. shown: 1 or more."""
    accepted = min(accepted, shown)
    interval = _stats.binomtest(accepted, shown).proportion_ci(method="wilson")
    share = accepted / shown
    return Uptake(place, shown, accepted, share, float(interval.low), float(interval.high))


def _accepted(session: Session, nodes: tuple[str, ...], since: datetime) -> Mapping[int, int]:
    """By place, how many were accepted that had been shown there last."""
    taken = {one.id: one.accepted for one in progress(session, nodes) if one.accepted}
    last: dict[str, int] = {}
    for showing in showings(session, nodes, since):
        if showing.followup in taken and showing.at <= taken[showing.followup]:
            last[showing.followup] = min(showing.position, PLACES + 1)
    return Counter(last.values())
