"""Sketches: what may be among the best is never left out, or nothing is said."""

from __future__ import annotations

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.index import dense
from matcher.index.bitmap import Allowed
from matcher.index.dense import DenseSegment, inner_products
from matcher.index.port import Space, SpaceKind
from matcher.index.sketch import BEYOND, Sketch

Matrix = NDArray[np.float32]


def drawn(rows: int, dimension: int, seed: int, scale: float = 1.0) -> Matrix:
    array = np.random.default_rng(seed).standard_normal((rows, dimension)) * scale
    return array.astype(np.float32)


def best(scores: NDArray[np.float32], k: int) -> set[int]:
    """The k best, and all that tie with the last of them."""
    least = np.sort(scores)[-k]
    return set(np.flatnonzero(scores >= least).tolist())


def found_by(
    vectors: Matrix, query: Matrix, k: int, selected: faiss.SearchParameters | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float32]] | None:
    return Sketch.of(vectors).candidates(
        query, k, selected, lambda rows: inner_products(query[None], vectors[rows])[0]
    )


@given(
    rows=st.integers(1, 600),
    dimension=st.integers(1, 80),
    k=st.integers(1, 30),
    seed=st.integers(0, 2**32 - 1),
    scale=st.sampled_from([1e-20, 1e-6, 1.0, 100.0]),
    shift=st.sampled_from([0.0, 1.0, 100.0]),
)
@settings(deadline=None)
def test_the_best_are_among_the_candidates_with_their_scores(
    rows: int, dimension: int, k: int, seed: int, scale: float, shift: float
) -> None:
    vectors = drawn(rows, dimension, seed, scale) + np.float32(shift * scale)
    query = drawn(1, dimension, seed + 1)[0]
    k = min(k, rows)
    scores = inner_products(query[None], vectors)[0]
    found = found_by(vectors, query, k)
    if found is not None:
        there, told = found
        assert best(scores, k) <= set(there.tolist())
        assert len(set(there.tolist())) == len(there)
        assert (told == scores[there]).all()


def test_of_vectors_in_all_directions_it_is_sure() -> None:
    found = found_by(drawn(5000, 64, 1), drawn(1, 64, 2)[0], 10)
    assert found is not None
    assert 10 <= len(found[0]) < 10 + BEYOND


def test_it_is_not_sure_of_rows_that_are_all_alike() -> None:
    vectors = np.repeat(drawn(1, 64, 1), 500, axis=0)
    assert found_by(vectors, vectors[0], 10) is None


def test_a_query_of_nothing_can_not_be_sure_of_anything() -> None:
    assert found_by(drawn(500, 64, 1), np.zeros(64, np.float32), 10) is None


def test_where_every_row_was_looked_at_it_is_sure() -> None:
    vectors = np.ones((BEYOND, 4), np.float32)
    found = found_by(vectors, np.ones(4, np.float32), 10)
    assert found is not None
    assert len(found[0]) == BEYOND


def test_only_what_is_selected_is_a_candidate() -> None:
    vectors, query = drawn(5000, 64, 1), drawn(1, 64, 2)[0]
    mask = np.zeros(5000, bool)
    mask[::40] = True
    bits = Allowed.of_mask(mask)
    selector = faiss.IDSelectorBitmap(bits.bits)  # type: ignore[call-arg, arg-type]
    found = found_by(vectors, query, 5, faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
    assert found is not None
    assert mask[found[0]].all()
    scores = np.where(mask, inner_products(query[None], vectors)[0], np.float32(-np.inf))
    assert best(scores, 5) <= set(found[0].tolist())


def test_a_row_is_off_by_what_a_float16_can_not_hold() -> None:
    vectors = np.array([[1, 2, 3], [1, 2, 3 + 2**-10]], np.float32)
    sketch = Sketch.of(vectors)
    # Between 2 and 4 a float16 has steps of 2**-9.
    assert sketch.off == 2**-10
    assert sketch.widest == pytest.approx(14**0.5, rel=1e-3)


def test_a_segment_of_vectors_too_long_for_it_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "SKETCHED", 1)
    space = Space("content", SpaceKind.DENSE, 64)
    vectors = drawn(20, 64, 1)
    assert DenseSegment.build(space, np.arange(20), vectors).sketch is not None
    assert DenseSegment.build(space, np.arange(20), vectors * np.float32(1e5)).sketch is None


@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([1.0, 0.6, 0.3]))
@settings(deadline=None, max_examples=25)
def test_a_segment_finds_the_same_with_a_sketch_and_without(seed: int, share: float) -> None:
    space = Space("content", SpaceKind.DENSE, 64)
    # Few different rows, so that many tie.
    vectors = drawn(300, 64, seed)[np.random.default_rng(seed).integers(0, 300, 700)]
    live = Allowed.of_mask(np.random.default_rng(seed + 1).random(700) < share)
    queries = np.concatenate([drawn(3, 64, seed + 2), np.zeros((1, 64), np.float32), vectors[:2]])
    plain = DenseSegment.build(space, np.arange(700), vectors)
    assert plain.sketch is None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense, "SKETCHED", 1)
        sketched = DenseSegment.build(space, np.arange(700), vectors)
    assert sketched.sketch is not None
    one, other = (each.search(queries, 20, live) for each in (plain, sketched))
    assert (one.ids == other.ids).all()
    assert (one.scores == other.scores).all()
