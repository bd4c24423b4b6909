"""The worklists that this process made last: the second look at a list costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from matcher.actions.worklist_row import Worklist

MOST = 1000
"""Lists that are kept; of more, those that nobody looked at for longest go."""


class WorklistCache:
    """Lists by what they were made of, for any number of threads.

    Whatever may change a list is part of its key, so that nothing has to be thrown away by hand.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, Worklist] = OrderedDict()

    def get(self, key: Hashable) -> Worklist | None:
        """The list that was made of this, None where it isn't kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, made: Worklist) -> None:
        """Keep a list."""
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
