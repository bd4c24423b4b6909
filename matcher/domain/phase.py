"""Phases of a follow-up: its states in the groups that people think of a deal in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import EXITS
from matcher.domain.labels import Labelled


class Phase(Labelled):
    """A group of states, in the order of a deal."""

    CONTACT = "contact", "接洽", "contact"
    EXCHANGE = "exchange", "保密与交流", "NDA and exchange"
    NEGOTIATION = "negotiation", "谈判", "negotiation"
    CONTRACT = "contract", "合同与登记", "contract and registration"
    PAYMENT = "payment", "收款与佣金", "payment and commission"
    END = "end", "结束", "ended"


STATES: Mapping[Phase, tuple[State, ...]] = MappingProxyType(
    {
        Phase.CONTACT: (State.SUGGESTED, State.ACCEPTED, State.CONTACTED, State.MUTUAL_INTEREST),
        Phase.EXCHANGE: (State.NDA_SIGNED, State.TECHNICAL_EXCHANGE),
        Phase.NEGOTIATION: (State.NEGOTIATING,),
        Phase.CONTRACT: (State.CONTRACT_SIGNED, State.REGISTERED),
        Phase.PAYMENT: (State.PAID, State.COMMISSION_SETTLED),
        Phase.END: (State.CLOSED, *(one for one in EXITS if one is not State.ON_HOLD)),
    }
)
"""Every state but `on_hold`: what is held stays in the phase that it was held in."""
_PHASES = {state: phase for phase, states in STATES.items() for state in states}


def phase_of(state: State, left: State) -> Phase:
    """The phase of a follow-up in this state; left: the open state it is in, or was in last."""
    return _PHASES[left if state is State.ON_HOLD else state]
