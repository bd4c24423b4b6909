"""A segment of dense vectors: a flat FAISS index, and one of 8-bit codes where that is asked for.

FAISS only proposes rows. What is returned is scored by `inner_products`, whose result for a pair
depends on that pair alone: FAISS rounds differently with the size of the batch and the place of a
row in it, and of rows with equal scores it keeps any. So it is asked for some more rows than are
wanted, and for everything within reach of the last place where those aren't certain to be enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.index.bitmap import Allowed
from matcher.index.port import Hits, Space, Storage
from matcher.index.scan import proposals
from matcher.index.sketch import LARGEST, Sketch, quantized, rounding
from matcher.index.topk import put_best

# A selection of at most this share of the rows is selective: 8-bit codes aren't used for it.
SELECTIVE = 1 / 8
# Fewer rows than this are scanned as they are: codes would save nothing.
FEWEST_CODED = 4096
# How many rows the codes propose for every one that is asked for, and at least beyond it.
WIDER, BEYOND = 4, 64
# From so many components on a flat segment has a sketch, by which it finds the best of a query.
SKETCHED = 1 << 22
# Vectors of fewer components are as fast to read as they are.
LEAST_DIMENSION = 64
# How many rows more than asked for the flat index proposes, so that near ties are among them.
MARGIN = 16
# Proposals that are made at a time: 12 MB, and FAISS may take twice that beside it.
BLOCK = 1 << 20
Scored = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows and their scores."""
# Rows that are copied out at a time to be scored.
ROWS = 1 << 14
# Queries with at least so many components in all are multiplied by BLAS, which a batch of 16 with
# 256 components gains from and a single query doesn't. By FAISS's own threshold of 128,000 a
# batch of 200 took as long as 200 single queries, which is 13 times as long as with this.
BATCH = 4096
faiss.cvar.distance_compute_blas_threshold = BATCH
# Queries with a filter each, from which on one product of matrices pays.
LEAST_QUERIES = 4
# With a filter FAISS does without BLAS. From so many components on, it's worth copying the rows
# that are left into an index of their own for one search.
COPIED = 2 * BATCH


