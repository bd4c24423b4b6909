"""The pairs of a docking plan as its page has them: by manager, a page at a time, and what found
nobody by the rule that bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from matcher.actions.plan_reading import PlanView
from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp
from matcher.domain.plan import LineState, Plan, PlanLine, Short, Unassigned, Unmet

Titles = Mapping[tuple[Noun, str], str]
MOST_UNMET = 50
"""Pairs without a manager that are listed for each rule; a sheet has them all."""


@dataclass(frozen=True, slots=True)
class PairTold:
    """A pair by the titles of both; an id where the reader may not know of the record."""

    need: str
    outcome: str
    need_title: str
    outcome_title: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other pairs."""
        return self.need, self.outcome


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of a plan. value: what it is worth, 0 to 1; width: that beside the best line of the
    plan, 0 to 100; followup: what it became, None where nothing."""

    pair: PairTold
    manager: str
    manager_name: str
    value: float
    width: int
    state: LineState
    followup: FollowUp | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A manager with their lines, the best first. count: how many lines they have in all, also
    those on other pages."""

    manager: str
    name: str
    lines: tuple[LineTold, ...]
    count: int


@dataclass(frozen=True, slots=True)
class UnmetTold:
    """Pairs that found nobody by one rule. pairs: the first of them; count: how many there are."""

    rule: Unmet
    pairs: tuple[PairTold, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the lines: by manager, how many lines suit, and whether there is one after it."""

    members: tuple[TeamMember, ...]
    found: int
    more: bool


def leaf(
    view: PlanView, followups: Mapping[PlanLine, FollowUp], text: str, number: int, size: int
) -> Leaf:
    """Some lines that count, by the names of their managers; number: which page, from 1.

    text: only lines in one of whose three names it stands.
    """
    plan, titles = view.plan, view.titles
    wanted = [line for line in plan.active if _holds(line, titles, text)]
    wanted.sort(key=lambda line: (_name(line, titles), line.manager, -line.value, *_ids(line)))
    start = size * (number - 1)
    largest = max((line.value for line in plan.active), default=0.0)
    shown = (line_told(line, titles, followups, largest) for line in wanted[start : start + size])
    return Leaf(tuple(_members(plan, shown)), len(wanted), len(wanted) > start + size)


def line_told(
    line: PlanLine,
    titles: Titles,
    followups: Mapping[PlanLine, FollowUp] = MappingProxyType({}),
    largest: float = 1.0,
) -> LineTold:
    """A line by its names. largest: what the best line is worth."""
    return LineTold(
        pair=_pair(line, titles),
        manager=line.manager,
        manager_name=_name(line, titles),
        value=line.value,
        width=round(100 * line.value / largest) if largest else 0,
        state=line.state,
        followup=followups.get(line),
    )


def taken_out(view: PlanView) -> tuple[LineTold, ...]:
    """The lines that don't count any more and whose pair has no other manager now."""
    plan = view.plan
    there = {_ids(line) for line in plan.active}
    gone = (line for line in plan.lines if not line.counts and _ids(line) not in there)
    return tuple(line_told(line, view.titles) for line in gone)


def left_out(view: PlanView, followups: Mapping[PlanLine, FollowUp]) -> tuple[LineTold, ...]:
    """Of a plan that was confirmed, the lines that no follow-up stands for."""
    lines = (line for line in view.plan.active if line not in followups)
    return tuple(line_told(line, view.titles, followups) for line in lines)


def unmet_told(view: PlanView) -> tuple[UnmetTold, ...]:
    """What found nobody, the commonest rule first; without what has somebody by now."""
    given = {_ids(line) for line in view.plan.active}
    unmet = [one for one in view.plan.unassigned if _ids(one) not in given]
    counts = Counter(one.rule for one in unmet)
    return tuple(_unmet(rule, unmet, count, view.titles) for rule, count in counts.most_common())


def short_told(view: PlanView) -> tuple[tuple[str, Short], ...]:
    """Who lacks something of the least, by name, those who lack most first."""
    ordered = sorted(view.plan.short, key=lambda one: (-one.missing, one.manager))
    return tuple(
        (view.titles.get((Noun.MANAGER, one.manager)) or one.manager, one) for one in ordered
    )


def _unmet(rule: Unmet, unmet: Sequence[Unassigned], count: int, titles: Titles) -> UnmetTold:
    first = [one for one in unmet if one.rule is rule][:MOST_UNMET]
    return UnmetTold(rule, tuple(_pair(one, titles) for one in first), count)


def _members(plan: Plan, lines: Iterator[LineTold]) -> Iterator[TeamMember]:
    loads = Counter(line.manager for line in plan.active)
    for manager, group in groupby(lines, key=lambda line: line.manager):
        theirs = tuple(group)
        yield TeamMember(manager, theirs[0].manager_name, theirs, loads[manager])


def _pair(thing: PlanLine | Unassigned, titles: Titles) -> PairTold:
    need, outcome = _ids(thing)
    return PairTold(
        need,
        outcome,
        titles.get((Noun.NEED, need)) or need,
        titles.get((Noun.OUTCOME, outcome)) or outcome,
    )


def _name(line: PlanLine, titles: Titles) -> str:
    return titles.get((Noun.MANAGER, line.manager)) or line.manager


def _ids(thing: PlanLine | Unassigned) -> tuple[str, str]:
    return thing.need, thing.outcome


def _holds(line: PlanLine, titles: Titles, text: str) -> bool:
    pair = _pair(line, titles)
    told = f"{_name(line, titles)}\n{pair.need_title}\n{pair.outcome_title}"
    return text.strip().casefold() in told.casefold()
