"""The k best against a plain sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.index.port import Hits
from matcher.index.topk import kth_largest, merged, put_best

scored = st.dictionaries(st.integers(0, 99), st.integers(-4, 4).map(float), max_size=30)


def best(scores: dict[int, float], k: int) -> Hits:
    hits = Hits.empty(1, k)
    ids = np.array(list(scores), np.int64)
    put_best(hits, 0, ids, np.array(list(scores.values()), np.float32), k)
    return hits


def sorted_pairs(scores: dict[int, float], k: int) -> list[tuple[int, float]]:
    pairs = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
    return pairs + [(-1, -np.inf)] * (k - len(pairs))


def as_pairs(hits: Hits) -> list[tuple[int, float]]:
    return list(zip(hits.ids[0].tolist(), hits.scores[0].tolist(), strict=True))


@given(scores=scored, k=st.integers(1, 35))
def test_best_is_a_sort_by_score_then_id(scores: dict[int, float], k: int) -> None:
    assert as_pairs(best(scores, k)) == sorted_pairs(scores, k)


@given(scores=scored, k=st.integers(1, 35), cut=st.integers(0, 99))
def test_the_best_of_parts_are_the_best_of_the_whole(
    scores: dict[int, float], k: int, cut: int
) -> None:
    low = {each: score for each, score in scores.items() if each < cut}
    high = {each: score for each, score in scores.items() if each >= cut}
    assert as_pairs(merged([best(high, k), best(low, k)], k)) == sorted_pairs(scores, k)


def test_other_rows_stay_as_they_are() -> None:
    hits = Hits.empty(2, 1)
    put_best(hits, 1, np.array([4]), np.array([2], np.float32), 1)
    assert hits.ids.tolist() == [[-1], [4]]


def test_kth_largest_counts_repeats() -> None:
    scores = np.array([1, 3, 3, 2], np.float32)
    assert [kth_largest(scores, k) for k in (1, 2, 3, 4, 5)] == [3, 3, 2, 1, -np.inf]
