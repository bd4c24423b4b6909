"""Docking plan 对接计划: who is to carry which pairs, proposed, edited by an admin, confirmed.

A plan is a draft until it is confirmed or discarded, and neither can be taken back: what a
confirmed plan led to are follow-ups, which have exits of their own. A pair of need and outcome
has one manager at most. A line that was taken out stays in the plan as `removed`, so that it can
be told later what people changed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from matcher.domain.checks import require_between, require_text, require_utc, shown
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import IllegalTransition, InvalidValue, NotFound

MOST_PAIRS = 1000
"""The largest quota; nobody carries more at once."""


class PlanState(Labelled):
    """Whether a plan may still be edited."""

    DRAFT = "draft", "草案", "draft"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    DISCARDED = "discarded", "已作废", "discarded"


class LineState(Labelled):
    """Where a line of a plan comes from, and whether it still counts."""

    PROPOSED = "proposed", "建议", "proposed"
    REMOVED = "removed", "已移除", "removed"
    ADDED = "added", "人工添加", "added"


class Unmet(Labelled):
    """Why a pair has no manager: the rule that bound."""

    NO_MANAGER = "no_manager", "没有合适的经理人", "no manager fits"
    CONFLICT = "conflict", "合适的经理人均须回避", "those who fit have a conflict of interest"
    QUOTA = "quota", "最合适的经理人均已满额", "those who fit best are full"
    WEAK = "weak", "需求与成果相关性弱", "need and outcome have too little in common"
    BELOW_FLOOR = "below_floor", "低于最低分", "below the least value"
    LIMIT = "limit", "该需求或成果的对接数已达上限", "the need or outcome has enough pairs"


class Shortfall(Labelled):
    """Why a manager has fewer pairs than the least."""

    NO_ROOM = "no_room", "在手容量不足", "capacity leaves no room for more"
    NO_PAIR = "no_pair", "合适的对接太少", "too few pairs fit"
    SHARED = "shared", "合适的对接已归他人", "others need the pairs that fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Record):
    """How many pairs a manager is to get, at least and at most."""

    least: int = 0
    most: int

    def __post_init__(self) -> None:
        require_between(self.most, 1, MOST_PAIRS, "quota")
        require_between(self.least, 0, self.most, "quota")

    @classmethod
    def parse(cls, text: str) -> Quota:
        """The quota that `MIN:MAX` or `MAX` says. Raises InvalidValue."""
        least, colon, most = text.strip().partition(":")
        numbers = (least, most) if colon else ("0", least)
        if not all(number.isascii() and number.isdigit() for number in numbers):
            raise InvalidValue(
                f"{shown(text)} is no quota.", field="quota", hint="Write MIN:MAX, such as 1:5."
            )
        return cls(least=int(numbers[0]), most=int(numbers[1]))

    def __str__(self) -> str:
        return f"{self.least}:{self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine(Record):
    """A pair and who is to carry it; the three are ids. `value`, 0 to 1, is what it is worth."""

    need: str
    outcome: str
    manager: str
    value: float = 0.0
    state: LineState = LineState.PROPOSED

    def __post_init__(self) -> None:
        for name in ("need", "outcome", "manager"):
            require_text(getattr(self, name), name)
        require_between(self.value, 0, 1, "value")

    @property
    def counts(self) -> bool:
        """Whether it is in the plan, and not only in its past."""
        return self.state is not LineState.REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassigned(Record):
    """A pair that found no manager, and the rule that bound."""

    need: str
    outcome: str
    rule: Unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Record):
    """A manager who lacks `missing` pairs of the least, and why."""

    manager: str
    missing: int
    reason: Shortfall


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """A docking plan. `by` and `decided_by` are accounts, the times are in UTC.

    `fairness`, 0 to 1, is how much it spreads the load; `unassigned` and `short` tell what could
    not be when it was made. Raises InvalidValue for a pair with two managers.
    """

    id: str
    made_at: dt.datetime
    by: str
    quota: Quota
    fairness: float = 0.0
    model_version: str = ""
    node: str = ""
    state: PlanState = PlanState.DRAFT
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    lines: tuple[PlanLine, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    short: tuple[Short, ...] = ()

    def __post_init__(self) -> None:
        require_text(self.id, "id")
        require_text(self.by, "by")
        require_utc(self.made_at, "made_at")
        require_utc(self.decided_at, "decided_at")
        require_between(self.fairness, 0, 1, "fairness")
        _require_one_manager(self.lines)

    @property
    def active(self) -> tuple[PlanLine, ...]:
        """The lines that count."""
        return tuple(line for line in self.lines if line.counts)

    def line_of(self, need: str, outcome: str) -> PlanLine | None:
        """The line that counts for a pair, None where there is none."""
        pair = (need, outcome)
        return next((one for one in self.active if (one.need, one.outcome) == pair), None)

    def load(self, manager: str) -> int:
        """How many pairs the plan gives to a manager."""
        return sum(line.manager == manager for line in self.active)


def remove_line(plan: Plan, need: str, outcome: str) -> Plan:
    """Return the plan without the pair. Raises IllegalTransition, NotFound."""
    line = _required(plan, need, outcome)
    return _with(plan, replace(line, state=LineState.REMOVED))


def add_line(plan: Plan, need: str, outcome: str, manager: str, value: float) -> Plan:
    """Return the plan with one more pair for a manager.

    Raises IllegalTransition for a plan that was decided, InvalidValue where the pair has a manager
    already, or the manager as many pairs as the quota allows (`values["rule"]` is "quota").
    """
    _require_draft(plan)
    there = plan.line_of(need, outcome)
    if there is not None:
        raise InvalidValue(
            f"{need} with {outcome} is {there.manager}'s already.",
            field="outcome",
            hint="Move the line to another manager instead.",
        )
    _require_room(plan, manager)
    line = PlanLine(need=need, outcome=outcome, manager=manager, value=value, state=LineState.ADDED)
    return _with(plan, line)


def move_line(plan: Plan, need: str, outcome: str, manager: str, value: float) -> Plan:
    """Return the plan with the pair given to another manager. Raises what the other two do."""
    if _required(plan, need, outcome).manager == manager:
        raise InvalidValue(
            f"{need} with {outcome} is {manager}'s already.",
            field="manager",
            hint="Name another manager.",
        )
    return add_line(remove_line(plan, need, outcome), need, outcome, manager, value)


def no_line(plan: Plan, need: str, outcome: str) -> NotFound:
    """The error for a pair that isn't in the plan."""
    hint = "`matcher plan show` lists its lines."
    return NotFound(f"The plan {plan.id} has no line of {need} with {outcome}.", hint=hint)


