"""Pairs that a plan isn't to give to anybody, or not to some managers, as follow-ups have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from matcher.domain.manager import Manager
from matcher.domain.plan import PlanLine
from matcher.domain.pursuit import is_closed, is_closed_to
from matcher.store.pursued import pursued

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """pairs: need and outcome that are closed to all; managers: by pair, to whom it is closed."""

    pairs: frozenset[Pair] = frozenset()
    managers: Mapping[Pair, frozenset[str]] = field(default_factory=dict)

    def keeps(self, line: PlanLine) -> bool:
        """Whether the line can't be its manager's."""
        pair = (line.need, line.outcome)
        return pair in self.pairs or line.manager in self.managers.get(pair, ())


def closed_pairs(session: Session, needs: Iterable[str], managers: Iterable[Manager]) -> Closed:
    """Of these needs: what is pursued or signed, was declined, or is a deal of a manager's past."""
    pairs: set[Pair] = set()
    own: dict[Pair, set[str]] = defaultdict(set)
    for kept in pursued(session, needs):
        one = kept.followup
        if is_closed(one):
            pairs.add((one.need, one.outcome))
        elif is_closed_to(one, one.manager):
            own[one.need, one.outcome].add(one.manager)
    for manager in managers:
        for deal in manager.deals:
            if deal.need and deal.outcome:
                own[deal.need, deal.outcome].add(manager.id)
    return Closed(frozenset(pairs), {pair: frozenset(found) for pair, found in own.items()})
