"""Items that lie in a file, each read when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from matcher.arrays import broken, open_array
from matcher.domain.enums import Language
from matcher.domain.item import Facts, Item
from matcher.domain.mapping import read, write
from matcher.errors import InvalidValue

ITEMS, ENDS = "items", "items.ends"


class PackedItems(Sequence[Item]):
    """Items as JSON, one after the other. packed: uint8[bytes]; ends: int64[n], in bytes."""

    def __init__(
        self, packed: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64], path: Path
    ) -> None:
        """path: the file they are in, for errors."""
        self._packed, self._ends, self._path = packed, ends, path

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        places = range(len(self))[place]
        return self._item(places) if isinstance(places, int) else [self._item(i) for i in places]

    def save(self, folder: Path) -> None:
        """Write into an existing folder."""
        np.save(folder / f"{ENDS}.npy", self._ends)
        np.save(folder / f"{ITEMS}.npy", self._packed)

    def _item(self, place: int) -> Item:
        start, end = (int(self._ends[place - 1]) if place else 0), int(self._ends[place])
        try:
            return _item(json.loads(self._packed[start:end].tobytes()))
        except (ValueError, KeyError, TypeError, InvalidValue) as error:
            raise broken(self._path, f"has no item {place + 1} that can be read.") from error


def save_items(items: Iterable[Item], folder: Path) -> None:
    """Write into an existing folder."""
    if isinstance(items, PackedItems):
        items.save(folder)
        return
    packed = [_bytes(item) for item in items]
    ends = np.cumsum([len(item) for item in packed], dtype=np.int64)
    PackedItems(np.frombuffer(b"".join(packed), np.uint8), ends, folder).save(folder)


def open_items(folder: Path) -> PackedItems:
    """Open what `save_items` wrote. Raises BrokenBundle that names the file, here or later."""
    packed, ends = open_array(folder, ITEMS, "u"), open_array(folder, ENDS, "i")
    last = int(ends[-1]) if len(ends) else 0
    if last != len(packed) or (np.diff(ends, prepend=0) < 0).any():
        raise broken(folder / f"{ENDS}.npy", f"ends at {last} of {len(packed)} bytes.")
    return PackedItems(packed, ends, folder / f"{ITEMS}.npy")


def _bytes(item: Item) -> bytes:
    """Texts to the letter: a blank one is a document, too."""
    described = {
        "texts": [item.id, item.title, item.text],
        "keywords": item.keywords,
        "lang": item.lang and item.lang.value,
        "portfolio": item.portfolio,
        "facts": write(item.facts),
        "audience": item.audience,
    }
    # Half a character, which a damaged source may hold, has to come back as it was.
    return json.dumps(described, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _item(described: dict[str, Any]) -> Item:
    (id_, title, text), audience = described["texts"], described["audience"]
    return Item(
        id_,
        title,
        text,
        keywords=tuple(described["keywords"]),
        lang=Language(described["lang"]) if described["lang"] else None,
        portfolio=tuple(described["portfolio"]),
        facts=read(Facts, described["facts"]),
        audience=None if audience is None else tuple(audience),
    )
