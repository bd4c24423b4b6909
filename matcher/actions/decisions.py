"""What a manager says of a pair: take it up, turn it down, put it off, and take that back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of
from matcher.actions.followup_change import (
    changed,
    moment_of,
    pairing_of,
    pass_on,
    require_version,
    written,
)
from matcher.actions.followup_id import followup_id
from matcher.actions.free_pair import Pairing, require_free
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import ENDED, FollowUp, legal_transitions, transition
from matcher.domain.labels import Labelled
from matcher.domain.visibility import Viewer
from matcher.errors import IllegalTransition
from matcher.store import followups
from matcher.store.followups import Kept

UNDO_WITHIN = timedelta(minutes=10)
"""How long a decision can be taken back; later it is a change of mind, and a step of its own."""
UNDONE = "undone"
"""The verb of it, and why its steps were taken."""


class Decision(Labelled):
    """What a manager says of a pair in the list."""

    ACCEPT = "accept", "接受", "accept"
    DECLINE = "decline", State.DECLINED.zh, "decline"
    SNOOZE = "snooze", "稍后再看", "later"


_LEADS_TO = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.DECLINE: State.DECLINED,
    Decision.SNOOZE: State.ON_HOLD,
}


def decide(
    platform: Platform,
    viewer: Viewer,
    manager: str,
    need: str,
    outcome: str,
    decision: Decision,
    *,
    reason: DeclineReason | None = None,
    until: date | None = None,
    why: str = "",
    version: int | None = None,
) -> Kept:
    """Accept, decline or snooze a pair for a manager; the follow-up, begun where there was none.

    reason goes with a decline, until with a snooze. version: the one that the caller has seen, 0
    for none; not looked at without one. Raises NotFound, NotAllowed (not theirs, or a conflict of
    interest), EditConflict (another version, or the pair is another manager's), IllegalTransition,
    and InvalidValue where the step lacks what goes with it.
    """
    platform.live.look_now()  # A conflict that was noted a moment ago counts.
    with platform.database.writing() as session:
        pairing = pairing_of(session, viewer, manager, need, outcome)
        kept = _existing(session, pairing) or _begun(pairing)
        require_version(kept, version)
        at = moment_of(platform, kept.followup)
        said: dict[str, Any] = {"by": actor_of(viewer), "at": at}
        before = kept.followup
        if decision is Decision.ACCEPT:
            require_free(session, platform.live.serving(), pairing)
            before = _offered(before, said)
        to = _LEADS_TO[decision]
        after = transition(before, to, **said, reason=reason, until=until, why=why.strip())
        kept = written(session, viewer, kept, after, to.value, at)
    pass_on(platform, viewer, kept)
    return kept


def undo(platform: Platform, viewer: Viewer, id: str, *, version: int | None = None) -> Kept:
    """Take back the last decision on a follow-up, so that the pair is open again.

    An acceptance goes back to suggested, a decline or a hold to the open state that was left. What
    was decided stays in the history. Raises NotFound, NotAllowed, EditConflict, and
    IllegalTransition where the last step was no decision or is older than `UNDO_WITHIN`.
    """

    def back(_: Session, kept: Kept, at: datetime) -> FollowUp:
        followup = kept.followup
        _require_undoable(followup, at)
        said: dict[str, Any] = {"by": actor_of(viewer), "at": at, "why": UNDONE}
        if followup.state is not State.ACCEPTED:
            return transition(followup, followup.left, **said)
        # No step leads back along the chain; the way is out by an exit, and in again.
        withdrawn = transition(followup, State.WITHDRAWN, **said)
        return transition(withdrawn, State.SUGGESTED, **said)

    return changed(platform, viewer, id, version, UNDONE, back)


def _existing(session: Session, pairing: Pairing) -> Kept | None:
    """The manager's follow-up of the pair: one that goes on before one that has ended."""
    found = [
        kept
        for kept in followups.for_pair(session, pairing.need.id, pairing.outcome.id)
        if kept.followup.manager == pairing.manager.id
    ]
    return min(
        found, key=lambda kept: (kept.followup.state in ENDED, kept.followup.id), default=None
    )


def _begun(pairing: Pairing) -> Kept:
    """A follow-up that isn't kept yet, which its version 0 says."""
    need, outcome, manager = pairing.need.id, pairing.outcome.id, pairing.manager.id
    begun = FollowUp(
        id=followup_id(need, outcome, manager),
        need=need,
        outcome=outcome,
        manager=manager,
        node=pairing.manager.node,
    )
    return Kept(begun, 0)


def _offered(followup: FollowUp, said: dict[str, Any]) -> FollowUp:
    """A pair that was only put off is open for acceptance again, by a step of its own."""
    if followup.state is State.ON_HOLD and followup.left is State.SUGGESTED:
        return transition(followup, State.SUGGESTED, **said)
    if followup.state is not State.SUGGESTED:
        raise _illegal(followup, f"{followup.id} is {followup.state.value} already.")
    return followup


def _require_undoable(followup: FollowUp, at: datetime) -> None:
    last = followup.history[-1] if followup.history else None
    if last is None or last.to_state not in _LEADS_TO.values():
        raise _illegal(followup, "There is no decision to take back.")
    if at - last.at > UNDO_WITHIN:
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        raise _illegal(followup, f"The decision is older than {minutes} minutes.")


def _illegal(followup: FollowUp, message: str) -> IllegalTransition:
    legal = legal_transitions(followup)
    hint = f"Move the follow-up; it can go to: {', '.join(legal)}."
    return IllegalTransition(message, hint=hint, legal=legal)
