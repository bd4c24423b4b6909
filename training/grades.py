"""How good a sign it is where a follow-up stands: a grade from -1 to 1.

A grade says how well a need and an outcome go together, as far as their follow-up tells. What the
reason of a decline says of a manager is in `matcher.recommend.relations.DECLINED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN
from matcher.recommend.feedback import ACCEPTED
from matcher.recommend.relations import DECLINED, Relation

REACHED: Mapping[State, float] = MappingProxyType(
    {
        State.SUGGESTED: 0.0,
        State.ACCEPTED: ACCEPTED,
        State.CONTACTED: 0.4,
        State.MUTUAL_INTEREST: 0.6,
        State.NDA_SIGNED: 0.7,
        State.TECHNICAL_EXCHANGE: 0.8,
        State.NEGOTIATING: 0.9,
        **dict.fromkeys(CHAIN[CHAIN.index(State.CONTRACT_SIGNED) :], 1.0),
    }
)
"""What a state of the chain is worth."""
MOST_FROM_ELSEWHERE = REACHED[State.MUTUAL_INTEREST]

_PAIR = list(Relation).index(Relation.NEED_OUTCOME)


def grade(state: State, furthest: State, reason: DeclineReason | None = None) -> float:
    """The grade of a follow-up in `state` that came as far as `furthest` on the chain.

    reason: of a decline, and None for anything else.
    """
    reached = REACHED[furthest]
    match state:
        case State.SUGGESTED:
            return 0.0  # what was taken up and put back was a slip
        case State.DUPLICATE:
            return 0.0  # the follow-up that goes on tells it
        case State.EXPIRED | State.WITHDRAWN:
            return reached / 2  # nobody said no, and nobody saw it through
        case State.DECLINED:
            return _declined(furthest, 0.0 if reason is None else DECLINED[reason][_PAIR])
    return reached


def _declined(furthest: State, blame: float) -> float:
    """Once both sides were interested, the mean of what was reached and of the no."""
    both = CHAIN.index(furthest) >= CHAIN.index(State.MUTUAL_INTEREST)
    return (REACHED[furthest] + blame) / 2 if both else blame


def grades(
    states: npt.NDArray[np.int8], furthest: npt.NDArray[np.int8], reasons: npt.NDArray[np.int8]
) -> npt.NDArray[np.float32]:
    """float32[n]: the grades of follow-ups.

    states and furthest: places in FollowUpState; reasons: places in DeclineReason, -1 for none.
    """
    table: npt.NDArray[np.float32] = np.array(
        [
            # The last reason is none, whose place is -1.
            [[grade(state, far, why) for why in (*DeclineReason, None)] for far in CHAIN]
            for state in State
        ],
        np.float32,
    )
    found: npt.NDArray[np.float32] = table[states, furthest, reasons]
    return found


def grades_of_weights(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """float32[n]: the grades of interactions by their weights, 0 for 0.

    A weight above 0 becomes one below MOST_FROM_ELSEWHERE, in the same order, the median half of
    it. So the unit of the weights doesn't matter, and what somebody counted elsewhere never
    outweighs interest that both sides have told.
    """
    known = weights[weights > 0]
    middle = float(np.median(known)) if len(known) else 1.0
    return (MOST_FROM_ELSEWHERE * weights / (weights + middle)).astype(np.float32)
