"""The Retriever that lives in the memory of its process, for as many rows as one machine holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InvalidValue, UsageError
from matcher.index.bitmap import Allowed
from matcher.index.port import Hits, Space, Vectors
from matcher.index.segments import Segments
from matcher.index.vectors import checked_ids, checked_new_ids, checked_vectors


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A Reader of one state of an index; nothing changes it."""

    spaces: Mapping[str, Segments]
    known: Allowed

    @property
    def ids(self) -> NDArray[np.int64]:
        return self.known.ids()

    def __len__(self) -> int:
        return self.known.count()

    def search(self, space: str, vectors: Vectors, k: int, allowed: Allowed | None = None) -> Hits:
        segments = self.named(space)
        _refuse_none(k)
        return segments.search(checked_vectors(segments.space, vectors), k, allowed)

    def search_each(self, space: str, vectors: Vectors, k: int, allowed: Sequence[Allowed]) -> Hits:
        segments = self.named(space)
        _refuse_none(k)
        if vectors.shape[0] != len(allowed):
            raise InvalidValue(
                f"There are {len(allowed)} filters for {vectors.shape[0]} queries.",
                field="allowed",
                hint="Give one filter for every query.",
            )
        return segments.search_each(checked_vectors(segments.space, vectors), k, allowed)

    def score(self, space: str, vectors: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        segments = self.named(space)
        return segments.score(checked_vectors(segments.space, vectors), checked_ids(ids))

    def vectors(self, space: str, ids: NDArray[np.int64]) -> Vectors:
        return self.named(space).vectors(checked_ids(ids))

    def named(self, space: str) -> Segments:
        """Return the rows of a space; raises UsageError that names those there are."""
        if space in self.spaces:
            return self.spaces[space]
        raise UsageError(
            f"There is no space {space}.",
            field="space",
            hint=f"The spaces are: {', '.join(self.spaces)}.",
            spaces=list(self.spaces),
        )


def _refuse_none(k: int) -> None:
    if k < 1:
        raise UsageError(
            f"{k} results can't be searched for.", field="k", hint="Ask for 1 or more."
        )


class EmbeddedRetriever:
    """Dense and sparse spaces side by side; see `matcher.index.port.Retriever`.

    A write replaces the current snapshot by a new one, so readers never wait for a writer.
    Writers wait for each other.
    """

    def __init__(self, spaces: Iterable[Space]) -> None:
        """Start empty. Raises InvalidValue where no space is given or two have one name."""
        segments = [Segments(space) for space in spaces]
        by_name = {each.space.name: each for each in segments}
        if not segments or len(by_name) < len(segments):
            raise InvalidValue(
                f"{len(segments)} spaces have {len(by_name)} names.",
                field="spaces",
                hint="Give at least one space, each with a name of its own.",
            )
        self._current = Snapshot(by_name, Allowed.none())
        self._writing = Lock()

    @property
    def ids(self) -> NDArray[np.int64]:
        return self._current.ids

    def __len__(self) -> int:
        return len(self._current)

    def search(self, space: str, vectors: Vectors, k: int, allowed: Allowed | None = None) -> Hits:
        return self._current.search(space, vectors, k, allowed)

    def search_each(self, space: str, vectors: Vectors, k: int, allowed: Sequence[Allowed]) -> Hits:
        return self._current.search_each(space, vectors, k, allowed)

    def score(self, space: str, vectors: Vectors, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._current.score(space, vectors, ids)

    def vectors(self, space: str, ids: NDArray[np.int64]) -> Vectors:
        return self._current.vectors(space, ids)

    @classmethod
    def of(cls, snapshot: Snapshot, more: Iterable[Space] = ()) -> Self:
        """Go on from a snapshot, which stays as it is, with more spaces, which are empty.

        Raises InvalidValue for a space that there is already.
        """
        added = [Segments(space) for space in more]
        there = snapshot.spaces.values()
        made = cls([*(own.space for own in there), *(own.space for own in added)])
        spaces = {**snapshot.spaces, **{own.space.name: own for own in added}}
        made._current = Snapshot(spaces, snapshot.known)
        return made

    def snapshot(self) -> Snapshot:
        return self._current

    def upsert(self, ids: NDArray[np.int64], vectors: Mapping[str, Vectors]) -> None:
        rows = checked_new_ids(ids)
        checked = {name: self._checked_rows(name, given, rows) for name, given in vectors.items()}
        if not rows.size or not checked:
            return
        with self._writing:
            changed = {
                name: self._current.spaces[name].upserted(rows, given)
                for name, given in checked.items()
            }
            self._replace(changed, self._current.known | Allowed.of_ids(rows))

    def delete(self, ids: NDArray[np.int64]) -> None:
        rows = checked_ids(ids)
        with self._writing:
            there = rows[self._current.known.contains(rows)]
            if there.size:
                spaces = self._current.spaces
                changed = {name: spaces[name].deleted(there) for name in spaces}
                self._replace(changed, self._current.known - Allowed.of_ids(there))

    def _checked_rows(self, name: str, vectors: Vectors, ids: NDArray[np.int64]) -> Vectors:
        checked = checked_vectors(self._current.named(name).space, vectors)
        if checked.shape[0] == ids.size:
            return checked
        raise InvalidValue(
            f"There are {checked.shape[0]} vectors for {ids.size} ids.",
            field=name,
            hint="Give one vector for every id.",
        )

    def _replace(self, changed: Mapping[str, Segments], known: Allowed) -> None:
        self._current = Snapshot({**self._current.spaces, **changed}, known)
