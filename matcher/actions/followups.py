"""Carrying a pair on: its next state, the contract, notes, and what is to be done by which day.

What a manager says of a pair in the list is in decisions.py, reading in followup_reading.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of
from matcher.actions.followup_change import changed, pairing_of
from matcher.actions.followup_reading import kept_for
from matcher.actions.free_pair import require_free
from matcher.actions.platform import Platform
from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, Note, transition
from matcher.domain.pursuit import is_carried
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue
from matcher.store.followups import Kept

NOTED, NEXT_SET, CONTRACT_NOTED = "noted", "next_set", "contract_noted"
"""The verbs of a note, and of another contract sheet."""


def move(
    platform: Platform,
    viewer: Viewer,
    id: str,
    to: State,
    *,
    why: str = "",
    reason: DeclineReason | None = None,
    until: date | None = None,
    of: str = "",
    contract: Contract | None = None,
    version: int | None = None,
) -> Kept:
    """Take a follow-up one legal step on, or reopen it. contract: in the place of its sheet.

    of: the follow-up that goes on, for a duplicate. Who takes a pair up, or up again, must be free
    to. Raises what `decisions.decide` raises.
    """
    platform.live.look_now()  # A conflict that was noted a moment ago counts.
    said = partial(transition, to=to, by=actor_of(viewer), why=why.strip(), reason=reason)
    step = partial(said, until=until, of=of, contract=contract)

    def moved(session: Session, kept: Kept, at: datetime) -> FollowUp:
        if of:
            kept_for(session, viewer, of)
        after = step(kept.followup, at=at)
        _require_free(platform, session, viewer, kept.followup, after)
        return after

    return changed(platform, viewer, id, version, to.value, moved)


def _require_free(
    platform: Platform, session: Session, viewer: Viewer, before: FollowUp, after: FollowUp
) -> None:
    """Of a step by which a pair is taken up, or taken up again."""
    if is_carried(after) and not is_carried(before):
        pairing = pairing_of(session, viewer, after.manager, after.need, after.outcome)
        require_free(session, platform.live.serving(), pairing)


def note(
    platform: Platform,
    viewer: Viewer,
    id: str,
    text: str = "",
    *,
    next_action: str | None = None,
    due_on: date | None = None,
    version: int | None = None,
) -> Kept:
    """Write down what happened, what is to be done next, or both.

    next_action and due_on take the place of those there are; without next_action both stay. Raises
    NotFound, NotAllowed, EditConflict, and InvalidValue where nothing is said.
    """

    def noted(_: Session, kept: Kept, at: datetime) -> FollowUp:
        followup = kept.followup
        if text.strip() or next_action is None:
            one = Note(by=actor_of(viewer), at=at, text=text)
            followup = replace(followup, notes=(*followup.notes, one))
        if next_action is None:
            return followup
        return replace(followup, next_action=next_action.strip(), due_on=due_on)

    verb = NOTED if text.strip() or next_action is None else NEXT_SET
    return changed(platform, viewer, id, version, verb, noted)


def set_contract(
    platform: Platform,
    viewer: Viewer,
    id: str,
    contract: Contract,
    *,
    version: int | None = None,
) -> Kept:
    """Put a contract sheet in the place of that there is, without a step.

    Raises NotFound, NotAllowed, EditConflict, and InvalidValue for a sheet without the number that
    the contract was registered under.
    """

    def written_down(_: Session, kept: Kept, at: datetime) -> FollowUp:
        steps = kept.followup.history
        registered = any(step.to_state is State.REGISTERED for step in steps)
        if registered and not contract.contract_reg_no:
            raise InvalidValue(
                "A registered contract has a number.",
                field="contract_reg_no",
                hint="Leave the number where it is, or correct it.",
            )
        return replace(kept.followup, contract=contract)

    return changed(platform, viewer, id, version, CONTRACT_NOTED, written_down)
