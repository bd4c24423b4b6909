"""Popularity and chance: what they rank, and in which order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluate.baselines import chance, on_names, popular, popularity, top
from matcher.evaluate.pairs import Pairs

IDS = ("o0", "o1", "o2", "o3")
TRAIN = Pairs(
    ("n0", "n1"),
    IDS,
    np.array([0, 1, 0, 0, 1], np.int32),
    np.array([1, 1, 2, 3, 3], np.int32),
    np.ones(5, np.int32),
    np.array([0.5, 0.25, 1.0, -1.0, 0.25], np.float32),
)


def names(ranking: list[tuple[str, float]]) -> list[str]:
    return [name for name, _ in ranking]


def test_popularity_is_the_sum_of_positive_grades() -> None:
    assert popular(TRAIN) == pytest.approx([0, 0.75, 1.0, 0.25])


def test_the_popular_ones_come_first_and_the_others_by_id() -> None:
    found = popularity(TRAIN, {"n0": 9, "new": 2}, {*IDS, "later"})
    assert names(found["n0"]) == ["o2", "o1", "o3", "later", "o0"]
    assert names(found["new"]) == ["o2", "o1"]


def test_what_is_not_allowed_is_not_popular() -> None:
    assert names(popularity(TRAIN, {"n0": 9}, {"o0", "o1"})["n0"]) == ["o1", "o0"]


def test_without_askers_or_candidates_there_is_nothing_to_rank() -> None:
    assert popularity(TRAIN, {}, IDS) == {}
    assert popularity(TRAIN, {"n0": 5}, ()) == {"n0": []}
    assert chance({"n0": 5}, ()) == {"n0": []}


def test_chance_is_seeded_and_differs_from_asker_to_asker() -> None:
    many = [f"o{number}" for number in range(50)]
    first, again = (chance({"n0": 50, "n1": 50}, many, seed=1) for _ in range(2))
    assert first == again
    assert sorted(names(first["n0"])) == sorted(many)
    assert names(first["n0"]) != names(first["n1"])
    assert chance({"n0": 50}, many, seed=2) != chance({"n0": 50}, many, seed=1)


def test_chance_puts_every_candidate_first_alike_often() -> None:
    askers = {f"n{number:04}": 1 for number in range(4000)}
    firsts = [ranking[0][0] for ranking in chance(askers, IDS).values()]
    assert [firsts.count(id_) for id_ in IDS] == pytest.approx([1000] * 4, rel=0.1)


def test_rows_follow_their_names_and_are_zero_without_one() -> None:
    rows = np.array([[1, 2], [3, 4]], np.float32)
    assert on_names(rows, ("b", "a"), ["a", "b", "c"]).tolist() == [[3, 4], [1, 2], [0, 0]]


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, -1.0]), max_size=12), st.integers(0, 15))
def test_the_top_is_the_head_of_a_stable_sort(scores: list[float], wanted: int) -> None:
    ids = [f"o{number:02}" for number in range(len(scores))]
    found = top(ids, np.array(scores, np.float32), wanted)
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], ids[place]))
    assert found == [(ids[place], scores[place]) for place in order[:wanted]]
