"""A set of ids as one bit each, which a search takes as its filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """An immutable set of ids; it goes on without end, and all beyond `bits` is not allowed.

    bits: uint8[⌈n / 8⌉], where id i is bit i mod 8, counted from the lowest, of byte i // 8.
    It is the layout of `faiss.IDSelectorBitmap`.
    """

    bits: NDArray[np.uint8]

    def __post_init__(self) -> None:
        self.bits.setflags(write=False)

    @classmethod
    def none(cls) -> Self:
        """No id at all."""
        return cls(np.zeros(0, np.uint8))

    @classmethod
    def first(cls, n: int) -> Self:
        """The ids 0 … n - 1."""
        return cls.of_mask(np.ones(n, np.bool_))

    @classmethod
    def of_mask(cls, mask: NDArray[np.bool_]) -> Self:
        """The positions where `mask`, bool[n], is true."""
        return cls(np.packbits(mask, bitorder="little"))

    @classmethod
    def of_ids(cls, ids: NDArray[np.int64]) -> Self:
        """The ids given, in any order and as often as may be; raises InvalidValue below 0."""
        if ids.size and ids.min() < 0:
            raise InvalidValue(
                f"{ids.min()} can't be an id.", field="ids", hint="Ids are row numbers from 0 up."
            )
        mask = np.zeros(int(ids.max()) + 1 if ids.size else 0, np.bool_)
        mask[ids] = True
        return cls.of_mask(mask)

    def __and__(self, other: Allowed) -> Allowed:
        """What both allow."""
        size = min(self.bits.size, other.bits.size)
        return Allowed(self.bits[:size] & other.bits[:size])

    def __or__(self, other: Allowed) -> Allowed:
        """What either allows."""
        size = max(self.bits.size, other.bits.size)
        return Allowed(self._padded(size) | other._padded(size))

    def __sub__(self, other: Allowed) -> Allowed:
        """What this allows and `other` doesn't."""
        size = self.bits.size
        return Allowed(self.bits & ~other._padded(size)[:size])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Allowed):
            return NotImplemented
        size = max(self.bits.size, other.bits.size)
        return np.array_equal(self._padded(size), other._padded(size))

    __hash__ = None  # type: ignore[assignment]  # equal sets may differ in their padding

    def count(self) -> int:
        """The number of ids."""
        return int(np.bitwise_count(self.bits).sum(dtype=np.int64))

    def ids(self) -> NDArray[np.int64]:
        """The ids, ascending."""
        return np.flatnonzero(self.mask(8 * self.bits.size))

    def mask(self, n: int) -> NDArray[np.bool_]:
        """bool[n]: whether each of the ids 0 … n - 1 is in."""
        size = (n + 7) // 8
        bits = self._padded(size)[:size]
        return np.unpackbits(bits, count=n, bitorder="little").view(np.bool_)

    def contains(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool, shaped like `ids`: whether each is in; a negative id never is."""
        if not self.bits.size:
            return np.zeros(ids.shape, np.bool_)
        inside = (ids >= 0) & (ids < 8 * self.bits.size)
        known = np.where(inside, ids, 0)
        bit = (self.bits[known >> 3] >> (known & 7).astype(np.uint8)) & 1
        members: NDArray[np.bool_] = np.logical_and(inside, bit)
        return members

    def take(self, ids: NDArray[np.int64]) -> Allowed:
        """The positions i where `ids[i]` is in; `ids` ascends without repeats, none below 0."""
        if ids.size and ids[-1] == ids.size - 1:
            # 0 … n - 1, as in an index that was built at once: nothing to look up.
            return self & Allowed.first(ids.size)
        return Allowed.of_mask(self.contains(ids))

    def _padded(self, size: int) -> NDArray[np.uint8]:
        missing = size - self.bits.size
        return np.pad(self.bits, (0, missing)) if missing > 0 else self.bits
