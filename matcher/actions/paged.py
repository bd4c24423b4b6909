"""Pages of lists whose entries don't go away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import dropwhile, islice
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Paged(NamedTuple, Generic[T]):
    """Some entries of a list. next: the id of the last one where others follow, else None."""

    rows: tuple[T, ...]
    next: str | None = None


def paged(found: Iterable[T], id_of: Callable[[T], str], after: str, limit: int) -> Paged[T]:
    """The first `limit` behind the entry of the id `after`; from the beginning where that is ""."""
    rest = dropwhile(lambda one: id_of(one) != after, found) if after else found
    skipped = 1 if after else 0
    return cut(list(islice(rest, skipped, skipped + limit + 1)), id_of, limit)


def cut(found: list[T], id_of: Callable[[T], str], limit: int) -> Paged[T]:
    """A page of `found`, which holds one entry more than that where others follow."""
    last = id_of(found[limit - 1]) if len(found) > limit else None
    return Paged(tuple(found[:limit]), last)
