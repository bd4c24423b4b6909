"""Arrays that grow at their end while those who hold an earlier state go on reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
# Numbers there is room for from the start.
LEAST = 64


class _Room:
    """Memory of which the first `used` places are taken."""

    __slots__ = ("memory", "used")

    def __init__(self, memory: Values, used: int) -> None:
        self.memory, self.used = memory, used


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """One state of an array. values: read-only; what comes later is put behind them in place.

    Each value is copied about once, however many steps it takes. Not for several threads that make
    it grow at once.
    """

    values: Values
    room: _Room

    @classmethod
    def of(cls, values: Values) -> Grown:
        """A copy of one-dimensional values to begin with."""
        return cls(values[:0], _Room(values[:0], 0)).followed_by(values)

    def followed_by(self, more: Values) -> Grown:
        """The same with more values of the same type behind; this one stays as it is."""
        there, size = len(self.values), len(self.values) + len(more)
        room = self.room
        if room.used != there or size > len(room.memory):
            room = _Room(np.empty(max(2 * size, LEAST), self.values.dtype), there)
            room.memory[:there] = self.values
        room.memory[there:size] = more
        room.used = size
        values = room.memory[:size]
        values.setflags(write=False)
        return Grown(values, room)
