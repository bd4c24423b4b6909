"""Docking plans as the models of the API have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.actions.plan_confirmation import Confirmed
from matcher.actions.plan_reading import Counted, PlanView
from matcher.domain.enums import Language, Noun
from matcher.domain.plan import Plan

_FACTS = (
    *("id", "state", "made_at", "by", "decided_at", "decided_by"),
    *("fairness", "model_version", "node"),
)
_TITLES = {
    Noun.NEED: ("need", "need_title"),
    Noun.OUTCOME: ("outcome", "outcome_title"),
    Noun.MANAGER: ("manager", "manager_name"),
}


def listed_plan_shown(counted: Counted) -> dict[str, Any]:
    """The plan as PlanListed takes it."""
    plan, counts = counted
    return {**_facts(plan), "counts": dict(counts)}


def plan_shown(view: PlanView, language: Language) -> dict[str, Any]:
    """The plan as PlanShown takes it."""
    plan, titles = view.plan, view.titles
    pair = (Noun.NEED, Noun.OUTCOME)
    return {
        **_facts(plan),
        "version": view.version,
        "lines": [
            {**_parties(titles, line, *_TITLES), "value": line.value, "state": line.state}
            for line in plan.lines
        ],
        "unassigned": [
            {**_parties(titles, one, *pair), **_why("rule", one.rule, language)}
            for one in plan.unassigned
        ],
        "short": [
            {
                **_parties(titles, one, Noun.MANAGER),
                "missing": one.missing,
                **_why("reason", one.reason, language),
            }
            for one in plan.short
        ],
    }


def confirmed_shown(done: Confirmed, view: PlanView, language: Language) -> dict[str, Any]:
    """What came of a confirmation, as ConfirmedShown takes it."""
    return {
        "plan": plan_shown(view, language),
        "followups": list(done.followups),
        "left_out": [
            {
                **{noun.value: getattr(line, noun.value) for noun in _TITLES},
                **_why("rule", why, language),
            }
            for line, why in done.left_out
        ],
    }


def _facts(plan: Plan) -> dict[str, Any]:
    quota = {"least": plan.quota.least, "most": plan.quota.most}
    return {**{name: getattr(plan, name) for name in _FACTS}, "quota": quota}


def _parties(titles: Mapping[tuple[Noun, str], str], thing: object, *nouns: Noun) -> dict[str, Any]:
    """The ids of a line with their titles, "" where the viewer may not know of the record."""
    told: dict[str, Any] = {}
    for noun in nouns:
        id_name, title_name = _TITLES[noun]
        id_ = getattr(thing, id_name)
        told |= {id_name: id_, title_name: titles.get((noun, id_), "")}
    return told


def _why(name: str, why: Any, language: Language) -> dict[str, Any]:
    return {name: why, "text": why.label(language)}
