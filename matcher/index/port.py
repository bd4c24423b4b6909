"""The Retriever port: everything that is searched is a filtered inner product on vectors.

Ids are int64 row numbers that the caller hands out (0 ≤ id < 2**31); names of records are
translated elsewhere. Scores are exact and depend on the two vectors alone: not on the order of
writes, on what else is in the batch, or on how the rows are laid out. Ties break by the smaller
id. Of the storages only sq8 may miss a hit; it never misreports one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.errors import InvalidValue
from matcher.index.bitmap import Allowed

# One vector a row: an array for a dense space, a CSR matrix for a sparse one.
Vectors: TypeAlias = NDArray[np.float32] | sparse.csr_array

NO_ID = -1
NO_SCORE = np.float32(-np.inf)


class SpaceKind(StrEnum):
    """What the vectors of a space are made of."""

    DENSE = "dense"
    SPARSE = "sparse"


class Storage(StrEnum):
    """How dense vectors are scanned: as they are, or as one byte a component and then re-scored."""

    FLAT = "flat"
    SQ8 = "sq8"


@dataclass(frozen=True, slots=True)
class Space:
    """A named vector space; `dimension` is the length of its vectors, or its vocabulary's size."""

    name: str
    kind: SpaceKind
    dimension: int
    storage: Storage = Storage.FLAT

    def __post_init__(self) -> None:
        if self.dimension < 1:
            raise InvalidValue(
                f"{self.dimension} is not a dimension for the space {self.name}.",
                field="dimension",
                hint="Give at least 1.",
            )
        if self.kind is SpaceKind.SPARSE and self.storage is not Storage.FLAT:
            raise InvalidValue(
                f"The sparse space {self.name} can't be stored as {self.storage}.",
                field="storage",
                hint="Leave its storage at flat; sq8 is for dense spaces.",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The best rows of n queries, best first.

    ids: int64[n, k], padded with -1. scores: float32[n, k], padded with -inf.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def empty(cls, n: int, k: int) -> Self:
        """`n` rows of nothing but padding, to be written into."""
        return cls(np.full((n, k), NO_ID, np.int64), np.full((n, k), NO_SCORE, np.float32))

    def __len__(self) -> int:
        return len(self.ids)


class Reader(Protocol):
    """What can be asked of an index. Safe to use from any number of threads."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """Every id that is there, ascending."""

    def __len__(self) -> int:
        """The number of ids."""

    def search(self, space: str, vectors: Vectors, k: int, allowed: Allowed | None = None) -> Hits:
        """Return the k best ids of `space` for every query row, of the `allowed` ones alone.

        A dense space ranks every id that has a vector in it; a sparse space returns only ids
        with a score above 0. Where fewer than k are left the rest is padding. `allowed=None`
        allows every id; an id beyond the end of the bitmap is not allowed.

        Raises UsageError for an unknown space or k < 1, InvalidValue for vectors that don't fit.
        """

    def search_each(self, space: str, vectors: Vectors, k: int, allowed: Sequence[Allowed]) -> Hits:
        """The same for many queries, each with its own `allowed`; faster than one by one.

        Raises InvalidValue, too, where there aren't as many queries as filters.
        """

    def score(self, space: str, vectors: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[n, m]: the exact inner product of n query rows with m ids.

        It equals what `search` says of the pair, to the bit. An id without a vector in the
        space, and the padding id -1, score -inf.

        Raises as `search` does.
        """

    def vectors(self, space: str, ids: NDArray[np.int64]) -> Vectors:
        """Return a copy of the vectors of m ids, a row each: float32[m, d], or CSR of m × d.

        An id without a vector in the space has a row of zeros. Raises UsageError for an unknown
        space.
        """


class Retriever(Reader, Protocol):
    """An index that can be written to. One write is seen whole or not at all."""

    def upsert(self, ids: NDArray[np.int64], vectors: Mapping[str, Vectors]) -> None:
        """Give every id its vector in every space named; what it had there before is replaced.

        `vectors[name]` has one row for every id. Spaces that aren't named stay as they are, so
        an id is there once it has a vector in one of them. The arrays are copied.

        Raises DuplicateId when an id occurs twice, UsageError for an unknown space, InvalidValue
        for ids or vectors that don't fit. Nothing is changed then.
        """

    def delete(self, ids: NDArray[np.int64]) -> None:
        """Remove the ids from every space; one that isn't there is ignored.

        So a feed of changes may be replayed.
        """

    def snapshot(self) -> Reader:
        """Return a reader that never sees a later write; it costs nothing to take."""
