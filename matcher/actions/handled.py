"""Pairs that don't come back into a manager's list, because somebody has dealt with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp
from matcher.domain.manager import Manager
from matcher.domain.pursuit import is_closed
from matcher.store.followups import Kept
from matcher.store.pursued import pursued


@dataclass(frozen=True, slots=True)
class Handled:
    """outcomes: by need, those that it was dealt with. waiting: by need and outcome, the manager's
    follow-up of a pair that is to be answered: it was assigned, taken back, or put off until now.
    """

    outcomes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    waiting: Mapping[tuple[str, str], Kept] = field(default_factory=dict)

    def of(self, need: str) -> frozenset[str]:
        """The outcomes that aren't to be listed with a need."""
        return self.outcomes.get(need, frozenset())


def handled(session: Session, manager: Manager, needs: Iterable[str], on: date) -> Handled:
    """What is handled of these needs on a day."""
    outcomes: dict[str, set[str]] = defaultdict(set)
    for deal in manager.deals:
        if deal.need and deal.outcome:
            outcomes[deal.need].add(deal.outcome)
    waiting = {}
    for kept in pursued(session, needs):
        one = kept.followup
        if one.manager == manager.id and _waits(one, on):
            waiting[one.need, one.outcome] = kept
        elif one.manager == manager.id or is_closed(one):
            outcomes[one.need].add(one.outcome)
    return Handled({need: frozenset(found) for need, found in outcomes.items()}, waiting)


def _waits(followup: FollowUp, on: date) -> bool:
    """Whether its manager has still to answer."""
    if followup.state is not State.ON_HOLD:
        return followup.state is State.SUGGESTED
    over = followup.due is not None and followup.due <= on
    return over and followup.left is State.SUGGESTED