def inner_products(
    queries: NDArray[np.float32], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return float32[n, m] of float32[n, d] and float32[m, d]; each pair sums in a fixed order."""
    products: NDArray[np.float32] = np.einsum("nd,md->nm", queries, vectors)
    return products


@dataclass(frozen=True, slots=True, eq=False)
class DenseSegment:
    """Immutable rows. ids: int64[n], ascending; `base`: their vectors; `longest`: largest norm.

    `vectors`, float32[n, d], is the memory of `base`, read-only: there is no second copy. `codes`
    holds the same rows as bytes, or is None where they are scanned as they are; `sketch` does where
    nothing may be missed, and is None where that would save nothing.
    """

    ids: NDArray[np.int64]
    base: faiss.IndexFlatIP
    vectors: NDArray[np.float32]
    longest: float
    codes: faiss.IndexScalarQuantizer | None
    sketch: Sketch | None = None

    @classmethod
    def build(cls, space: Space, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> Self:
        """Make a segment of checked vectors; `ids` may be in any order, without repeats."""
        order = np.argsort(ids)
        base = _flat(vectors[order])
        rows = np.asarray(_Memory(base))
        coded = space.storage is Storage.SQ8 and len(rows) >= FEWEST_CODED
        return cls.of_indexes(
            ids[order],
            base,
            quantized(rows, faiss.ScalarQuantizer.QT_8bit) if coded else None,
            _longest(rows),
        )

    @classmethod
    def merge(cls, space: Space, parts: Sequence[tuple[Self, NDArray[np.int64]]]) -> Self:
        """Make one segment of the given rows of several."""
        ids = np.concatenate([segment.ids[rows] for segment, rows in parts])
        return cls.build(
            space, ids, np.concatenate([segment.vectors[rows] for segment, rows in parts])
        )

    def __len__(self) -> int:
        return len(self.ids)

    def score(self, queries: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[n, m]: every query with every row."""
        scores = np.empty((len(queries), rows.size), np.float32)
        for start in range(0, rows.size, ROWS):
            block = slice(start, start + ROWS)
            scores[:, block] = inner_products(queries, self.vectors[rows[block]])
        return scores

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a copy of the vectors of the rows."""
        return self.vectors[rows]

    @classmethod
    def of_indexes(
        cls,
        ids: NDArray[np.int64],
        base: faiss.IndexFlatIP,
        codes: faiss.IndexScalarQuantizer | None,
        longest: float,
    ) -> Self:
        """A segment of indexes that were built before, such as ones mapped from a file."""
        rows = np.asarray(_Memory(base))
        sketched = codes is None and rows.size >= SKETCHED and base.d >= LEAST_DIMENSION
        sketch = Sketch.of(rows) if sketched and longest <= LARGEST else None
        return cls(ids, base, rows, longest, codes, sketch)

    def search(self, queries: NDArray[np.float32], k: int, live: Allowed) -> Hits:
        """Return the k best of the `live` rows for float32[n, d]; at least one row is live."""
        count = live.count()
        most, selective = min(k, count), count <= SELECTIVE * len(self)
        if self.sketch is not None and queries.size < COPIED and not selective:
            scored = self._by_sketch(self.sketch, queries, most, live)
        elif self.codes is not None and not selective:
            scored = self._scored(queries, _by_codes(self.codes, queries, most, live))
        else:
            scored = self._scored(queries, self._by_vectors(queries, most, live))
        hits = Hits.empty(len(queries), k)
        for row, (rows, scores) in enumerate(scored):
            put_best(hits, row, self.ids[rows], scores, k)
        return hits

    def search_each(self, queries: NDArray[np.float32], k: int, lives: Sequence[Allowed]) -> Hits:
        """Return the k best rows for each query of those that are live for it, one at least."""
        hits = Hits.empty(len(queries), k)
        if self.codes is not None or len(queries) < LEAST_QUERIES:
            for row, live in enumerate(lives):
                one = self.search(queries[row : row + 1], k, live)
                hits.ids[row], hits.scores[row] = one.ids[0], one.scores[0]
            return hits
        found = proposals(self.vectors, queries, k, lives, self._errors(queries))
        for row, (rows, scores) in enumerate(self._scored(queries, found)):
            put_best(hits, row, self.ids[rows], scores, k)
        return hits

    def _scored(
        self, queries: NDArray[np.float32], proposals: Iterable[NDArray[np.int64]]
    ) -> Iterator[Scored]:
        for query, rows in zip(queries, proposals, strict=True):
            yield rows, self._scores(query, rows)

    def _scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        own: NDArray[np.float32] = self.score(query[None], rows)[0]
        return own

    def _by_sketch(
        self, sketch: Sketch, queries: NDArray[np.float32], k: int, live: Allowed
    ) -> Iterator[Scored]:
        """Yield, query by query, every row that may be among the k best, and its score."""
        selected = None if live.count() == len(self) else _selected(live)
        for query in queries:
            score = partial(self._scores, query)
            found = sketch.candidates(query, k, selected, score)
            if found is None:
                [found] = self._scored(query[None], self._by_vectors(query[None], k, live))
            yield found

    def _by_vectors(
        self, queries: NDArray[np.float32], k: int, live: Allowed
    ) -> Iterator[NDArray[np.int64]]:
        """Yield, query by query, every row that may be among the k best, ties included."""
        count = live.count()
        if count == k:
            yield from repeat(live.ids(), len(queries))
        elif queries.size < COPIED or count == len(self):
            yield from self._pools(self.base, queries, k, live)
        else:
            rows = live.ids()
            for pool in self._pools(_flat(self.vectors[rows]), queries, k, Allowed.first(count)):
                yield rows[pool]

    def _pools(
        self, index: faiss.IndexFlatIP, queries: NDArray[np.float32], k: int, live: Allowed
    ) -> Iterator[NDArray[np.int64]]:
        """Yield, query by query, the `live` rows of `index` that may be among its k best."""
        count = live.count()
        width = min(k + MARGIN, count)
        selected = None if count == index.ntotal else _selected(live)
        reaches = 2 * self._errors(queries)
        for block, estimates, found in _nearest(index, queries, width, selected):
            # One of the k best scores at least floor - error, so it is estimated at no less
            # than floor - 2 · error. The places are in falling order of the estimates.
            lowest = estimates[:, k - 1] - reaches[block]
            for query, low, scores, rows in zip(
                queries[block], lowest, estimates, found, strict=True
            ):
                if width == count or scores[-1] < low:
                    yield rows[scores >= low]
                elif query.any():
                    yield _within(index, query, low, selected)
                else:
                    # A zero vector ties with every row: the first win, the rest needn't compete.
                    yield live.ids()[:k]

    def _errors(self, queries: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return float32[n]: how far an estimate and a score of each query can lie apart."""
        lengths = np.linalg.norm(queries.astype(np.float64), axis=1)
        errors = [rounding(queries.shape[1], float(length), self.longest) for length in lengths]
        return np.array(errors, np.float32)


@dataclass(frozen=True, slots=True)
class _Memory:
    """What makes numpy read the vectors of an index in place and keep the index alive for it."""

    index: faiss.IndexFlatIP

    @property
    def __array_interface__(self) -> dict[str, Any]:
        shape = (self.index.ntotal, self.index.d)
        plain = faiss.rev_swig_ptr(self.index.get_xb(), shape[0] * shape[1])
        address, _ = plain.__array_interface__["data"]
        read_only = True
        return {**plain.__array_interface__, "shape": shape, "data": (address, read_only)}


def _flat(vectors: NDArray[np.float32]) -> faiss.IndexFlatIP:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _selected(live: Allowed) -> faiss.SearchParameters:
    # Made this way each keeps alive what it points to: the parameters the selector, it the bits.
    # The stubs know only the constructors of the C++ library.
    selector = faiss.IDSelectorBitmap(live.bits)  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _nearest(
    index: faiss.IndexFlatIP,
    queries: NDArray[np.float32],
    width: int,
    selected: faiss.SearchParameters | None,
) -> Iterator[tuple[slice, NDArray[np.float32], NDArray[np.int64]]]:
    """Yield blocks of queries, and the estimates and rows that FAISS finds best for each."""
    step = max(1, BLOCK // width)
    for start in range(0, len(queries), step):
        block = slice(start, start + step)
        estimates, found = index.search(queries[block], width, params=selected)
        yield block, estimates, found


def _within(
    index: faiss.IndexFlatIP,
    query: NDArray[np.float32],
    low: np.float32,
    selected: faiss.SearchParameters | None,
) -> NDArray[np.int64]:
    """Return every selected row whose estimate is at least `low`."""
    below = float(np.nextafter(low, np.float32(-np.inf)))
    _, _, rows = index.range_search(query[None], below, params=selected)
    found: NDArray[np.int64] = rows
    return found


def _by_codes(
    codes: faiss.IndexScalarQuantizer, queries: NDArray[np.float32], k: int, live: Allowed
) -> Iterator[NDArray[np.int64]]:
    """Yield, query by query, the live rows whose codes score best."""
    width = min(codes.ntotal, max(WIDER * k, k + BEYOND))
    _, found = codes.search(queries, width, params=_selected(live))
    for rows in found:
        yield rows[rows >= 0]


def _longest(vectors: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.einsum("nd,nd->n", vectors, vectors, dtype=np.float64).max(initial=0)))
