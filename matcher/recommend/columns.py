"""What candidates state, as columns: a rule or a filter over all of them is one comparison."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.arrays import broken, open_array, open_json
from matcher.domain.enums import Grade, TransferMode
from matcher.domain.item import Item
from matcher.domain.visibility import Viewer

Mask = npt.NDArray[np.bool_]
Words = tuple[str, ...]

EVERYBODY = ("*",)
"""The audience of an item that states none."""
WORDS = "words.json"
NO_DAY = np.iinfo(np.int32).max
_BITS = {mode: 1 << place for place, mode in enumerate(TransferMode)}
_YES = 1
NO_CAPACITY_STATED = -1
_MOST_CAPACITY = np.iinfo(np.int16).max
CLEAR_LENGTH = 150
"""Characters from which a text may say material, method, effect and use."""
_GRADES = {grade: place for place, grade in enumerate(Grade, start=1)}
_NUMBERS: Mapping[str, tuple[type, Callable[[Item], float]]] = {
    "trl": (np.int8, lambda item: item.facts.trl or 0),
    "least": (np.float64, lambda item: _low(item)),
    "valid_until": (np.int32, lambda item: _last_day(item)),
    "updated_at": (np.int32, lambda item: _updated(item)),
    "modes": (np.uint8, lambda item: mode_bits(item.facts.modes)),
    "pay_after_use": (np.int8, lambda item: _YES if item.facts.pay_after_use else 0),
    "min_trl": (np.int8, lambda item: item.facts.min_trl or 0),
    "grade": (np.int8, lambda item: _GRADES[item.facts.grade] if item.facts.grade else 0),
    "capacity": (np.int16, lambda item: _capacity(item)),
    "detail": (np.float32, lambda item: _detail(item)),
}
"""Column → its type and what stands in it; what isn't stated is 0, -1, -inf or the last of days."""
_WORDS: Mapping[str, Callable[[Item], tuple[str, ...]]] = {
    "currency": lambda item: (item.facts.price.currency,) if item.facts.price else (),
    "region": lambda item: tuple(filter(None, [item.facts.region, *item.facts.regions])),
    "field": lambda item: tuple(filter(None, [item.facts.field, *item.facts.fields])),
    "languages": lambda item: item.facts.languages,
    "organisation": lambda item: tuple(filter(None, [item.facts.organisation])),
    "owner": lambda item: tuple(filter(None, [item.facts.owner])),
    "avoids": lambda item: item.facts.avoids,
    "persons": lambda item: item.facts.persons,
    "audience": lambda item: EVERYBODY if item.audience is None else tuple(sorted(item.audience)),
}


def mode_bits(modes: Iterable[TransferMode]) -> int:
    """The modes as one bit each."""
    return sum(_BITS[mode] for mode in set(modes))


def _low(item: Item) -> float:
    price = item.facts.price
    return float(price.low) if price is not None and price.low is not None else -np.inf


def _detail(item: Item) -> float:
    """The share of what makes a listing clear that it states."""
    facts = item.facts
    stated = (
        len(item.text) >= CLEAR_LENGTH,
        bool(item.keywords),
        bool(facts.field),
        bool(facts.region),
        bool(facts.modes),
        facts.trl is not None or facts.min_trl is not None,
        facts.price is not None or facts.budget is not None,
    )
    return sum(stated) / len(stated)


def _capacity(item: Item) -> int:
    capacity = item.facts.capacity
    return NO_CAPACITY_STATED if capacity is None else min(capacity, _MOST_CAPACITY)


def _last_day(item: Item) -> int:
    day = item.facts.valid_until
    return NO_DAY if day is None else day.toordinal()


