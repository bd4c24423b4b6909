"""Sparse segments: sums over shared terms, in search and in score alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy import sparse as matrices

from matcher.index import sparse
from matcher.index.bitmap import Allowed
from matcher.index.port import Space, SpaceKind
from matcher.index.sparse import SparseSegment

TERMS = 30
CONCEPTS = Space("concepts", SpaceKind.SPARSE, TERMS)


def drawn(rows: int, seed: int) -> matrices.csr_array:
    """Random weights, two thirds of them 0."""
    random = np.random.default_rng(seed)
    kept = random.random((rows, TERMS)) < 1 / 3
    return matrices.csr_array((random.random((rows, TERMS)) * kept).astype(np.float32))


def segment(ids: list[int], rows: object) -> SparseSegment:
    array = matrices.csr_array(np.array(rows, np.float32))
    return SparseSegment.build(CONCEPTS, np.array(ids, np.int64), array)


@pytest.fixture
def three() -> SparseSegment:
    return segment([4, 1, 9], [[0, 2, 0, 1], [1, 0, 0, 0], [0, 2, 0, 0]])


def query(*weights: float) -> matrices.csr_array:
    return matrices.csr_array(np.array([weights], np.float32))


def test_search_by_hand(three: SparseSegment) -> None:
    found = three.search(query(0, 3, 5, 0.5), 3, Allowed.first(3))
    assert found.ids.tolist() == [[4, 9, -1]]
    assert found.scores.tolist() == [[6.5, 6, -np.inf]]


def test_score_by_hand(three: SparseSegment) -> None:
    assert three.score(query(0, 3, 5, 0.5), np.array([0, 2, 1])).tolist() == [[0, 6, 6.5]]


def test_what_shares_no_term_is_no_hit(three: SparseSegment) -> None:
    assert (three.search(query(0, 0, 1, 0), 2, Allowed.first(3)).ids == -1).all()
    assert (three.search(query(0, 0, 0, 0), 2, Allowed.first(3)).ids == -1).all()


def test_a_dead_row_is_no_hit(three: SparseSegment) -> None:
    live = Allowed.of_ids(np.array([0, 2]))
    assert three.search(query(0, 1, 0, 1), 3, live).ids.tolist() == [[9, -1, -1]]


def test_the_smallest_weights_still_count() -> None:
    least = float(np.nextafter(np.float32(0), np.float32(1)))
    built = segment([0, 1], [[least, 0], [0, 1]])
    assert built.search(query(1, 0), 2, Allowed.first(2)).ids.tolist() == [[0, -1]]


def test_merging_takes_the_rows_named(three: SparseSegment) -> None:
    other = segment([2, 5], [[0, 0, 0, 7], [0, 0, 8, 0]])
    merged = SparseSegment.merge(CONCEPTS, [(three, np.array([0, 2])), (other, np.array([1]))])
    assert merged.ids.tolist() == [1, 5, 9]
    assert merged.rows.toarray().tolist() == [[1, 0, 0, 0], [0, 0, 8, 0], [0, 2, 0, 0]]
    each = [merged.postings.products(np.array([term]), np.ones(1, np.float32)) for term in range(4)]
    assert_array_equal(np.stack(each, axis=1), merged.rows.toarray())


@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 60), k=st.integers(1, 70))
@settings(deadline=None)
def test_search_and_score_agree_with_numpy_and_to_the_bit_with_each_other(
    seed: int, rows: int, k: int
) -> None:
    documents, queries = drawn(rows, seed), drawn(5, seed + 1)
    built = SparseSegment.build(CONCEPTS, np.arange(rows), documents)
    scores = built.score(queries, np.arange(rows))
    wanted: NDArray[np.float32] = queries.toarray() @ documents.toarray().T
    assert_allclose(scores, wanted, rtol=1e-5, atol=1e-6)
    found = built.search(queries, k, Allowed.first(rows))
    for row, line in enumerate(scores):
        best = [int(each) for each in np.lexsort((np.arange(rows), -line)) if line[each] > 0][:k]
        assert found.ids[row].tolist() == best + [-1] * (k - len(best))
        assert found.scores[row, : len(best)].tobytes() == line[best].tobytes()


def test_small_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    built = SparseSegment.build(CONCEPTS, np.arange(40), drawn(40, 0))
    queries = drawn(11, 1)
    whole = built.score(queries, np.arange(40))
    monkeypatch.setattr(sparse, "BLOCK", 4 * TERMS)
    assert built.score(queries, np.arange(40)).tobytes() == whole.tobytes()
