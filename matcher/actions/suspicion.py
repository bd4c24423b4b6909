"""What speaks for two records being one, and how sure that makes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from matcher.actions.agreement import MOST_GAINED, Agreement, Fact, agreement
from matcher.actions.sure_keys import Key
from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.domain.organisation import Organisation
from matcher.recommend.duplicates import Near, terms_alike
from matcher.recommend.model import Model
from matcher.recommend.odds import probability
from matcher.store.stored import Stored

LEAST_SCORE = 0.65
"""On texts alone some nine of ten proposals are right; recommend/odds.py says how it was found."""
_LEAST_ODDS = math.log(LEAST_SCORE / (1 - LEAST_SCORE))
LEAST_TEXT_ODDS = _LEAST_ODDS - MOST_GAINED
"""Texts less alike can't be made up for by facts."""
_KEY_ODDS: Mapping[Key, float] = MappingProxyType(
    {
        Key.NUMBER: 4.0,
        Key.TEXT: 4.0,
        Key.CREDIT_CODE: 2.0,
        Key.NAME: 2.5,
        Key.REGISTRATION: 4.0,
        Key.NAME_AND_AGENCY: 2.5,
    }
)
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two live records that may be one. score: 0 to 1; kept: the one that was there first."""

    noun: Noun
    kept: str
    dropped: str
    score: float
    why: Mapping[str, Any]


@dataclass(slots=True)
class Suspicion:
    """The keys that two records have in common, and how like their texts are."""

    keys: set[Key] = field(default_factory=set)
    near: Near | None = None


def judged(
    noun: Noun,
    one: Stored[Any],
    other: Stored[Any],
    suspicion: Suspicion,
    identities: Identities,
    model: Model | None,
) -> Duplicate | None:
    """The pair with its score and reasons; None where it isn't likely enough.

    model: the one that compared the texts.
    """
    facts = agreement(one.record, other.record, identities)
    odds = _odds(suspicion, facts)
    if odds < _LEAST_ODDS or _related(one, other) or _only_alike(noun, suspicion, facts):
        return None
    kept, dropped = sorted((one, other), key=lambda stored: (stored.created_at, stored.record.id))
    why = _why(suspicion, facts, kept.record.id, model)
    score = round(probability(odds), 3)
    return Duplicate(noun, kept.record.id, dropped.record.id, score, why)


def _odds(suspicion: Suspicion, facts: Agreement) -> float:
    """A key outweighs texts that are unlike: the same project is described in many ways."""
    texts = suspicion.near.odds if suspicion.near else 0.0
    keys = sum(_KEY_ODDS[key] for key in suspicion.keys)
    return (max(texts, 0.0) if keys else texts) + keys + facts.odds


def _only_alike(noun: Noun, suspicion: Suspicion, facts: Agreement) -> bool:
    """Two people of one trade describe themselves alike."""
    return noun is Noun.MANAGER and not suspicion.keys and Fact.NAME not in facts.alike


def _related(one: Stored[Any], other: Stored[Any]) -> bool:
    """A department has its university's credit code, and is another organisation."""
    match one.record, other.record:
        case Organisation() as first, Organisation() as second:
            return first.parent == second.id or second.parent == first.id
    return False


def _why(suspicion: Suspicion, facts: Agreement, kept: str, model: Model | None) -> dict[str, Any]:
    why: dict[str, Any] = {
        "keys": sorted(suspicion.keys),
        "alike": list(facts.alike),
        "differing": list(facts.differing),
    }
    if suspicion.near is not None and model is not None:
        why["texts"] = _texts(_turned(suspicion.near, kept), model)
    return why


def _texts(near: Near, model: Model) -> dict[str, Any]:
    """covered: by the dropped record of the kept one, and the other way round."""
    shared, only_kept, only_dropped = (list(found[:_SHOWN]) for found in near.figures())
    return {
        "translated": near.translated,
        "probability": round(probability(near.odds), 3),
        "covered": [round(share, 3) for share in near.covered],
        "terms": [list(words) for words in terms_alike(model, near)],
        "figures": {"shared": shared, "only_kept": only_kept, "only_dropped": only_dropped},
    }


def _turned(near: Near, first: str) -> Near:
    """The same with record `first` in the first place."""
    if near.one == first:
        return near
    covered, texts = near.covered[::-1], near.texts[::-1]
    return replace(near, one=near.other, other=near.one, covered=covered, texts=texts)
