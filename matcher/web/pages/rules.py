"""The hard rules in words, what they remove for a need, and why something isn't proposed for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from matcher.actions.answer import title_of
from matcher.actions.reading import get_open
from matcher.actions.withheld import removed_for, why_withheld
from matcher.domain.enums import Noun, Role
from matcher.errors import NotFound
from matcher.recommend.rules import Rule
from matcher.web.context import platform, viewer
from matcher.web.page import page, page_part, say
from matcher.web.pair import why_shown
from matcher.web.pasted import pasted_id
from matcher.web.rule_words import RULES

LONGEST = 300
_EITHER = (Noun.OUTCOME, Noun.MANAGER)

rules = page_part("rules", Role.ADMIN)


@rules.get("/rules")
def show() -> Response:
    """All rules; for a need that the address names what they do, and for a pair which one does."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in ("need", "other")}
    return page("pages/rules.html", rules=RULES, asked=asked, **_told(asked))


def _told(asked: Mapping[str, str]) -> dict[str, Any]:
    """What is told of a need, and of a pair; unknown: which of the two isn't there."""
    if not asked["need"]:
        return {}
    need = _found((Noun.NEED,), asked["need"])
    if need is None:
        return {"unknown": "need"}
    _, id_, title = need
    counted = [(noun, *removed_for(platform(), viewer(), id_, noun)) for noun in _EITHER]
    counts = [(noun, found, _named(removed)) for noun, found, removed in counted]
    return {"need": need, "counts": counts, "title": title, **_pair(id_, asked["other"])}


def _pair(need: str, other: str) -> dict[str, Any]:
    if not other:
        return {}
    found = _found(_EITHER, other)
    if found is None:
        return {"unknown": "other"}
    noun, id_, _ = found
    told = why_withheld(platform(), viewer(), need, noun, id_, say().language)
    why = why_shown(told.match, say()) if told.match else None
    return {"other": found, "told": told, "why": why}


def _found(nouns: tuple[Noun, ...], text: str) -> tuple[Noun, str, str] | None:
    """The record that is meant, with its name; None where there is none."""
    for noun in nouns:
        try:
            record = get_open(platform(), viewer(), noun, pasted_id(text)).record
        except NotFound:
            continue
        return noun, record.id, title_of(record, say().language) or record.id
    return None


def _named(removed: Mapping[str, int]) -> list[tuple[Rule, int]]:
    return [(rule, removed[rule.value]) for rule in RULES if removed.get(rule.value)]
