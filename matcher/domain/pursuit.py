"""Whose a pair of need and outcome is: who may begin on it, and what their follow-ups count for.

Worklists, plans and what people do with a pair by hand all ask here. A pair is taken from
assignment or acceptance until its follow-up ends. A decline closes it to whoever declined, and to
nobody else, whatever the reason was. What was signed is closed to all.
"""

from __future__ import annotations

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN, ENDED, OPEN, FollowUp

CARRIED = OPEN[1:]
"""States that take up a manager's capacity: what they accepted and what hasn't ended or rests."""
PROMISED = OPEN
"""States that leave a plan no room: what is carried, and what still waits for the answer."""
ASSIGNED = "docking plan"
"""The `why` of a step by which a plan assigns anew what had come to nothing."""
_SIGNED = CHAIN.index(State.CONTRACT_SIGNED)
_CAME_TO_NOTHING = (State.EXPIRED, State.DUPLICATE, State.WITHDRAWN)


def is_taken(followup: FollowUp) -> bool:
    """Whether the pair is its manager's, so that nobody else is to begin on it.

    It is from acceptance until it ends, also while it is held; and before, where it was assigned
    and not answered yet. Who turned it down, put it off or took it back leaves it to others.
    """
    if followup.state in ENDED:
        return False
    return followup.left is not State.SUGGESTED or _is_assigned(followup)


def is_carried(followup: FollowUp) -> bool:
    """Whether the manager has taken it up and it hasn't ended."""
    return is_taken(followup) and followup.left is not State.SUGGESTED


def is_signed(followup: FollowUp) -> bool:
    """Whether the deal was made: there is nothing left to broker."""
    return CHAIN.index(followup.furthest) >= _SIGNED


def is_closed(followup: FollowUp) -> bool:
    """Whether nobody else is to be given the pair."""
    return is_taken(followup) or is_signed(followup)


def is_closed_to(followup: FollowUp, manager: str) -> bool:
    """Whether a plan isn't to give the pair to this manager.

    Their own pair stays closed to them, unless it came to nothing without their having declined.
    """
    if is_closed(followup):
        return True
    return followup.manager == manager and followup.state not in _CAME_TO_NOTHING


def _is_assigned(followup: FollowUp) -> bool:
    """Whether it waits for its first answer, or for that to the last plan."""
    if followup.state is not State.SUGGESTED:
        return False
    return not followup.history or followup.history[-1].why == ASSIGNED
