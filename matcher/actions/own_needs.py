"""The needs that an account may name as its own."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.answer import title_of
from matcher.actions.own_records import own_records
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import Viewer

MOST = 50


@dataclass(frozen=True, slots=True)
class OwnNeed:
    """A need by its id and its title, in the reader's language where it has one there."""

    id: str
    title: str


def own_needs(
    platform: Platform, viewer: Viewer, language: Language = Language.ZH
) -> tuple[OwnNeed, ...]:
    """Needs that the viewer wrote, or that are of their organisation, which may go by many names.

    The last changed first, `MOST` at most; none for somebody without an account. Raises
    StoreUnavailable.
    """
    seen = (one.record for one in own_records(platform, viewer, Noun.NEED, MOST))
    return tuple(OwnNeed(one.id, title_of(one, language) or one.id) for one in seen)
