"""Who goes without: managers that no list was shown to, and needs that nothing goes with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.actions.answer import Wish
from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.actions.quality import first_day, in_charge
from matcher.actions.room import Rooms
from matcher.actions.suggest import suggest
from matcher.actions.worklist_row import Emptiness
from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer
from matcher.recommend.bands import Band
from matcher.store import records
from matcher.store.progress import progress
from matcher.store.shown import places

LOOKED_AT = 25
"""Needs that are looked at in one go: each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Idle:
    """An active manager whom nothing was shown. why: what is in the way, as far as that is known;
    NOTHING_FITS where nothing is: they didn't look, or nothing fits."""

    manager: Manager
    why: Emptiness


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Needs, each with the title of its best match and how well that fits, "" for no match.

    looked_at: how many of `all` were, from `start`; what is valid and nobody took up counts.
    """

    needs: tuple[tuple[str, str, str], ...]
    start: int
    looked_at: int
    all: int

    @property
    def next(self) -> int | None:
        """Where to go on, None at the end."""
        end = self.start + self.looked_at
        return end if end < self.all else None


def idle_managers(
    platform: Platform, viewer: Viewer, node: str = "", days: int = 90
) -> tuple[Idle, ...]:
    """Of a node and those below it, by id. Raises NotFound, NotAllowed, UsageError."""
    since = first_day(platform.today(), days)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        shown = {
            place.id for place in places(session, Noun.MANAGER, platform.midnight(since), nodes)
        }
        active = [one for one in in_charge(session, viewer, nodes, Noun.MANAGER) if one.active]
        ids = [one.id for one in active if one.id not in shown]
        rooms = Rooms(session)
        whole = records.get_many(session, Noun.MANAGER, ids)
        return tuple(
            Idle(whole[id_].record, _why(whole[id_].record, rooms)) for id_ in ids if id_ in whole
        )


def unmatched_needs(
    platform: Platform, viewer: Viewer, node: str = "", start: int = 0
) -> Unmatched:
    """Of the next `LOOKED_AT` needs of a node those whose best match is weak, or that have none.

    Raises NotFound, NotAllowed, NoModel, BrokenBundle, EncoderUnavailable.
    """
    ids = _open_needs(platform, viewer, node, platform.today())
    now = ids[start : start + LOOKED_AT]
    found = []
    for id_ in now:
        wish = Wish(k=1, explain=False)
        matches = suggest(platform, viewer, Noun.NEED, id_, Noun.OUTCOME, wish).matches
        if not matches:
            found.append((id_, "", ""))
        elif matches[0].band == Band.WEAK:
            found.append((id_, matches[0].candidate_id, matches[0].candidate_title))
    return Unmatched(tuple(found), start, len(now), len(ids))


def _open_needs(platform: Platform, viewer: Viewer, node: str, today: date) -> list[str]:
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        suggested = FollowUpState.SUGGESTED
        taken = {one.need for one in progress(session, nodes) if one.furthest is not suggested}
        theirs = in_charge(session, viewer, nodes, Noun.NEED)
        return [one.id for one in theirs if not one.is_expired(today) and one.id not in taken]


def _why(manager: Manager, rooms: Rooms) -> Emptiness:
    if rooms.left(manager) == 0:
        return Emptiness.NO_ROOM
    if not (manager.statement or manager.fields or manager.deals):
        return Emptiness.NO_PROFILE
    return Emptiness.NOTHING_FITS
