"""Spaces, records and a brute-force oracle for the tests of retrievers."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy import sparse

from matcher.index import Hits, Retriever, Space, SpaceKind, Storage, Vectors

DIMENSION = 4
FLAT = Space("content", SpaceKind.DENSE, DIMENSION)
SQ8 = Space("content", SpaceKind.DENSE, DIMENSION, Storage.SQ8)
SPARSE = Space("concepts", SpaceKind.SPARSE, DIMENSION)

NewRetriever = Callable[[Sequence[Space]], Retriever]
Rows = Mapping[int, tuple[float, ...]]


def as_vectors(space: Space, rows: object) -> Vectors:
    """`rows` as the space takes them; negative components become 0 in a sparse one."""
    array = np.array(rows, np.float32).reshape(-1, space.dimension)
    return sparse.csr_array(np.maximum(array, 0)) if is_sparse(space) else array


def is_sparse(space: Space) -> bool:
    return space.kind is SpaceKind.SPARSE


def as_ids(ids: object) -> NDArray[np.int64]:
    return np.array(list(ids), np.int64)  # type: ignore[call-overload]


def write(retriever: Retriever, space: Space, rows: Rows) -> None:
    retriever.upsert(as_ids(rows), {space.name: as_vectors(space, list(rows.values()))})


def drawn(space: Space, rows: int, seed: int = 0) -> NDArray[np.float32]:
    """Random components, half of them 0 in a sparse space."""
    array = np.random.default_rng(seed).standard_normal((rows, space.dimension))
    return np.maximum(array, 0 if is_sparse(space) else -np.inf).astype(np.float32)


def expected(space: Space, rows: Rows, query: object, k: int, allowed: set[int] | None) -> Hits:
    """Every row scored, sorted by (-score, id), cut at k."""
    query = np.array(query, np.float64)
    if is_sparse(space):
        query = np.maximum(query, 0)
    scored = [
        (-float(np.dot(np.maximum(row, 0) if is_sparse(space) else row, query)), each)
        for each, row in rows.items()
        if allowed is None or each in allowed
    ]
    best = sorted(pair for pair in scored if pair[0] or not is_sparse(space))[:k]
    hits = Hits.empty(1, k)
    for place, (score, each) in enumerate(best):
        hits.ids[0, place], hits.scores[0, place] = each, -score
    return hits


def assert_same(found: Hits, wanted: Hits) -> None:
    assert found.ids.dtype == np.int64
    assert found.scores.dtype == np.float32
    assert_array_equal(found.ids, wanted.ids)
    assert_allclose(found.scores, wanted.scores, rtol=1e-5, atol=1e-6)


class RetrieverCases:
    """An empty retriever and a small one, in each kind of space."""

    @pytest.fixture(scope="class", params=[FLAT, SQ8, SPARSE], ids=["flat", "sq8", "sparse"])
    @classmethod
    def space(cls, request: pytest.FixtureRequest) -> Space:
        found: Space = request.param
        return found

    @pytest.fixture
    def retriever(self, new_retriever: NewRetriever, space: Space) -> Retriever:
        return new_retriever([space])

    @pytest.fixture
    def filled(self, retriever: Retriever, space: Space) -> Retriever:
        """Ids 2, 3, 5 and 7; 3 and 5 have the same vector."""
        rows = {7: (1, 0, 0, 0), 2: (0, 2, 0, 1), 5: (1, 1, 0, 0), 3: (1, 1, 0, 0)}
        write(retriever, space, rows)
        return retriever
