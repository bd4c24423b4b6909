"""From ids to places and back, in arrays that can be mapped from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.arrays import broken, open_array
from matcher.recommend.followed import Followed, Layers

Places = npt.NDArray[np.int64]
Names = npt.NDArray[np.object_]
GONE = -1
# numpy takes zeros at the end of bytes for padding, so every id ends with another byte.
_END = b"."
_FILES = {"fitted": "S", "order": "i", "ordered": "S"}


@dataclass(frozen=True, slots=True, eq=False)
class Ids:
    """Ids of items at places 0 … n - 1; an id may be at several, of which one is current.

    fitted: bytes[m], the ids in UTF-8 and a dot each, in order of place, `order` the places in
    order of id, and
    `ordered` the ids in that order. later: ids of the places from m on. moved: where ids are now
    that came, moved or went later; -1 for those that went.
    """

    fitted: npt.NDArray[np.bytes_]
    order: Places
    ordered: npt.NDArray[np.bytes_]
    later: Followed[str] = field(default_factory=Followed)
    moved: Layers[str, int] = field(default_factory=Layers)

    @classmethod
    def of(cls, ids: Sequence[str]) -> Ids:
        """These ids, each there once."""
        fitted = _bytes(ids)
        order = np.argsort(fitted, kind="stable").astype(np.int64)
        return cls(fitted, order, fitted[order])

    def __len__(self) -> int:
        return len(self.fitted) + len(self.later)

    def at(self, places: Places) -> Names:
        """object[k]: the ids at these places."""
        first = len(self.fitted)
        found = [
            self.fitted[place][: -len(_END)].decode("utf-8", "surrogatepass")
            if place < first
            else self.later[place - first]
            for place in places.tolist()
        ]
        return np.array(found, dtype=object)

    def places(self, ids: Iterable[str]) -> Places:
        """Where these ids are, in the order given; those that aren't there are left out."""
        found = self.find(ids)
        there: Places = found[found != GONE]
        return there

    def find(self, ids: Iterable[str]) -> Places:
        """int64[k]: where these ids are, GONE for those that aren't there."""
        ids = list(ids)
        found: Places = self._fitted_places(ids)
        if self.moved:
            for row, id_ in enumerate(ids):
                found[row] = self.moved.get(id_, found[row])
        return found

    def without(self, ids: Iterable[str]) -> Ids:
        """The same, and these ids are nowhere."""
        return replace(self, moved=self.moved.followed_by(dict.fromkeys(ids, GONE)))

    def with_later(self, ids: Sequence[str]) -> Ids:
        """The same with these ids at the next places."""
        moved = dict(zip(ids, range(len(self), len(self) + len(ids)), strict=True))
        later = self.later.followed_by(ids)
        return replace(self, later=later, moved=self.moved.followed_by(moved))

    def _fitted_places(self, ids: Sequence[str]) -> Places:
        if not len(self.fitted) or not ids:
            return np.full(len(ids), GONE, np.int64)
        wanted = _bytes(ids)
        at = np.minimum(np.searchsorted(self.ordered, wanted), len(self.ordered) - 1)
        return np.where(self.ordered[at] == wanted, self.order[at], GONE)


def _bytes(ids: Sequence[str]) -> npt.NDArray[np.bytes_]:
    encoded = [id_.encode("utf-8", "surrogatepass") + _END for id_ in ids]
    return np.array(encoded or [_END], np.bytes_)[: len(ids)]


def save_ids(ids: Ids, folder: Path) -> None:
    """Write ids of which none came later into an existing folder."""
    for name in _FILES:
        np.save(folder / f"ids.{name}.npy", getattr(ids, name))


def open_ids(folder: Path, rows: int) -> Ids:
    """Open what `save_ids` wrote. Raises BrokenBundle that names the file."""
    fitted, order, ordered = (
        open_array(folder, f"ids.{name}", kinds, length=rows) for name, kinds in _FILES.items()
    )
    if rows and not (order.min() >= 0 and order.max() < rows):
        raise broken(folder / "ids.order.npy", f"points outside of {rows} items.")
    if not np.array_equal(fitted[order], ordered) or (ordered[1:] < ordered[:-1]).any():
        raise broken(folder / "ids.ordered.npy", "isn't ids.fitted.npy in order.")
    return Ids(fitted, order, ordered)
