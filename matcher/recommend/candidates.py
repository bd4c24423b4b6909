"""Who may be proposed: items by place, their ids, what they state, and which still count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from matcher.domain.item import Item
from matcher.recommend.columns import Columns, Mask
from matcher.recommend.followed import Followed
from matcher.recommend.ids import Ids, Names, Places


class Joined(Sequence[Item]):
    """Items that were there before and items that came later, as one sequence."""

    def __init__(self, first: Sequence[Item], later: Followed[Item]) -> None:
        self.first, self.later = first, later

    def __len__(self) -> int:
        return len(self.first) + len(self.later)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        places = range(len(self))[place]
        return self._at(places) if isinstance(places, int) else [self._at(i) for i in places]

    def _at(self, place: int) -> Item:
        first = len(self.first)
        return self.first[place] if place < first else self.later[place - first]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates(Sequence[Item]):
    """Items at places 0 … n - 1. live: bool[n], false for what was replaced or removed.

    A change makes a new value; places never change, so that index rows stay what they are.
    """

    items: Sequence[Item]
    ids: Ids
    columns: Columns
    live: Mask

    @classmethod
    def of(cls, items: Sequence[Item]) -> Candidates:
        """These items, all live."""
        ids = Ids.of([item.id for item in items])
        return cls(items, ids, Columns.of(items), np.ones(len(items), bool))

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self.items[place]

    def ids_at(self, places: Places) -> Names:
        """object[k]: the ids of the items at these places."""
        return self.ids.at(places)

    def places(self, ids: Iterable[str]) -> Places:
        """Where the live items of these ids are; those that aren't there are left out."""
        found = self.ids.places(ids)
        return found[self.live[found]]

    def without(self, ids: Collection[str]) -> Candidates:
        """The same with these ids removed; those that aren't there are ignored."""
        live = self.live.copy()
        live[self.places(ids)] = False
        return replace(self, live=live, ids=self.ids.without(ids))

    def with_items(self, items: Sequence[Item]) -> Candidates:
        """The same with these items behind the others; none of their ids is live."""
        there = self.items
        before = there if isinstance(there, Joined) else Joined(there, Followed[Item]())
        return replace(
            self,
            items=Joined(before.first, before.later.followed_by(items)),
            ids=self.ids.with_later([item.id for item in items]),
            columns=self.columns.with_items(items),
            live=np.append(self.live, np.ones(len(items), bool)),
        )
