"""The shelf of each noun, by the name that files and commands have for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.actions.followup_shelf import FollowUpShelf
from matcher.actions.interaction_shelf import InteractionShelf
from matcher.actions.record_shelf import RecordShelf
from matcher.actions.shelf import Shelf
from matcher.errors import UsageError
from matcher.store.tables import RECORD_NOUNS

_ALL: tuple[Shelf, ...] = (*map(RecordShelf, RECORD_NOUNS), InteractionShelf(), FollowUpShelf())
SHELVES: Mapping[str, Shelf] = MappingProxyType({str(shelf.noun): shelf for shelf in _ALL})


def shelf_of(noun: str) -> Shelf:
    """The shelf of a noun. Raises UsageError for what is neither imported nor exported."""
    if noun not in SHELVES:
        hint = f"Use one of {', '.join(SHELVES)}."
        raise UsageError(f"Records of the kind {noun!r} aren't imported or exported.", hint=hint)
    return SHELVES[noun]