def _updated(item: Item) -> int:
    day = item.facts.updated_at
    return 0 if day is None else day.toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of tuples of words. codes: int32[n], the place of each row's tuple in `values`.

    places: where values are, shared with the state after this one; filled when rows are added.
    """

    codes: npt.NDArray[np.int32]
    values: tuple[Words, ...]
    places: dict[Words, int] = field(default_factory=dict)

    def where(self, test: Callable[[tuple[str, ...]], bool]) -> Mask:
        """bool[n]: the rows whose tuple passes; every tuple is tested once."""
        passed = np.fromiter(map(test, self.values), bool, len(self.values))
        if passed.all():
            return np.full(len(self.codes), bool(len(self.values)))
        return passed[self.codes] if passed.any() else np.zeros(len(self.codes), bool)

    def having(self, words: AbstractSet[str]) -> Mask:
        """bool[n]: the rows whose tuple has one of these words."""
        if not words:
            return np.zeros(len(self.codes), bool)
        return self.where(lambda value: not words.isdisjoint(value))

    def with_rows(self, rows: Sequence[tuple[str, ...]]) -> Coded:
        """The same with more rows."""
        if not rows:
            return self
        places = self._places()
        more = [row for row in dict.fromkeys(rows) if row not in places]
        places.update(zip(more, range(len(self.values), len(self.values) + len(more)), strict=True))
        added = np.array([places[row] for row in rows], np.int32)
        values = (*self.values, *more) if more else self.values
        return Coded(np.append(self.codes, added), values, places)

    def _places(self) -> dict[Words, int]:
        """Where the values are; made anew where another state has put its own beside them."""
        if len(self.places) == len(self.values):
            return self.places
        return {value: place for place, value in enumerate(self.values)}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """numbers: arrays of n by name; words: coded columns by name. Nothing in it changes."""

    numbers: Mapping[str, npt.NDArray[Any]]
    words: Mapping[str, Coded]

    @classmethod
    def of(cls, items: Sequence[Item]) -> Columns:
        """The columns of these items, in their order."""
        numbers: dict[str, npt.NDArray[Any]] = {
            name: np.zeros(0, kind) for name, (kind, _) in _NUMBERS.items()
        }
        words = {name: Coded(np.zeros(0, np.int32), ()) for name in _WORDS}
        return cls(numbers, words).with_items(items)

    def with_items(self, items: Sequence[Item]) -> Columns:
        """The same with more rows."""
        numbers = {
            name: np.append(self.numbers[name], np.array([value(item) for item in items], kind))
            for name, (kind, value) in _NUMBERS.items()
        }
        words = {
            name: self.words[name].with_rows([value(item) for item in items])
            for name, value in _WORDS.items()
        }
        return Columns(numbers, words)

    def __len__(self) -> int:
        return len(self.numbers["trl"])

    def visible(self, viewer: Viewer) -> Mask:
        """bool[n]: what this viewer may know of."""
        return self.words["audience"].where(
            lambda audience: audience == EVERYBODY or viewer.sees_audience(frozenset(audience))
        )


def save_columns(columns: Columns, folder: Path) -> None:
    """Write into an existing folder."""
    for name, column in columns.numbers.items():
        np.save(folder / f"column.{name}.npy", column)
    for name, coded in columns.words.items():
        np.save(folder / f"column.{name}.npy", coded.codes)
    words = {name: coded.values for name, coded in columns.words.items()}
    described = json.dumps(words, ensure_ascii=False).encode("utf-8", "surrogatepass")
    (folder / WORDS).write_bytes(described)


def open_columns(folder: Path, rows: int) -> Columns:
    """Open what `save_columns` wrote. Raises BrokenBundle that names the file."""
    words = open_json(folder / WORDS)
    if not isinstance(words, dict) or words.keys() != _WORDS.keys():
        raise broken(folder / WORDS, "doesn't have the columns of this version.")
    numbers = {
        name: open_array(folder, f"column.{name}", np.dtype(kind).kind, length=rows)
        for name, (kind, _) in _NUMBERS.items()
    }
    return Columns(numbers, {name: _coded(folder, name, words[name], rows) for name in _WORDS})


def _coded(folder: Path, name: str, values: Any, rows: int) -> Coded:
    lists = isinstance(values, list) and all(isinstance(value, list) for value in values)
    if not lists or not all(isinstance(word, str) for value in values for word in value):
        raise broken(folder / WORDS, "has no usable words.", name)
    codes = open_array(folder, f"column.{name}", "i", length=rows)
    if rows and not (codes.min() >= 0 and codes.max() < len(values)):
        raise broken(folder / f"column.{name}.npy", f"isn't of the {len(values)} words there are.")
    return Coded(codes, tuple(map(tuple, values)))
