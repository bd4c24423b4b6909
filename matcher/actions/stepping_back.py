"""Taking back the last step of a follow-up, whichever it was, while it is fresh."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of
from matcher.actions.decisions import UNDO_WITHIN, UNDONE
from matcher.actions.followup_change import changed
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import OPEN, FollowUp, legal_transitions, transition
from matcher.domain.visibility import Viewer
from matcher.errors import IllegalTransition
from matcher.store.followups import Kept


def step_back(platform: Platform, viewer: Viewer, id: str, *, version: int | None = None) -> Kept:
    """Go back to the open state that the last step left, by steps of its own.

    The chain has no step back: the way is out by the exit `withdrawn`, and in again. A contract
    sheet that came with the step stays. Raises NotFound, NotAllowed, EditConflict, and
    IllegalTransition where `can_step_back` says no.
    """

    def back(_: Session, kept: Kept, at: datetime) -> FollowUp:
        followup = kept.followup
        if not can_step_back(followup, at):
            legal = legal_transitions(followup)
            hint = f"Move it on instead; it can go to: {', '.join(legal)}."
            raise IllegalTransition("That can't be taken back.", hint=hint, legal=legal)
        to = followup.history[-1].from_state
        step = partial(transition, by=actor_of(viewer), at=at, why=UNDONE)
        if to in legal_transitions(followup):
            return step(followup, to)
        return step(step(followup, State.WITHDRAWN), to)

    return changed(platform, viewer, id, version, UNDONE, back)


def can_step_back(followup: FollowUp, at: datetime) -> bool:
    """Whether the last step was taken a moment ago, from an open state, and undid nothing."""
    if not followup.history:
        return False
    last = followup.history[-1]
    fresh = at - last.at <= UNDO_WITHIN
    return fresh and last.from_state in OPEN and last.why != UNDONE
