"""A search that says what it left aside where nothing passes all that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from matcher.actions.answer import Wish
from matcher.actions.browsing import START, Page, Place, leafed
from matcher.actions.platform import Platform
from matcher.actions.search import search
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.recommend.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True)
class Nearest:
    """A page of results. relaxed: names of the filters that were left aside, for none passed."""

    page: Page
    relaxed: tuple[str, ...] = ()


def nearest(
    platform: Platform, viewer: Viewer, noun: Noun, text: str, wish: Wish, place: Place = START
) -> Nearest:
    """What passes; where that is nothing, the first page of what passes without one filter.

    Of those the one that lets most through; all of them where none does alone. Raises what
    `browsing.leafed` raises.
    """
    page = leafed(platform, viewer, noun, text, wish, place)
    if page.answer.found or not wish.filters:
        return Nearest(page)
    relaxed, filters = _widest(platform, viewer, noun, text, wish)
    found = leafed(platform, viewer, noun, text, replace(wish, filters=filters))
    return Nearest(found, relaxed) if found.answer.found else Nearest(page)


def names_set(filters: Filters) -> tuple[str, ...]:
    """The names of the restrictions that are set."""
    names = (each.name for each in fields(filters) if each.name != "currency")
    return tuple(name for name in names if getattr(filters, name) != getattr(NO_FILTERS, name))


def without(filters: Filters, *names: str) -> Filters:
    """The same without these restrictions."""
    return replace(filters, **{name: getattr(NO_FILTERS, name) for name in names})


def _widest(
    platform: Platform, viewer: Viewer, noun: Noun, text: str, wish: Wish
) -> tuple[tuple[str, ...], Filters]:
    names = names_set(wish.filters)

    def tried() -> Iterator[tuple[int, str]]:
        for name in names:
            less = replace(wish, k=1, explain=False, filters=without(wish.filters, name))
            yield search(platform, viewer, noun, text, less).found, name

    most, name = max(tried(), key=lambda one: one[0])
    left = (name,) if most else names
    return left, without(wish.filters, *left)
