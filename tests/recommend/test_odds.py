"""Odds of a pair, by hand and by what they must not do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.likeness import Likeness
from matcher.recommend.odds import (
    contradiction,
    odds_of_repetition,
    odds_of_translation,
    probability,
)

SHARE = st.floats(0, 1)
WEIGHT = st.integers(0, 30)


def alike(
    covered: tuple[float, float] = (0.9, 0.9),
    concepts: float = 0.25,
    margin: float = 0.1,
    mutual: float = 1.0,
    shared: float = 0.0,
    differing: tuple[float, float] = (0.0, 0.0),
) -> Likeness:
    return Likeness(
        crosswise=np.array([True]),
        covered=np.array([covered]),
        concepts=np.array([concepts]),
        content=np.array([0.5]),
        margin=np.array([margin]),
        mutual=np.array([mutual]),
        shared=np.array([shared]),
        differing=np.array([differing]),
    )


def test_a_translation_by_hand() -> None:
    # -5.3 + 4.5 · 0.5 + 7 · 0.1 + 3.7
    assert odds_of_translation(alike())[0] == pytest.approx(1.35)
    assert odds_of_translation(alike(mutual=0.0))[0] == pytest.approx(-2.35)


def test_a_repetition_by_hand() -> None:
    # 10 · (0.9 - 0.88) + 8 · (1 - 0.9)
    assert odds_of_repetition(alike(), np.array([1.0]))[0] == pytest.approx(1.0)
    assert odds_of_repetition(alike(), np.array([np.nan]))[0] == pytest.approx(0.2)


def test_other_figures_in_the_same_words_are_another_product() -> None:
    same = odds_of_repetition(alike(covered=(1, 1), shared=6), np.array([1.0]))[0]
    other = odds_of_repetition(alike(covered=(1, 1), differing=(6, 6)), np.array([1.0]))[0]
    assert probability(same) > 0.8
    assert probability(other) < 0.05


def test_more_figures_contradict_nothing() -> None:
    assert contradiction(alike(shared=4, differing=(0, 9)))[0] == 0
    assert contradiction(alike(shared=4, differing=(4, 9)))[0] == 0.5
    assert contradiction(alike())[0] == 0


@given(st.tuples(SHARE, SHARE), SHARE, SHARE, WEIGHT, st.tuples(WEIGHT, WEIGHT))
def test_more_in_common_never_lowers_the_odds(
    covered: tuple[float, float],
    concepts: float,
    title: float,
    shared: int,
    differing: tuple[int, int],
) -> None:
    less = alike(covered, concepts, shared=shared, differing=differing)
    raised = (min(covered[0] + 0.1, 1), min(covered[1] + 0.1, 1))
    more = alike(raised, min(concepts + 0.1, 1), shared=shared + 1, differing=differing)
    titles = np.array([title])
    assert odds_of_translation(more)[0] >= odds_of_translation(less)[0]
    assert odds_of_repetition(more, titles)[0] >= odds_of_repetition(less, titles)[0]


def test_a_probability_of_even_odds_is_a_half() -> None:
    assert probability(0) == 0.5
    assert 0 < probability(-30) < probability(30) < 1.0000001
