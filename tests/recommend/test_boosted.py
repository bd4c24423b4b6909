"""Boosted trees: parts that sum, features that never hurt, a state that is checked first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lightgbm
import numpy as np
import pytest

from matcher.errors import InvalidValue, UsageError
from matcher.recommend.boosted import BASE, LONGEST, Boosted, fit_boosted, relevance
from matcher.recommend.ranker import Lists, fit_ranker

NAMES = ("concepts", "content", "region")


def curved(count: int, seed: int) -> Lists:
    """Lists of ten in which the higher of the first two features counts, not their sum."""
    random = np.random.default_rng(seed)
    rows = random.random((count * 10, 3))
    worth = rows[:, :2].max(axis=1)
    gains = np.where(worth > 0.9, 1.0, np.where(worth > 0.8, 0.3, 0.0)).astype(np.float32)
    return Lists(rows, np.repeat(np.arange(count), 10), gains, np.ones(count * 10))


@pytest.fixture(scope="module")
def lists() -> Lists:
    return curved(300, seed=0)


@pytest.fixture(scope="module")
def boosted(lists: Lists) -> Boosted:
    found = fit_boosted(lists, NAMES, rounds=40)
    assert found is not None
    return found


def in_order(scores: np.ndarray, lists: Lists) -> float:
    """The share of the pairs of a list with different gains that the scores put right."""
    higher = scores.reshape(-1, 10)[:, :, np.newaxis] > scores.reshape(-1, 10)[:, np.newaxis]
    gains = lists.gains.reshape(-1, 10)
    further = gains[:, :, np.newaxis] > gains[:, np.newaxis]
    return float(higher[further].mean())


def test_trees_find_what_a_weighted_sum_cant(lists: Lists, boosted: Boosted) -> None:
    unseen = curved(200, seed=1)
    weights = fit_ranker(lists, np.full(3, 1 / 3), 10.0).weights
    assert in_order(boosted.scores(unseen.features), unseen) > 0.98
    assert in_order(unseen.features @ weights, unseen) < 0.9


def test_a_score_is_the_sum_of_its_parts(lists: Lists, boosted: Boosted) -> None:
    rows = lists.features[:50]
    parts = boosted.contributions(rows)
    assert parts.shape == (50, 4)
    np.testing.assert_allclose(parts.sum(axis=1), boosted.scores(rows), atol=1e-12)
    assert np.ptp(parts[:, -1]) == 0
    assert np.ptp(parts[:, 0]) > 0.2
    named = boosted.parts(rows)
    assert tuple(named) == (*NAMES, BASE)
    np.testing.assert_array_equal(named["region"], parts[:, 2])


def test_scores_go_from_0_to_1_and_their_order_is_that_of_the_trees(boosted: Boosted) -> None:
    """No feature hurts, so that nothing is less than all zeros and nothing more than all ones."""
    edges = boosted.scores(np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]))
    np.testing.assert_allclose(edges, [0, 1], atol=1e-9)
    rows = np.random.default_rng(2).random((200, 3))
    scores = boosted.scores(rows)
    assert (scores >= 0).all()
    assert (scores <= 1).all()
    raw = lightgbm.Booster(model_str=boosted.text).predict(rows, raw_score=True)
    np.testing.assert_allclose(scores * (boosted.high - boosted.low) + boosted.low, raw)


def test_the_bounds_are_the_sums_of_the_least_and_the_highest_leaves(boosted: Boosted) -> None:
    trees = lightgbm.Booster(model_str=boosted.text).dump_model()["tree_info"]
    leaves = [list(leaves_of(tree["tree_structure"])) for tree in trees]
    assert boosted.low == pytest.approx(sum(map(min, leaves)), abs=1e-9)
    assert boosted.high == pytest.approx(sum(map(max, leaves)), abs=1e-9)


def leaves_of(node: dict[str, Any]) -> Iterator[float]:
    if "leaf_value" in node:
        yield node["leaf_value"]
    else:
        yield from leaves_of(node["left_child"])
        yield from leaves_of(node["right_child"])


def test_columns_are_found_by_name_and_what_there_is_none_of_is_0(boosted: Boosted) -> None:
    features = {"region": np.array([0.5, 1.0]), "concepts": np.array([0.1, 0.2]), "trl": np.ones(2)}
    columns = boosted.columns(features, 2)
    np.testing.assert_array_equal(columns, [[0.1, 0.0, 0.5], [0.2, 0.0, 1.0]])
    assert boosted.columns({}, 0).shape == (0, 3)


@pytest.mark.parametrize("feature", [0, 1, 2])
def test_no_feature_lowers_a_score_by_being_higher(boosted: Boosted, feature: int) -> None:
    for row in np.random.default_rng(feature).random((20, 3)):
        raised = np.tile(row, (50, 1))
        raised[:, feature] = np.linspace(0, 1, 50)
        assert (np.diff(boosted.scores(raised)) >= -1e-9).all()


def test_the_state_survives_json(lists: Lists, boosted: Boosted) -> None:
    again = Boosted.from_mapping(json.loads(json.dumps(boosted.to_mapping())))
    assert again.names == NAMES
    assert (again.low, again.high) == (boosted.low, boosted.high)
    rows = lists.features[:100]
    np.testing.assert_array_equal(again.contributions(rows), boosted.contributions(rows))


def test_the_same_lists_give_the_same_text(lists: Lists, boosted: Boosted) -> None:
    again = fit_boosted(lists, NAMES, rounds=40)
    assert again is not None
    assert again.text == boosted.text


def changed(state: dict[str, Any], name: str) -> Any:
    """A state that something has happened to."""
    return {
        "cut short": {**state, "text": state["text"][: len(state["text"]) // 2]},
        "edited": {**state, "text": state["text"].replace("left_child=", "left_child=9999 ", 1)},
        "no digest": {name: value for name, value in state.items() if name != "sha256"},
        "no text": {**state, "text": None},
        "other names": {**state, "names": ["a", "b", "c"]},
        "another bound": {**state, "high": state["high"] + 1},
        "no mapping": [state],
        "nothing": None,
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        *("cut short", "edited", "no digest", "no text", "other names", "another bound"),
        *("no mapping", "nothing"),
    ],
)
def test_a_state_that_isnt_as_written_is_refused(boosted: Boosted, name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Boosted.from_mapping(changed(boosted.to_mapping(), name))
    assert caught.value.hint


def test_a_text_that_never_was_one_of_trees_is_refused(
    capfd: pytest.CaptureFixture[str],
) -> None:
    state = Boosted(NAMES, 0.0, 1.0, "hello", None).to_mapping()
    with pytest.raises(InvalidValue, match="isn't one of trees"):
        Boosted.from_mapping(state)
    capfd.readouterr()


@pytest.mark.parametrize(
    "other", [{"names": ("a", "b", "c")}, {"low": -100.0}, {"high": 100.0}], ids=str
)
def test_a_state_that_doesnt_fit_its_trees_is_refused(
    boosted: Boosted, other: dict[str, Any]
) -> None:
    """Written by somebody else, its digest right."""
    with pytest.raises(InvalidValue, match="of others"):
        Boosted.from_mapping(replace(boosted, **other).to_mapping())


def test_relevance_by_hand() -> None:
    gains = np.array([-1, -0.1, 0, 0.1, 0.3, 0.6, 0.9, 1], np.float32)
    assert relevance(gains).tolist() == [0, 0, 1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize(
    ("numbers", "gains"),
    [([], []), ([0], [1]), ([0, 0], [0, 0]), ([0, 0], [1, 1]), ([0, 1], [1, 0])],
)
def test_lists_that_tell_nothing_give_no_trees(numbers: list[int], gains: list[float]) -> None:
    count = len(numbers)
    told = np.array(gains, np.float32)
    lists = Lists(np.zeros((count, 2)), np.array(numbers), told, np.ones(count))
    assert fit_boosted(lists, "ab") is None


def test_rows_that_no_feature_tells_apart_give_no_trees() -> None:
    gains = np.tile(np.array([1, 0], np.float32), 50)
    numbers = np.repeat(np.arange(50), 2)
    assert fit_boosted(Lists(np.full((100, 2), 0.5), numbers, gains, np.ones(100)), "ab") is None


def test_weights_make_a_row_count_more() -> None:
    """Half the lists prefer the first feature, half the second: weights decide between them."""
    random = np.random.default_rng(0)
    rows = random.random((600, 2, 2))
    prefers = np.arange(600) % 2
    best = rows[np.arange(600), :, prefers].argmax(axis=1)
    gains = np.zeros((600, 2), np.float32)
    gains[np.arange(600), best] = 1
    numbers = np.repeat(np.arange(600), 2)
    weights = np.where(np.repeat(prefers, 2) == 0, 5.0, 0.2)
    lists = Lists(rows.reshape(-1, 2), numbers, gains.ravel(), weights)
    found = fit_boosted(lists, "ab", rounds=30)
    assert found is not None
    spread = np.ptp(found.contributions(rows.reshape(-1, 2)), axis=0)
    assert spread[0] > 1.5 * spread[1]


def test_a_list_too_long_is_refused() -> None:
    rows = LONGEST + 1
    gains = np.eye(rows)[0].astype(np.float32)
    with pytest.raises(InvalidValue, match="10001 rows"):
        fit_boosted(Lists(np.zeros((rows, 1)), np.zeros(rows, np.int64), gains, np.ones(rows)), "a")


@pytest.mark.parametrize("rows", [np.zeros((2, 4)), np.zeros(3), np.full((1, 3), np.nan)])
def test_rows_that_arent_features_are_refused(boosted: Boosted, rows: np.ndarray) -> None:
    with pytest.raises(InvalidValue):
        boosted.contributions(rows)


def test_no_rows_have_no_scores(boosted: Boosted) -> None:
    assert boosted.scores(np.zeros((0, 3))).shape == (0,)


def test_without_lightgbm_the_extra_is_named_and_the_state_is_kept(
    boosted: Boosted, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = boosted.to_mapping()
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    kept = Boosted.from_mapping(state)
    assert not kept.usable
    assert kept.to_mapping() == state
    rows = lists.features[:2]
    for call in (lambda: fit_boosted(lists, NAMES), lambda: kept.scores(rows)):
        with pytest.raises(UsageError) as caught:
            call()
        assert "tech-matcher[boost]" in str(caught.value)


def test_without_lightgbm_damage_is_still_seen(
    boosted: Boosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(InvalidValue):
        Boosted.from_mapping(changed(boosted.to_mapping(), "cut short"))
