"""One space as a few immutable segments, each with a bitmap of the rows that still count.

A write makes a new value and leaves the old one as it is, so a reader keeps what it began with.
New rows form a segment of their own; segments of similar size are merged, so that n rows lie in
at most about log2(n) of them and a row is copied as often (Bentley and Saxe, 1980).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.index.bitmap import Allowed
from matcher.index.dense import DenseSegment
from matcher.index.port import NO_SCORE, Hits, Space, SpaceKind, Vectors
from matcher.index.sparse import SparseSegment
from matcher.index.topk import merged

# A new segment takes in the one before it unless that has more than so many times its rows.
GROWTH = 2
# A share of replaced and deleted rows above which everything is written anew.
MOST_DEAD = 0.3


class Segment(Protocol):
    """Immutable rows of one space, in the order of their ids.

    Vectors come in the form that `checked_vectors` gives those of the space's kind.
    """

    @property
    def ids(self) -> NDArray[np.int64]:
        """int64[n], ascending."""

    @classmethod
    def build(cls, space: Space, ids: NDArray[np.int64], vectors: Any) -> Self:
        """Make a segment of vectors under ids in any order."""

    @classmethod
    def merge(cls, space: Space, parts: Sequence[tuple[Self, NDArray[np.int64]]]) -> Self:
        """Make one segment of the given rows of several."""

    def __len__(self) -> int:
        """The number of rows."""

    def score(self, queries: Any, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[n, m]: every query with every row."""

    def search(self, queries: Any, k: int, live: Allowed) -> Hits:
        """Return the k best of the live rows."""

    def search_each(self, queries: Any, k: int, lives: Sequence[Allowed]) -> Hits:
        """Return the k best of the rows that are live for each query, one at least."""

    def take(self, rows: NDArray[np.int64]) -> Any:
        """Return a copy of the vectors of the rows."""


