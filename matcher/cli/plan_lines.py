"""A docking plan on a terminal: the pairs of each manager, then what found none, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from matcher.actions.plan_reading import PlanView
from matcher.cli.tables import shown
from matcher.domain.enums import Language, Noun
from matcher.domain.plan import Plan

_WORDS = {
    Language.ZH: ("对接", "未分配", "未达下限", "缺", "降级"),
    Language.EN: ("pairs", "Unassigned", "Below the least", "missing", "Degraded"),
}


def plan_lines(view: PlanView, language: Language) -> Iterator[str]:
    """The lines, in `language`."""
    plan = view.plan
    pairs, unassigned, below, missing, degraded = _WORDS[language]
    yield f"{plan.id}  {plan.state.label(language)}  {plan.quota}  {len(plan.active):,} {pairs}"
    yield from _given(view)
    if plan.unassigned:
        yield f"{unassigned}: {_counted(plan, language)}"
    for one in plan.unassigned:
        yield f"  {_pair(view, one.need, one.outcome)}: {one.rule.label(language)}"
    if plan.short:
        yield f"{below}:"
    for lacking in plan.short:
        who = _named(view, Noun.MANAGER, lacking.manager)
        yield f"  {who}: {missing} {lacking.missing}: {lacking.reason.label(language)}"
    if view.degraded:
        yield f"{degraded}: {', '.join(view.degraded)}"


def _given(view: PlanView) -> Iterator[str]:
    ordered = sorted(view.plan.active, key=lambda line: (line.manager, -line.value))
    for manager, lines in groupby(ordered, key=lambda line: line.manager):
        yield _named(view, Noun.MANAGER, manager)
        for line in lines:
            yield f"  {line.value:.3f}  {_pair(view, line.need, line.outcome)}"


def _counted(plan: Plan, language: Language) -> str:
    counts = Counter(one.rule for one in plan.unassigned)
    return " · ".join(f"{rule.label(language)} {count:,}" for rule, count in counts.most_common())


def _pair(view: PlanView, need: str, outcome: str) -> str:
    return f"{_named(view, Noun.NEED, need)} + {_named(view, Noun.OUTCOME, outcome)}"


def _named(view: PlanView, noun: Noun, id_: str) -> str:
    return shown(f"{id_} {view.titles.get((noun, id_), '')}".strip())
