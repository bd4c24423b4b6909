"""Follow-up 跟进: one pursued pair of need and outcome, and the states it goes through.

The chain goes forward from `suggested` to `closed`; every open state, and a held one, has the
exits `declined`, `on_hold`, `expired`, `duplicate` and `withdrawn`. Three things the chain alone
doesn't say:

- Steps may be skipped, since deals do: many are signed without an NDA, a contract need not be
  registered, a salaried manager has no commission. Only `contract_signed` may not: whatever ends
  before it has to leave by an exit and say why, and what comes after it can't be without it.
- `registered` needs the contract's registration number, which is what registering means. Other
  facts of the contract may be added when they are known: the call comes before the paper.
- Reopening, from an exit or from `closed`, leads to the open state that was left or to an earlier
  one: what failed in negotiation two years ago may have to begin with a new call.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise

from matcher.domain.checks import require_text, require_utc
from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.record import Record
from matcher.errors import IllegalTransition, InvalidValue

EXITS = (State.DECLINED, State.ON_HOLD, State.EXPIRED, State.DUPLICATE, State.WITHDRAWN)
CHAIN = tuple(state for state in State if state not in EXITS)
OPEN = CHAIN[:-1]
ENDED = tuple(state for state in State if state not in OPEN and state is not State.ON_HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Record):
    """A step that was taken: who, when (UTC), from where to where, and why.

    `reason` goes with `declined` and with nothing else, `until` with `on_hold`, `of` (the id of
    the other follow-up) with `duplicate`. The reason `other` needs its words in `why`.
    """

    from_state: State
    to_state: State
    by: str
    at: dt.datetime
    why: str = ""
    reason: DeclineReason | None = None
    until: dt.date | None = None
    of: str = ""

    def __post_init__(self) -> None:
        require_text(self.by, "by")
        require_utc(self.at, "at")
        self._require_with(State.DECLINED, "reason", "Say why, for example too_early or price.")
        self._require_with(State.ON_HOLD, "until", "Say until which day.")
        self._require_with(State.DUPLICATE, "of", "Name the follow-up that goes on.")
        if self.reason is DeclineReason.OTHER:
            require_text(self.why, "why")
        if self.until is not None and self.until < self.at.date():
            raise InvalidValue(
                f"{self.until} is past.", field="until", hint="Name a day that is still to come."
            )

    def _require_with(self, state: State, field: str, hint: str) -> None:
        present = bool(getattr(self, field))
        if self.to_state is state and not present:
            raise InvalidValue(f"{state.value} needs {field}.", field=field, hint=hint)
        if present and self.to_state is not state:
            raise InvalidValue(
                f"{self.to_state.value} takes no {field}.", field=field, hint="Leave it out."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """What somebody wrote down about a follow-up, and when (UTC)."""

    by: str
    at: dt.datetime
    text: str

    def __post_init__(self) -> None:
        require_text(self.by, "by")
        require_utc(self.at, "at")
        require_text(self.text, "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """A need and an outcome that a manager pursues; the three and `node` are ids.

    `history` is complete and in order: a follow-up without one is in an open state, any other is
    in the state that its last transition led to. `introduced_at` (UTC) is when the two parties
    were made known to each other.
    """

    id: str
    need: str
    outcome: str
    manager: str
    state: State = State.SUGGESTED
    history: tuple[Transition, ...] = ()
    notes: tuple[Note, ...] = ()
    next_action: str = ""
    due_on: dt.date | None = None
    introduced_at: dt.datetime | None = None
    contract: Contract | None = None
    node: str = ""

    def __post_init__(self) -> None:
        for name in ("id", "need", "outcome", "manager"):
            require_text(getattr(self, name), name)
        require_utc(self.introduced_at, "introduced_at")
        _require_history(self)

    @property
    def is_open(self) -> bool:
        """Whether it is under way: on the chain, neither held nor ended."""
        return self.state in OPEN

    @property
    def left(self) -> State:
        """The open state it is in, or was in last."""
        return next(state for state in reversed(self._path()) if state in OPEN)

    @property
    def furthest(self) -> State:
        """The furthest state of the chain that it ever reached."""
        return max((state for state in self._path() if state in CHAIN), key=CHAIN.index)

    @property
    def due(self) -> dt.date | None:
        """When it wants attention: the next action's day, or the end of a hold."""
        if self.state is State.ON_HOLD:
            return self.history[-1].until
        return self.due_on if self.is_open else None

    def _path(self) -> tuple[State, ...]:
        """Every state it has been in, in order."""
        return (*(step.from_state for step in self.history), self.state)