_SEGMENTS: dict[SpaceKind, type[Segment]] = {
    SpaceKind.DENSE: DenseSegment,
    SpaceKind.SPARSE: SparseSegment,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment and the rows of it that weren't replaced or deleted since."""

    segment: Segment
    live: Allowed

    def __len__(self) -> int:
        return self.live.count()

    def without(self, ids: NDArray[np.int64]) -> Leaf:
        """The leaf with the rows of `ids` dead."""
        if not ids.size or ids.min() > self.segment.ids[-1]:
            return self
        rows, _ = self.find(ids)
        return replace(self, live=self.live - Allowed.of_ids(rows)) if rows.size else self

    def find(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the live rows among `ids`, and the positions in `ids` where they are named."""
        rows = np.minimum(np.searchsorted(self.segment.ids, ids), len(self.segment) - 1)
        named = np.flatnonzero((self.segment.ids[rows] == ids) & self.live.contains(rows))
        return rows[named], named


@dataclass(frozen=True, slots=True)
class Segments:
    """The rows of one space. Every method returns; none changes anything."""

    space: Space
    leaves: tuple[Leaf, ...] = ()

    def __len__(self) -> int:
        return sum(map(len, self.leaves))

    def search(self, queries: Vectors, k: int, allowed: Allowed | None) -> Hits:
        """Return the k best allowed ids for checked queries."""
        parts = [
            leaf.segment.search(queries, k, live)
            for leaf, live in self._narrowed(allowed)
            if live.count()
        ]
        return merged(parts, k) if parts else Hits.empty(queries.shape[0], k)

    def search_each(self, queries: Vectors, k: int, allowed: Sequence[Allowed]) -> Hits:
        """Return the k best ids for each checked query, of those allowed for it."""
        parts = [_each(leaf, queries, k, allowed) for leaf in self.leaves]
        return merged(parts, k) if parts else Hits.empty(queries.shape[0], k)

    def score(self, queries: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[n, m] for checked queries; -inf for an id without a vector here."""
        scores = np.full((queries.shape[0], ids.size), NO_SCORE, np.float32)
        for leaf in self.leaves:
            rows, named = leaf.find(ids)
            if named.size:
                scores[:, named] = leaf.segment.score(queries, rows)
        return scores

    def vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the vectors of m ids, a row each; zeros for an id without one."""
        if self.space.kind is SpaceKind.DENSE:
            dense = np.zeros((ids.size, self.space.dimension), np.float32)
            for leaf in self.leaves:
                rows, named = leaf.find(ids)
                dense[named] = leaf.segment.take(rows)
            return dense
        found = sparse.csr_array((ids.size, self.space.dimension), dtype=np.float32)
        for leaf in self.leaves:
            rows, named = leaf.find(ids)
            if named.size:
                found = found + _placed(leaf.segment.take(rows), named, ids.size)
        return found

    def compact(self) -> tuple[Segment, ...]:
        """All live rows as one segment; none where there is no row."""
        kept = [leaf for leaf in self.leaves if len(leaf)]
        whole = len(kept) == 1 and len(kept[0]) == len(kept[0].segment)
        return tuple([kept[0].segment if whole else self._joined(kept).segment] if kept else [])

    def upserted(self, ids: NDArray[np.int64], vectors: Vectors) -> Segments:
        """The same with checked vectors under `ids`, in the place of what was there."""
        added = _SEGMENTS[self.space.kind].build(self.space, ids, vectors)
        leaves = [leaf.without(ids) for leaf in self.leaves]
        return self._tidied([*leaves, Leaf(added, Allowed.first(len(added)))])

    def deleted(self, ids: NDArray[np.int64]) -> Segments:
        """The same without `ids`; those that aren't here are ignored."""
        return self._tidied([leaf.without(ids) for leaf in self.leaves])

    def _narrowed(self, allowed: Allowed | None) -> Iterator[tuple[Leaf, Allowed]]:
        for leaf in self.leaves:
            yield leaf, leaf.live if allowed is None else leaf.live & allowed.take(leaf.segment.ids)

    def _tidied(self, leaves: Sequence[Leaf]) -> Segments:
        """Drop dead leaves, merge the newest with those not much larger, compact when worn."""
        kept = [leaf for leaf in leaves if len(leaf)]
        first = 0 if _is_worn(kept) else _first_to_merge(kept)
        tail = kept[first:]
        if len(tail) > 1 or _is_worn(tail):
            tail = [self._joined(tail)]
        return replace(self, leaves=(*kept[:first], *tail))

    def _joined(self, leaves: Sequence[Leaf]) -> Leaf:
        parts = [(leaf.segment, leaf.live.ids()) for leaf in leaves]
        segment = _SEGMENTS[self.space.kind].merge(self.space, parts)
        return Leaf(segment, Allowed.first(len(segment)))


def _each(leaf: Leaf, queries: Vectors, k: int, allowed: Sequence[Allowed]) -> Hits:
    lives = [leaf.live & own.take(leaf.segment.ids) for own in allowed]
    asking = np.flatnonzero([live.count() > 0 for live in lives])
    hits = Hits.empty(queries.shape[0], k)
    if asking.size:
        found = leaf.segment.search_each(queries[asking], k, [lives[row] for row in asking])
        hits.ids[asking], hits.scores[asking] = found.ids, found.scores
    return hits


def _placed(vectors: sparse.csr_array, places: NDArray[np.int64], rows: int) -> sparse.csr_array:
    """The rows of `vectors` at `places` of a matrix with so many rows."""
    order = np.argsort(places)
    lengths = np.zeros(rows + 1, np.int64)
    lengths[places[order] + 1] = np.diff(vectors.indptr)[order]
    ordered = vectors[order]
    parts = (ordered.data, ordered.indices, np.cumsum(lengths))
    return sparse.csr_array(parts, shape=(rows, vectors.shape[1]))


def _first_to_merge(leaves: Sequence[Leaf]) -> int:
    first = max(0, len(leaves) - 1)
    while first and len(leaves[first - 1]) <= GROWTH * sum(map(len, leaves[first:])):
        first -= 1
    return first


def _is_worn(leaves: Sequence[Leaf]) -> bool:
    rows = sum(len(leaf.segment) for leaf in leaves)
    return rows - sum(map(len, leaves)) > MOST_DEAD * rows
