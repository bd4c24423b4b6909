"""What many states of a collection share: each adds a little to the one before, copying little."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Followed(Sequence[T]):
    """A list at one moment. What comes later is put behind it in the same memory.

    Not for several threads that follow it at once.
    """

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._shared = list(values)
        self._count = len(self._shared)

    def followed_by(self, more: Iterable[T]) -> Followed[T]:
        """The same with more behind; this one stays as it is. Nothing is copied the first time."""
        first = len(self._shared) == self._count
        made: Followed[T] = Followed(() if first else self._shared[: self._count])
        if first:
            made._shared = self._shared
        made._shared.extend(more)
        made._count = len(made._shared)
        return made

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        places = range(self._count)[place]
        if isinstance(places, int):
            return self._shared[places]
        return [self._shared[i] for i in places]


@dataclass(frozen=True, slots=True)
class Layers(Generic[K, V]):
    """A mapping at one moment, as a few layers, of which the last says what holds.

    Each layer has at least twice the entries of the next, so an entry is copied seldom.
    """

    layers: tuple[Mapping[K, V], ...] = ()

    def followed_by(self, more: Mapping[K, V]) -> Layers[K, V]:
        """The same where `more` holds."""
        kept, last = list(self.layers), dict(more)
        while kept and len(kept[-1]) < 2 * len(last):
            last = {**kept.pop(), **last}
        return Layers((*kept, last)) if last else self

    def get(self, key: K, default: V) -> V:
        """What holds for a key, the default where nothing does."""
        for layer in reversed(self.layers):
            if key in layer:
                return layer[key]
        return default

    def __bool__(self) -> bool:
        return bool(self.layers)
