"""The worklists that this process made last: the second look at a list costs nothing."""

from __future__ import annotations

from matcher.actions.recent_cache import RecentCache
from matcher.actions.worklist_row import Worklist

MOST = 1000
"""Lists that are kept."""


class WorklistCache(RecentCache[Worklist]):
    """Lists by what they were made of."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)
