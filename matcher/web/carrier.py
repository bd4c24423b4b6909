"""Managers who could carry something, as pages name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actions.answer import title_of
from matcher.actions.platform import Platform
from matcher.actions.reading import get_open
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound
from matcher.files.match_row import MatchRow
from matcher.web.pair import WhyShown, why_shown
from matcher.web.say import Say


@dataclass(frozen=True, slots=True)
class CarrierShown:
    """A manager. about: who they are, a few words each."""

    id: str
    name: str
    about: tuple[str, ...]
    why: WhyShown


def carriers_shown(
    platform: Platform, viewer: Viewer, rows: Sequence[MatchRow], say: Say
) -> tuple[CarrierShown, ...]:
    """The managers of these rows that are there still."""
    found = (_shown(platform, viewer, row, say) for row in rows)
    return tuple(one for one in found if one is not None)


def _shown(platform: Platform, viewer: Viewer, row: MatchRow, say: Say) -> CarrierShown | None:
    try:
        manager = get_open(platform, viewer, Noun.MANAGER, row.candidate_id).record
    except NotFound:
        return None
    about = [
        say.label(manager.grade) if manager.grade else "",
        _agency(platform, viewer, manager.agency, say),
        say("、", ", ").join(map(say.place, manager.regions[:3])),
    ]
    name = title_of(manager, say.language) or manager.id
    return CarrierShown(manager.id, name, tuple(filter(None, about)), why_shown(row, say))


def _agency(platform: Platform, viewer: Viewer, id: str, say: Say) -> str:
    """The name of an organisation, or what stands in its place."""
    if not id:
        return ""
    try:
        named = title_of(get_open(platform, viewer, Noun.ORGANISATION, id).record, say.language)
    except NotFound:
        return id
    return named or id
