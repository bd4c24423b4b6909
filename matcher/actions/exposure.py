"""Who is shown in the lists of a node's managers, and how evenly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.actions.quality import first_day, in_charge
from matcher.domain.enums import Noun
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer
from matcher.evaluate.fairness import Spread, coverage, discounts, gini, lorenz
from matcher.evaluate.metrics import Floats
from matcher.store.shown import Place, places

STEPS = 20
"""Of a curve."""
NOUNS = (Noun.MANAGER, Noun.OUTCOME, Noun.NEED)


@dataclass(frozen=True, slots=True)
class Parties:
    """Those of a noun who could have been shown. coverage: the share that was; gini: 0 where all
    were shown alike; None where nobody was. curve: the Lorenz curve, what the least shown part of
    them has of it all, at equal steps from none to all of them; blank where nobody was shown."""

    noun: Noun
    parties: int
    shown: int
    coverage: Spread | None
    gini: Spread | None
    curve: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """The figures of some nodes since the beginning of a day."""

    nodes: tuple[str, ...]
    since: date
    parties: tuple[Parties, ...]


def exposure(
    platform: Platform,
    viewer: Viewer,
    node: str = "",
    days: int = 90,
    nouns: Collection[Noun] = NOUNS,
) -> Exposure:
    """How lists went round among the parties of a node and those below it.

    Of the lists of its managers, and of records that the viewer may know of: active managers, and
    what is valid today. Without a name it is their own node. Raises NotFound, NotAllowed,
    UsageError.
    """
    today = platform.today()
    since = first_day(today, days)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        found = [
            (
                noun,
                [
                    one.id
                    for one in in_charge(session, viewer, nodes, noun)
                    if _can_be_shown(one, today)
                ],
                list(places(session, noun, platform.midnight(since), nodes)),
            )
            for noun in nouns
        ]
    return Exposure(nodes, since, tuple(_parties(*one) for one in found))


def _can_be_shown(record: Manager | Outcome | Need, today: date) -> bool:
    return record.active if isinstance(record, Manager) else not record.is_expired(today)


def _parties(noun: Noun, ids: Sequence[str], found: Iterable[Place]) -> Parties:
    shown = _exposures(ids, found)
    seen = int(np.count_nonzero(shown))
    if not seen:
        return Parties(noun, len(ids), 0, None, None)
    return Parties(noun, len(ids), seen, coverage(shown), gini(shown), _curve(shown))


def _curve(shown: Floats) -> tuple[float, ...]:
    whole = lorenz(shown)
    at = np.linspace(0, 1, STEPS + 1)
    drawn = np.interp(at, np.linspace(0, 1, len(whole)), whole)
    return tuple(np.round(drawn, 4).tolist())


def _exposures(ids: Sequence[str], found: Iterable[Place]) -> Floats:
    """float64[ids]: what the positions are worth at which each of them stood."""
    at = {id_: place for place, id_ in enumerate(ids)}
    theirs = [one for one in found if one.id in at]
    whom = np.array([at[one.id] for one in theirs], np.int64)
    worth = discounts(np.array([one.position for one in theirs], np.int64))
    times = np.array([one.times for one in theirs], np.float64)
    return np.bincount(whom, worth * times, minlength=len(ids)).astype(np.float64)
