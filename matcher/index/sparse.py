"""A segment of sparse vectors: rows for exact scores, postings for search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.index.bitmap import Allowed
from matcher.index.port import Hits, Space
from matcher.index.postings import Postings
from matcher.index.topk import kth_largest, put_best

# Components of the queries that are made dense at a time: 32 MB.
BLOCK = 1 << 23


@dataclass(frozen=True, eq=False)
class SparseSegment:
    """Immutable rows. ids: int64[n], ascending; `rows`: CSR of n × d; `opened`: from a file.

    A sum runs over the terms in ascending order, in `search` and in `score`, so that both say
    the same to the bit.
    """

    ids: NDArray[np.int64]
    rows: sparse.csr_array
    opened: Postings | None = None

    @cached_property
    def postings(self) -> Postings:
        """The rows by column, made for the first search: many a segment is merged before it."""
        return Postings.of(self.rows) if self.opened is None else self.opened

    @classmethod
    def build(cls, space: Space, ids: NDArray[np.int64], vectors: sparse.csr_array) -> Self:
        """Make a segment of checked vectors; `ids` may be in any order, without repeats."""
        ascending = bool((np.diff(ids) > 0).all())
        order = np.argsort(ids)
        # To pick rows takes much longer than to copy all of them.
        rows = vectors.copy() if ascending else vectors[order]
        return cls(ids[order], rows)

    @classmethod
    def merge(cls, space: Space, parts: Sequence[tuple[Self, NDArray[np.int64]]]) -> Self:
        """Make one segment of the given rows of several."""
        ids = np.concatenate([segment.ids[rows] for segment, rows in parts])
        kept = [
            segment.rows if len(rows) == len(segment) else segment.rows[rows]
            for segment, rows in parts
        ]
        stacked = sparse.vstack(kept, format="csr")
        return cls.build(space, ids, stacked)

    def __len__(self) -> int:
        return len(self.ids)

    def score(self, queries: sparse.csr_array, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[n, m]: every query with every row."""
        selected = self.rows[rows]
        if queries.shape[0] > len(rows):
            return np.ascontiguousarray(_products(queries, selected).T)
        return _products(selected, queries)

    def take(self, rows: NDArray[np.int64]) -> sparse.csr_array:
        """Return a copy of the vectors of the rows."""
        return sparse.csr_array(self.rows[rows])

    def search(self, queries: sparse.csr_array, k: int, live: Allowed) -> Hits:
        """Return the k best of the `live` rows that share a term, for CSR queries of n × d."""
        hits = Hits.empty(queries.shape[0], k)
        mask = live.mask(len(self))
        for row in range(len(hits)):
            self._put(hits, row, queries, k, mask)
        return hits

    def search_each(self, queries: sparse.csr_array, k: int, lives: Sequence[Allowed]) -> Hits:
        """The same for each query of the rows that are live for it."""
        hits = Hits.empty(queries.shape[0], k)
        for row, live in enumerate(lives):
            self._put(hits, row, queries, k, live.mask(len(self)))
        return hits

    def _put(
        self, hits: Hits, row: int, queries: sparse.csr_array, k: int, mask: NDArray[np.bool_]
    ) -> None:
        part = slice(queries.indptr[row], queries.indptr[row + 1])
        terms, weights = queries.indices[part], queries.data[part]
        scores = self.postings.products(terms, weights)
        shared = np.flatnonzero((scores > 0) & mask)
        # Found among the scores above 0 alone: a partition slows down on a mass of zeros.
        reached = shared[scores[shared] >= kth_largest(scores[shared], k)]
        put_best(hits, row, self.ids[reached], scores[reached], k)


def _products(left: sparse.csr_array, right: sparse.csr_array) -> NDArray[np.float32]:
    """float32[rows of right, rows of left]: of each pair; the right ones are made dense.

    Either way round a pair sums the same products in the same order.
    """
    scores = np.empty((right.shape[0], left.shape[0]), np.float32)
    step = max(1, BLOCK // right.shape[1])
    for start in range(0, len(scores), step):
        block = slice(start, start + step)
        scores[block] = (left @ right[block].toarray().T).T
    return scores
