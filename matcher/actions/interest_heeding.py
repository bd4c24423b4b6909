"""What becomes of a follow-up becomes of the interest that it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of
from matcher.actions.interest_events import ACCEPTED, DECLINED, TAKEN_BACK, tell_interest
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN, FollowUp
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.visibility import Viewer
from matcher.store import interests

LEFT = (State.DECLINED, State.EXPIRED, State.DUPLICATE, State.WITHDRAWN)
"""States in which a follow-up leaves the interest to another manager."""
_ANSWERED = (InterestState.ROUTED, InterestState.ACCEPTED)
_VERBS = {
    InterestState.ACCEPTED: ACCEPTED,
    InterestState.UNROUTED: DECLINED,
    InterestState.ROUTED: TAKEN_BACK,
}


def heed(session: Session, viewer: Viewer, followup: FollowUp, at: datetime) -> None:
    """Write down what a change of a follow-up means for the interests it answers."""
    pair = (followup.need, followup.outcome, followup.manager)
    for kept in interests.of_pair(session, *pair, _ANSWERED):
        to = _meant(kept.interest, followup)
        if to is None:
            continue
        by, when = actor_of(viewer), kept.interest.not_before(at)
        said = _said(followup) if to is InterestState.UNROUTED else {}
        interests.save(session, step(kept.interest, to, by=by, at=when, **said), kept.version)
        manager = followup.manager
        tell_interest(session, by, _VERBS[to], kept.interest, when, manager=manager)


def _meant(interest: Interest, followup: FollowUp) -> InterestState | None:
    """To what the interest changes, None where it stays."""
    if interest.state is InterestState.ACCEPTED:
        taken_back = followup.state is State.SUGGESTED
        return InterestState.ROUTED if taken_back else None
    if followup.state in LEFT:
        return InterestState.UNROUTED
    is_taken_up = followup.state in CHAIN and followup.state is not State.SUGGESTED
    return InterestState.ACCEPTED if is_taken_up else None


def _said(followup: FollowUp) -> dict[str, Any]:
    last = followup.history[-1]
    return {"reason": last.reason, "why": last.why or followup.state.value}
