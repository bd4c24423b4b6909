"""Draws the population of a synthetic platform."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.domain.regions import prefecture
from matcher.taxonomy import taxonomy
from training.simulation.population import (
    AGENCY,
    DIMENSIONS,
    EN,
    ENTERPRISE,
    HOLDER,
    NO_END,
    NOT_STATED,
    TOPICS_OF_AN_ITEM,
    ZH,
    Managers,
    Needs,
    Organisations,
    Outcomes,
    unit,
)
from training.simulation.size import Size

Array = npt.NDArray[Any]

# The first of an item's topics is what it is about.
_SHARES = (3.0, 0.5, 0.2)
_COMMON_TOPICS = 0.7
_SCHOOL_OF_ITS_OWN = 0.6
_LANGUAGES = {ZH: 0.45, EN: 0.45, ZH | EN: 0.10}
_MANAGERS_LANGUAGES = {ZH: 0.4, EN: 0.1, ZH | EN: 0.5}
_THERE_FROM_THE_START = 0.5
_OLDEST_DAYS = 360
_VALID_DAYS = (90, 720)
_STALE_AFTER_DAYS = 500.0
_FAME = 0.8
_CHEAPEST_LOG10, _DEAREST_LOG10 = 4.7, 6.7


def draw_organisations(rng: np.random.Generator, count: int) -> Organisations:
    """Universities, enterprises and agencies in turn, so that there are some of each."""
    return Organisations(
        kinds=(np.arange(count) % 3).astype(np.int8),
        regions=rng.choice(prefectures(), count),
        schools=unit(rng.normal(size=(count, DIMENSIONS))),
        responsiveness=rng.beta(3, 2, count).astype(np.float32),
    )


def draw_outcomes(
    rng: np.random.Generator, size: Size, start: int, organisations: Organisations
) -> Outcomes:
    """What is offered. start: the first day."""
    count = size.outcomes
    listed = _listed(rng, count, size, start, organisations, HOLDER)
    stale = listed["updated"] + rng.exponential(_STALE_AFTER_DAYS, count)
    places = rng.permutation(count)
    return Outcomes(
        **listed,
        trl=rng.integers(1, 10, count).astype(np.int8),
        price=_amounts(rng, count, 0.6),
        quality=rng.normal(size=count).astype(np.float32),
        fame=((1.0 + places) ** -_FAME).astype(np.float32),
        stale_from=stale.astype(np.int32),
    )


def draw_needs(
    rng: np.random.Generator, size: Size, start: int, organisations: Organisations
) -> Needs:
    """What is looked for. start: the first day."""
    count = size.needs
    listed = _listed(rng, count, size, start, organisations, ENTERPRISE)
    asked = rng.random(count) < 0.6
    least = np.where(asked, rng.integers(2, 9, count), NOT_STATED)
    return Needs(**listed, min_trl=least.astype(np.int8), budget=_amounts(rng, count, 0.7))


def draw_managers(
    rng: np.random.Generator, size: Size, start: int, organisations: Organisations
) -> Managers:
    """Who is there to broker, from the first day on."""
    count = size.managers
    return Managers(
        **_topical(rng, count, size.topics, organisations, AGENCY, _MANAGERS_LANGUAGES),
        created=np.full(count, start, np.int32),
        grades=rng.choice(3, count, p=(0.5, 0.35, 0.15)).astype(np.int8),
        capacity=rng.integers(5, 31, count).astype(np.int16),
    )


@cache
def prefectures() -> tuple[int, ...]:
    """The codes of all prefectures that the taxonomy knows."""
    codes = (prefecture(code) for code in taxonomy("regions") if len(code) == 6)
    return tuple(sorted({int(code) for code in codes if code is not None}))


def _listed(
    rng: np.random.Generator,
    count: int,
    size: Size,
    start: int,
    organisations: Organisations,
    kind: int,
) -> dict[str, Array]:
    topical = _topical(rng, count, size.topics, organisations, kind, _LANGUAGES)
    early = rng.random(count) < _THERE_FROM_THE_START
    arrived = np.where(early, 0, rng.integers(0, size.days, count))
    # In the order of arrival, so that ids rise with time.
    order = np.argsort(arrived, kind="stable")
    early, created = early[order], start + arrived[order]
    age = np.where(early, rng.integers(0, _OLDEST_DAYS, count), 0)
    expires = created + rng.integers(*_VALID_DAYS, count)
    return {
        **topical,
        "created": created.astype(np.int32),
        "updated": (created - age).astype(np.int32),
        "expires": np.where(rng.random(count) < 0.3, NO_END, expires).astype(np.int32),
        "detail": rng.beta(2, 2, count).astype(np.float32),
    }


def _topical(
    rng: np.random.Generator,
    count: int,
    topics: int,
    organisations: Organisations,
    kind: int,
    languages: dict[int, float],
) -> dict[str, Array]:
    places = rng.choice(np.flatnonzero(organisations.kinds == kind), count).astype(np.int32)
    own = unit(rng.normal(size=(count, DIMENSIONS)))
    spoken = rng.choice(list(languages), count, p=list(languages.values()))
    return {
        "topics": draw_topics(rng, count, topics),
        "shares": unit(rng.gamma(_SHARES, size=(count, TOPICS_OF_AN_ITEM)) + 1e-3),
        "schools": unit(organisations.schools[places] + _SCHOOL_OF_ITS_OWN * own),
        "organisations": places,
        "regions": organisations.regions[places],
        "languages": spoken.astype(np.int8),
    }


def draw_topics(rng: np.random.Generator, count: int, topics: int) -> npt.NDArray[np.int16]:
    """int16[count, 3] of three different topics each; a first topic may be common or rare."""
    common = (1.0 + np.arange(topics)) ** -_COMMON_TOPICS
    first = rng.choice(topics, count, p=common / common.sum())
    second = rng.integers(1, topics, count)
    third = rng.integers(1, topics - 1, count)
    # Distances from the first, all different; so the topics are.
    third += third >= second
    return (np.column_stack([first, first + second, first + third]) % topics).astype(np.int16)


def _amounts(rng: np.random.Generator, count: int, stated: float) -> npt.NDArray[np.int64]:
    """Sums in round ten thousands of yuan; NOT_STATED where none is."""
    exact = 10 ** rng.uniform(_CHEAPEST_LOG10, _DEAREST_LOG10, count)
    amounts = np.maximum(1, np.round(exact / 10_000)).astype(np.int64) * 10_000
    return np.where(rng.random(count) < stated, amounts, NOT_STATED)
