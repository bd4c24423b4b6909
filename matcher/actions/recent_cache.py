"""What this process made last: the second look at it costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class RecentCache(Generic[T]):
    """Answers by what they were made of, for any number of threads.

    Whatever may change an answer is part of its key, so that nothing has to be thrown away by hand.
    most: answers that are kept; of more, those that nobody looked at for longest go.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """The answer that was made of this, None where it isn't kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, made: T) -> None:
        """Keep an answer."""
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