def legal_transitions(followup: FollowUp) -> tuple[State, ...]:
    """Return the states that `followup` may go to now: of the chain in its order, then exits."""
    if followup.is_open:
        return (*_forward(followup.state), *EXITS)
    reopened = CHAIN[: CHAIN.index(followup.left) + 1]
    return (*reopened, *EXITS) if followup.state is State.ON_HOLD else reopened


def transition(
    followup: FollowUp,
    to: State,
    *,
    by: str,
    at: dt.datetime,
    why: str = "",
    reason: DeclineReason | None = None,
    until: dt.date | None = None,
    of: str = "",
    contract: Contract | None = None,
) -> FollowUp:
    """Return `followup` in the state `to`, its history longer by one; the argument is unchanged.

    `by` is an account, `at` a time in UTC; `contract` replaces the contract sheet. Raises
    IllegalTransition, whose `values["legal"]` are the states that may be asked for, and
    InvalidValue where the step lacks what goes with it (see `Transition` and the module).
    """
    _require_legal(followup, to)
    step = Transition(
        from_state=followup.state,
        to_state=to,
        by=by,
        at=at,
        why=why,
        reason=reason,
        until=until,
        of=of,
    )
    sheet = contract or followup.contract
    if to is State.REGISTERED:
        _require_registration(sheet)
    return replace(followup, state=to, history=(*followup.history, step), contract=sheet)


def _require_legal(followup: FollowUp, to: State) -> None:
    legal = legal_transitions(followup)
    if to not in legal:
        raise IllegalTransition(
            f"A follow-up can't go from {followup.state.value} to {to.value}.",
            hint=f"It can go to: {', '.join(legal)}.",
            legal=legal,
        )


def _forward(state: State) -> tuple[State, ...]:
    """The later states of the chain, up to `contract_signed` as long as it lies ahead."""
    here, signed = CHAIN.index(state), CHAIN.index(State.CONTRACT_SIGNED)
    return CHAIN[here + 1 : signed + 1] if here < signed else CHAIN[here + 1 :]


def _require_registration(contract: Contract | None) -> None:
    if contract is None or not contract.contract_reg_no:
        raise InvalidValue(
            "A contract is registered under a number.",
            field="contract.contract_reg_no",
            hint="Enter the number, or skip this step where the contract isn't registered.",
        )


def _require_history(followup: FollowUp) -> None:
    """Refuse a history with gaps, one that runs back in time, or one that ends elsewhere."""
    history = followup.history
    if (history[0].from_state if history else followup.state) not in OPEN:
        raise _broken("Only an open state comes without the transitions that led to it.")
    for earlier, later in pairwise(history):
        if later.from_state is not earlier.to_state:
            raise _broken(f"{earlier.to_state.value} is followed by {later.from_state.value}.")
        if later.at < earlier.at:
            raise _broken(f"{later.at.isoformat()} comes after {earlier.at.isoformat()}.")
    if history and history[-1].to_state is not followup.state:
        raise _broken(f"It ends in {history[-1].to_state.value}, not {followup.state.value}.")
    if any(step.of == followup.id for step in history):
        raise _broken("A follow-up can't be a duplicate of itself.")


def _broken(message: str) -> InvalidValue:
    return InvalidValue(message, field="history", hint="Append every step through `transition`.")