def decide(plan: Plan, to: PlanState, *, by: str, at: dt.datetime) -> Plan:
    """Return the plan confirmed or discarded. Raises IllegalTransition unless it is a draft."""
    _require_draft(plan)
    if to is PlanState.DRAFT:
        raise _illegal(plan, "is a draft already")
    return replace(plan, state=to, decided_by=by, decided_at=at)


def _with(plan: Plan, line: PlanLine) -> Plan:
    """The plan with this line in the place of the one of its pair and manager, else at the end."""
    places = {_key(one): place for place, one in enumerate(plan.lines)}
    lines = list(plan.lines)
    if (place := places.get(_key(line))) is None:
        lines.append(line)
    else:
        lines[place] = line
    return replace(plan, lines=tuple(lines))


def _key(line: PlanLine) -> tuple[str, str, str]:
    return line.need, line.outcome, line.manager


def _required(plan: Plan, need: str, outcome: str) -> PlanLine:
    _require_draft(plan)
    line = plan.line_of(need, outcome)
    if line is None:
        raise no_line(plan, need, outcome)
    return line


def _require_room(plan: Plan, manager: str) -> None:
    if plan.load(manager) >= plan.quota.most:
        raise InvalidValue(
            f"{manager} has {plan.load(manager)} pairs, as many as the quota allows.",
            field="manager",
            hint="Take one of them out first, or name another manager.",
            rule=Unmet.QUOTA.value,
        )


def _require_draft(plan: Plan) -> None:
    if plan.state is not PlanState.DRAFT:
        raise _illegal(plan, f"was {plan.state.value} already")


def _illegal(plan: Plan, what: str) -> IllegalTransition:
    states = (PlanState.CONFIRMED, PlanState.DISCARDED)
    legal = tuple(state.value for state in states if plan.state is PlanState.DRAFT)
    hint = "Confirm or discard it." if legal else "Make a new plan."
    return IllegalTransition(f"The plan {plan.id} {what}.", hint=hint, legal=legal)


def _require_one_manager(lines: Iterable[PlanLine]) -> None:
    held = Counter((line.need, line.outcome) for line in lines if line.counts)
    for (need, outcome), count in held.items():
        if count > 1:
            raise InvalidValue(
                f"{need} with {outcome} has {count} managers.",
                field="lines",
                hint="Give each pair to one manager.",
            )
