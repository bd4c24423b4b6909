"""Interest 意向: an enterprise would like to have an outcome, and who is to see to it.

It is routed to one technology manager at a time. Whoever turns it down doesn't get it again; until
somebody else has it, it is `unrouted`, which the admins of its node look after. What was accepted
may be taken back by the same manager, and is theirs to answer again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from matcher.domain.checks import require_text, require_utc
from matcher.domain.enums import DeclineReason
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import IllegalTransition, InvalidValue

LONGEST_TEXT, LONGEST_CONTACT = 5000, 500
"""Characters: a few words, and how to reach whoever wrote them."""


class InterestState(Labelled):
    """Where an expression of interest stands."""

    UNROUTED = "unrouted", "待分派", "not routed"
    ROUTED = "routed", "待答复", "waiting for an answer"
    ACCEPTED = "accepted", "已受理", "taken up"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


WAITING = (InterestState.UNROUTED, InterestState.ROUTED)
"""States in which an interest is open: nobody has taken it up yet."""
_LEGAL: Mapping[InterestState, tuple[InterestState, ...]] = MappingProxyType(
    {
        InterestState.UNROUTED: (InterestState.ROUTED, InterestState.WITHDRAWN),
        InterestState.ROUTED: (
            InterestState.ACCEPTED,
            InterestState.UNROUTED,
            InterestState.WITHDRAWN,
        ),
        InterestState.ACCEPTED: (InterestState.ROUTED,),
        InterestState.WITHDRAWN: (),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestStep(Record):
    """A step that was taken: who, when (UTC), to which state, and about which manager.

    reasons: for `routed`, why this manager, as codes with values. reason and why: for `unrouted`,
    what they said when they turned it down; one of the two is there.
    """

    to_state: InterestState
    by: str
    at: dt.datetime
    manager: str = ""
    reason: DeclineReason | None = None
    why: str = ""
    reasons: tuple[dict[str, Any], ...] = ()

    def __post_init__(self) -> None:
        require_text(self.by, "by")
        require_utc(self.at, "at")
        if self.to_state is InterestState.UNROUTED and not (self.reason or self.why.strip()):
            hint = "Say why, for example no_capacity or region."
            raise InvalidValue("Turning it down needs a reason.", field="reason", hint=hint)
        if self.reason is DeclineReason.OTHER:
            require_text(self.why, "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest(Record):
    """What an account would like to have. `outcome`, `need`, `account` and `manager` are ids.

    need: one of their own, "" for none. text: a few words; contact: how to reach them. manager:
    who has it now, "" for nobody. `history` is complete and in order.
    """

    id: str
    outcome: str
    account: str
    made_at: dt.datetime
    need: str = ""
    text: str = ""
    contact: str = ""
    node: str = ""
    state: InterestState = InterestState.UNROUTED
    manager: str = ""
    history: tuple[InterestStep, ...] = ()

    def __post_init__(self) -> None:
        for name in ("id", "outcome", "account"):
            require_text(getattr(self, name), name)
        require_utc(self.made_at, "made_at")
        _require_short(self.text, LONGEST_TEXT, "text")
        _require_short(self.contact, LONGEST_CONTACT, "contact")
        _require_history(self)

    @property
    def is_waiting(self) -> bool:
        """Whether it is open: neither taken up nor withdrawn."""
        return self.state in WAITING

    def not_before(self, at: dt.datetime) -> dt.datetime:
        """`at`, or the time of the last step where a clock went back since."""
        return max([at, *(one.at for one in self.history[-1:])])

    @property
    def asked(self) -> frozenset[str]:
        """The managers who have it or had it; none of them gets it a second time."""
        return frozenset(step.manager for step in self.history if step.manager)

    @property
    def reasons(self) -> tuple[dict[str, Any], ...]:
        """Why the manager who has it was chosen."""
        told = (step.reasons for step in reversed(self.history) if step.reasons)
        return next(told, ()) if self.manager else ()


def legal_steps(interest: Interest) -> tuple[InterestState, ...]:
    """Return the states that `interest` may go to now."""
    return _LEGAL[interest.state]


def step(
    interest: Interest,
    to: InterestState,
    *,
    by: str,
    at: dt.datetime,
    manager: str = "",
    reason: DeclineReason | None = None,
    why: str = "",
    reasons: tuple[dict[str, Any], ...] = (),
) -> Interest:
    """Return `interest` in the state `to`, its history longer by one; the argument is unchanged.

    manager: who is to have it, for `routed` from `unrouted`; otherwise it stays whose it is. Raises
    IllegalTransition, whose `values["legal"]` are the states that may be asked for, and
    InvalidValue for a manager who had it before, or where the step lacks what goes with it.
    """
    require_legal(interest, to)
    whose = interest.manager
    if interest.state is InterestState.UNROUTED and to is InterestState.ROUTED:
        _require_new(interest, manager)
        whose = manager
    taken = InterestStep(
        to_state=to, by=by, at=at, manager=whose, reason=reason, why=why, reasons=reasons
    )
    holder = "" if to is InterestState.UNROUTED else whose
    return replace(interest, state=to, manager=holder, history=(*interest.history, taken))


def require_legal(interest: Interest, to: InterestState) -> None:
    """Raise IllegalTransition unless `interest` may go to this state now."""
    legal = legal_steps(interest)
    if to not in legal:
        what = f"It can become: {', '.join(legal)}." if legal else "Express it anew."
        raise IllegalTransition(
            f"An interest that is {interest.state.value} can't become {to.value}.",
            hint=what,
            legal=legal,
        )


def _require_new(interest: Interest, manager: str) -> None:
    require_text(manager, "manager")
    if manager in interest.asked:
        raise InvalidValue(
            f"{manager} turned this interest down.", field="manager", hint="Choose another manager."
        )


def _require_short(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise InvalidValue(
            f"{field} is longer than {most} characters.", field=field, hint="Write less."
        )


def _require_history(interest: Interest) -> None:
    """Refuse a history that takes an illegal step, runs back in time, or ends elsewhere."""
    states = [InterestState.UNROUTED, *(one.to_state for one in interest.history)]
    legal = all(later in _LEGAL[earlier] for earlier, later in pairwise(states))
    times = [one.at for one in interest.history]
    if not legal or times != sorted(times) or states[-1] is not interest.state:
        hint = "Append every step through `step`."
        raise InvalidValue("The history isn't one.", field="history", hint=hint)
    if interest.manager != _holder(interest):
        message = f"An interest that is {interest.state.value} has another manager."
        raise InvalidValue(message, field="manager", hint="Append every step through `step`.")


def _holder(interest: Interest) -> str:
    last = interest.history[-1:]
    return last[0].manager if last and interest.state is not InterestState.UNROUTED else ""
