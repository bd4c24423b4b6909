"""How much room managers have for more pairs, as follow-ups and interests have it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matcher.domain.manager import Manager
from matcher.domain.plan import Plan
from matcher.domain.pursuit import PROMISED
from matcher.store import interests, plans
from matcher.store.pursued import pursued


class Rooms:
    """What is left of the capacities in one transaction.

    A place is taken by every follow-up that is open, also by one that waits for its answer, and by
    every interest without a need that does. In a writing transaction nobody else takes a place
    meanwhile.
    """

    def __init__(self, session: Session) -> None:
        self._loads = plans.loads(session, PROMISED) + interests.loads(session)

    def left(self, manager: Manager) -> int | None:
        """How many places are left; None where no capacity is stated."""
        if manager.capacity is None:
            return None
        return max(0, manager.capacity - self.load(manager.id))

    def load(self, manager: str) -> int:
        """How many places are taken."""
        return self._loads[manager]

    def take(self, manager: Manager) -> bool:
        """Take a place up. False where none is left."""
        if self.left(manager) == 0:
            return False
        self._loads[manager.id] += 1
        return True


def has_room(session: Session, plan: Plan, manager: Manager) -> bool:
    """Whether all that the plan gives to the manager has a place.

    A line that the manager follows up by now has its place already. Other drafts promise nothing.
    """
    left = Rooms(session).left(manager)
    if left is None:
        return True
    lines = {(one.need, one.outcome) for one in plan.active if one.manager == manager.id}
    found = (kept.followup for kept in pursued(session, {need for need, _ in lines}))
    theirs = (one for one in found if one.manager == manager.id and one.state in PROMISED)
    return len(lines - {(one.need, one.outcome) for one in theirs}) <= left
