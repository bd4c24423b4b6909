"""A docking plan on a terminal: what couldn't be, in numbers, then the pairs of each manager."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from matcher.actions.plan_reading import PlanView
from matcher.cli.tables import shown
from matcher.domain.enums import Language, Noun
from matcher.domain.labels import Labelled

_WORDS = {
    Language.ZH: ("对接", "未分配", "未达下限的经理人", "缺", "降级"),
    Language.EN: ("pairs", "Unassigned", "Managers below the least", "missing", "Degraded"),
}


def plan_lines(view: PlanView, language: Language, *, details: bool = False) -> Iterator[str]:
    """The lines, in `language`. details: name at the end what is counted at the beginning."""
    plan = view.plan
    pairs, unassigned, below, _, degraded = _WORDS[language]
    yield f"{plan.id}  {plan.state.label(language)}  {plan.quota}  {len(plan.active):,} {pairs}"
    if plan.unassigned:
        yield f"{unassigned}: {_counted((one.rule for one in plan.unassigned), language)}"
    if plan.short:
        yield f"{below}: {_counted((one.reason for one in plan.short), language)}"
    if view.degraded:
        yield f"{degraded}: {', '.join(view.degraded)}"
    yield from _given(view)
    if details:
        yield from _unassigned(view, language)
        yield from _short(view, language)


def _given(view: PlanView) -> Iterator[str]:
    ordered = sorted(view.plan.active, key=lambda line: (line.manager, -line.value))
    for manager, lines in groupby(ordered, key=lambda line: line.manager):
        yield _named(view, Noun.MANAGER, manager)
        for line in lines:
            yield f"  {line.value:.3f}  {_pair(view, line.need, line.outcome)}"


def _unassigned(view: PlanView, language: Language) -> Iterator[str]:
    if view.plan.unassigned:
        yield f"{_WORDS[language][1]}:"
    for one in view.plan.unassigned:
        yield f"  {_pair(view, one.need, one.outcome)}: {one.rule.label(language)}"


def _short(view: PlanView, language: Language) -> Iterator[str]:
    _, _, below, missing, _ = _WORDS[language]
    if view.plan.short:
        yield f"{below}:"
    for one in view.plan.short:
        who = _named(view, Noun.MANAGER, one.manager)
        yield f"  {who}: {missing} {one.missing}: {one.reason.label(language)}"


def _counted(rules: Iterable[Labelled], language: Language) -> str:
    """How many in all, and for each rule, the most frequent first."""
    counts = Counter(rules)
    told = (f"{rule.label(language)} {count:,}" for rule, count in counts.most_common())
    return f"{counts.total():,} ({' · '.join(told)})"


def _pair(view: PlanView, need: str, outcome: str) -> str:
    return f"{_named(view, Noun.NEED, need)} + {_named(view, Noun.OUTCOME, outcome)}"


def _named(view: PlanView, noun: Noun, id_: str) -> str:
    return shown(f"{id_} {view.titles.get((noun, id_), '')}".strip())
