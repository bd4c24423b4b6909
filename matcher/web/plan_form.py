"""The form by which a docking plan is asked for: what it shows, and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.domain.plan import MOST_PAIRS
from matcher.errors import InvalidValue
from matcher.recommend.plan import RECOMMENDED_FAIRNESS

Pair = tuple[str, str]
MOST_OUTCOMES = 10
"""Outcomes of a need that the form offers to look at; the command takes more."""
FAIRNESS: Mapping[str, tuple[float, Pair]] = {
    "even": (
        RECOMMENDED_FAIRNESS,
        ("略为均衡：总值至多少 1 %", "spread it a little: for at most 1 % of the value"),
    ),
    "more": (0.5, ("较均衡：总值至多少 2 %", "spread it more: for at most 2 % of the value")),
    "most": (1.0, ("尽量均衡：总值至多少 4 %", "spread it most: for at most 4 % of the value")),
    "best": (0.0, ("只看合适，不看均衡", "only what suits best, however it is spread")),
}
"""How much the load is spread, by what the form sends: the number, and the words for it."""
BLANK: Mapping[str, str] = {
    **{"least": "0", "most": "5", "field": "", "outcomes": "3", "per_need": ""},
    **{"per_outcome": "", "fairness": "even", "weak": "", "node": ""},
}
"""What the form shows before anything is typed."""
LABELS: Mapping[str, Pair] = {
    "least": ("每人至少", "At least, each"),
    "most": ("每人至多", "At most, each"),
    "outcomes": ("每项需求看几项成果", "Outcomes looked at per need"),
    "per_need": ("每项需求至多几对", "Pairs per need at most"),
    "per_outcome": ("每项成果至多几对", "Pairs per outcome at most"),
}


def typed_plan(form: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, field by field."""
    return {name: form.get(name, "").strip()[:200] for name in BLANK}


def plan_arguments(typed: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of the job. Raises InvalidValue, which names the field."""
    least, most = _number(typed, "least", 0) or 0, _number(typed, "most", 1)
    if most is None:
        raise _unread("most", 1, MOST_PAIRS)
    if least > most:
        hint = "Let the least be no more than the most."
        raise InvalidValue(
            f"At least {least} and at most {most} can't be.", field="least", hint=hint
        )
    fairness = FAIRNESS.get(typed["fairness"], FAIRNESS[BLANK["fairness"]])[0]
    return {
        "quota": {"least": least, "most": most},
        "field": typed["field"],
        "outcomes": _number(typed, "outcomes", 1, MOST_OUTCOMES) or int(BLANK["outcomes"]),
        "per_need": _number(typed, "per_need", 1),
        "per_outcome": _number(typed, "per_outcome", 1),
        "fairness": fairness,
        # Without a floor what is weak is left out; with one at 0 nothing is.
        "floor": 0.0 if typed["weak"] else None,
        "node": typed["node"],
    }


def _number(typed: Mapping[str, str], name: str, least: int, most: int = MOST_PAIRS) -> int | None:
    """None where nothing was typed."""
    text = typed[name]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        raise _unread(name, least, most)
    if not least <= int(text) <= most:
        raise _unread(name, least, most)
    return int(text)


def _unread(name: str, least: int, most: int) -> InvalidValue:
    hint = f"Write a whole number from {least} to {most}."
    return InvalidValue("This isn't a number that can be used.", field=name, hint=hint)
