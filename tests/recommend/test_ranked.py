"""Candidates in their order."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.item import Item
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import Model
from matcher.recommend.ranked import Ranked, by_score, spread_out
from matcher.recommend.rules import Request

WORDS = ("steel pump", "steel pump", "rice breeding", "steel pump")


@pytest.fixture(scope="module")
def model() -> Model:
    """Candidates whose ids stand in no order: d, b, c, a."""
    items = [Item(id_, text=text) for id_, text in zip("dbca", WORDS, strict=True)]
    return Matcher.fit(items, []).model


def ranked(*scores: float) -> Ranked:
    values = np.array(scores)
    return Ranked(np.arange(len(scores)), values, {"concepts": values * 2})


def test_the_best_come_first_and_equals_by_id(model: Model) -> None:
    found = by_score(ranked(0.5, 0.5, 0.9, 0.5), model)
    assert model.candidates.ids_at(found.places).tolist() == ["c", "a", "b", "d"]
    assert found.scores.tolist() == [0.9, 0.5, 0.5, 0.5]
    assert found.features["concepts"].tolist() == [1.8, 1.0, 1.0, 1.0]


def test_a_score_of_0_is_no_match(model: Model) -> None:
    assert by_score(ranked(0.0, 0.2, 0.0, 0.0), model).places.tolist() == [1]
    assert by_score(ranked(), model).places.tolist() == []


def test_the_head_is_no_longer_than_there_are() -> None:
    assert ranked(0.3, 0.2, 0.1).head(2).places.tolist() == [0, 1]
    assert ranked(0.3).head(5).places.tolist() == [0]


def test_what_is_like_a_better_one_comes_later_only_where_that_is_asked_for(model: Model) -> None:
    found = by_score(ranked(0.9, 0.8, 0.7, 0.6), model)
    assert spread_out(found, model, Request(k=2)).places.tolist() == [0, 1, 2, 3]
    asked = Request(k=2, diversity=0.9)
    assert spread_out(found, model, asked).places.tolist() == [0, 2]
