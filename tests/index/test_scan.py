"""Many queries with a filter each: what they find alone, whatever else is asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from matcher.errors import InvalidValue, UsageError
from matcher.index import scan
from matcher.index.bitmap import Allowed
from matcher.index.dense import LEAST_QUERIES
from matcher.index.embedded import EmbeddedRetriever
from matcher.index.port import Space, SpaceKind, Storage
from matcher.index.scan import proposals

SPACES = [
    Space("flat", SpaceKind.DENSE, 8),
    Space("coded", SpaceKind.DENSE, 8, Storage.SQ8),
    Space("sparse", SpaceKind.SPARSE, 8),
]
Matrix = NDArray[np.float32]


def drawn(rows: int, seed: int) -> Matrix:
    """Few different rows, so that many tie."""
    dice = np.random.default_rng(seed)
    return dice.integers(0, 3, (rows, 8)).astype(np.float32)


def retriever(seed: int, rows: int = 200) -> EmbeddedRetriever:
    """Of several segments, with some rows dead."""
    made, first = EmbeddedRetriever(SPACES), drawn(rows, seed)
    for ids in (np.arange(rows - 9), np.arange(rows - 9, rows)):
        dense = first[ids]
        given = {"flat": dense, "coded": dense, "sparse": sparse.csr_array(dense)}
        made.upsert(ids, given)
    made.delete(np.arange(0, rows, 7))
    return made


@pytest.mark.parametrize("space", [space.name for space in SPACES])
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(1, 3 * LEAST_QUERIES),
    k=st.integers(1, 40),
)
@settings(deadline=None, max_examples=25)
def test_each_finds_what_it_finds_alone(space: str, seed: int, count: int, k: int) -> None:
    index, dice = retriever(seed), np.random.default_rng(seed + 1)
    queries = drawn(count, seed + 2)
    queries[0] = 0
    asked = sparse.csr_array(queries) if space == "sparse" else queries
    masks = [dice.random(200) < share for share in dice.choice([0, 0.02, 0.5, 1], count)]
    allowed = [Allowed.of_mask(mask) for mask in masks]
    found = index.search_each(space, asked, k, allowed)
    for row, own in enumerate(allowed):
        alone = index.search(space, asked[row : row + 1], k, own)
        assert found.ids[row].tolist() == alone.ids[0].tolist()
        assert found.scores[row].tolist() == alone.scores[0].tolist()


def test_small_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    index, queries = retriever(5), drawn(9, 6)
    allowed = [Allowed.first(100 + row) for row in range(9)]
    before = index.search_each("flat", queries, 10, allowed)
    monkeypatch.setattr(scan, "BLOCK", 400)
    monkeypatch.setattr(scan, "ROWS", 7)
    after = index.search_each("flat", queries, 10, allowed)
    assert before.ids.tolist() == after.ids.tolist()


def test_all_that_may_be_among_the_best_are_proposed() -> None:
    vectors = np.array([[1], [3], [2], [3 - 2.0**-20]], np.float32)
    queries = np.ones((1, 1), np.float32)
    errors = np.array([2.0**-20], np.float32)
    [near] = proposals(vectors, queries, 1, [Allowed.first(4)], errors)
    assert near.tolist() == [1, 3]
    [few] = proposals(vectors, queries, 3, [Allowed.of_ids(np.array([0, 2]))], errors)
    assert few.tolist() == [0, 2]


def test_there_is_a_filter_for_each_query() -> None:
    with pytest.raises(InvalidValue, match="1 filters for 2 queries"):
        retriever(1).search_each("flat", drawn(2, 1), 1, [Allowed.first(3)])
    with pytest.raises(UsageError, match="0 results"):
        retriever(1).search_each("flat", drawn(1, 1), 0, [Allowed.first(3)])
