"""The legal next steps of a follow-up, each with its key and what has to be said with it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import EXITS, FollowUp, legal_transitions
from matcher.domain.phase import STATES, Phase

KEYS = "1234567890qwertyuiop"
"""What is pressed for the choices, in their order."""
_ASKS = {State.DECLINED: "reason", State.ON_HOLD: "until", State.DUPLICATE: "of"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A legal step. asks: the field that goes with it, "" for none."""

    state: State
    key: str
    asks: str = ""

    @property
    def is_exit(self) -> bool:
        """Whether it leaves the chain."""
        return self.state in EXITS


def choices(followup: FollowUp, phase: Phase | None = None) -> tuple[Choice, ...]:
    """All legal steps; with a phase those that lead into it."""
    legal = legal_transitions(followup)
    found = [state for state in legal if phase is None or state in STATES[phase]]
    keys = zip(found, KEYS, strict=False)
    return tuple(Choice(state, key, _asks(followup, state)) for state, key in keys)


def choice_of(followup: FollowUp, to: State) -> Choice | None:
    """The step to this state, None where it isn't legal."""
    return next((one for one in choices(followup) if one.state is to), None)


def _asks(followup: FollowUp, state: State) -> str:
    if state is State.REGISTERED:
        known = followup.contract is not None and followup.contract.contract_reg_no
        return "" if known else "contract_reg_no"
    return _ASKS.get(state, "")
