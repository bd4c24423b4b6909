"""Pairs of near texts: from both sides, each once, never of one item."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matcher.recommend.pairs import NEAREST, nearest, unit_rows
from matcher.recommend.parts import Parts


def parts(content: np.ndarray, chinese: list[bool], owners: list[int] | None = None) -> Parts:
    """Parts whose concepts are their contents, as far as these are above 0."""
    rows = np.asarray(content, np.float32)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    concepts = sparse.csr_array(np.maximum(rows, 0))
    places = np.array(owners if owners is not None else range(len(rows)), np.int64)
    return Parts(places, np.array(chinese), [""] * len(rows), concepts, unit)


def random_parts(count: int, seed: int = 0) -> Parts:
    rng = np.random.default_rng(seed)
    return parts(rng.normal(size=(count, 8)), rng.random(count) < 0.5)  # type: ignore[arg-type]


def test_pairs_are_ordered_and_there_once() -> None:
    pairs = nearest(random_parts(60), np.ones(60, bool))
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)


def test_the_nearest_of_either_language_is_among_the_pairs() -> None:
    some = random_parts(80)
    pairs = {tuple(pair) for pair in nearest(some, np.ones(80, bool)).tolist()}
    likeness = some.content @ some.content.T
    np.fill_diagonal(likeness, -2)
    for chinese in (True, False):
        pool = np.flatnonzero(some.chinese == chinese)
        best = pool[likeness[:, pool].argmax(axis=1)].tolist()
        assert {tuple(sorted(pair)) for pair in enumerate(best)} <= pairs


def test_parts_of_one_item_are_no_pair() -> None:
    some = parts(np.eye(4) + 0.1, [True, False, True, False], owners=[0, 0, 1, 1])
    pairs = nearest(some, np.ones(4, bool)).tolist()
    assert pairs == [[0, 2], [0, 3], [1, 2], [1, 3]]


def test_who_is_asked_gets_the_pairs_that_everybody_would_get() -> None:
    some = random_parts(100)
    asked = np.zeros(100, bool)
    asked[:7] = True
    few = {tuple(pair) for pair in nearest(some, asked).tolist()}
    own = {pair for pair in few if pair[0] < 7}
    every = {tuple(pair) for pair in nearest(some, np.ones(100, bool)).tolist()}
    assert few <= every
    assert len(own) >= 7 * NEAREST // 2


def test_of_nobody_there_are_no_pairs() -> None:
    some = random_parts(10)
    assert nearest(some, np.zeros(10, bool)).shape == (0, 2)
    assert nearest(random_parts(1), np.ones(1, bool)).shape == (0, 2)


def test_rows_get_the_length_one_and_empty_ones_stay_empty() -> None:
    rows = unit_rows(sparse.csr_array(np.array([[3.0, 4.0], [0.0, 0.0]])))
    assert np.allclose(rows.toarray(), [[0.6, 0.8], [0, 0]])
