"""What every change of a follow-up has in common: who may, which version, when, the event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from matcher.actions.acting import require_acting
from matcher.actions.followup_events import tell
from matcher.actions.followup_reading import kept_for, manager_of
from matcher.actions.free_pair import Pairing
from matcher.actions.interest_heeding import LEFT, heed
from matcher.actions.interest_routing import route_pair
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, NotFound
from matcher.store import followups
from matcher.store.followups import Kept

Change = Callable[[Session, Kept, datetime], FollowUp]
"""Makes the follow-up that is to be kept, at a time."""


def changed(
    platform: Platform, viewer: Viewer, id: str, version: int | None, verb: str, change: Change
) -> Kept:
    """The follow-up after a change by somebody who may act for its manager.

    version: the one that the caller has seen; not looked at without one. Raises NotFound,
    NotAllowed, EditConflict, and what the change raises.
    """
    with platform.database.writing() as session:
        kept = kept_for(session, viewer, id)
        require_acting(viewer, manager_of(session, kept.followup))
        require_version(kept, version)
        at = moment_of(platform, kept.followup)
        kept = written(session, viewer, kept, change(session, kept, at), verb, at)
    pass_on(platform, viewer, kept)
    return kept


def written(
    session: Session, viewer: Viewer, kept: Kept, after: FollowUp, verb: str, at: datetime
) -> Kept:
    """Keep what a follow-up has become, the event, and what it means for interests.

    Version 0: it wasn't kept before.
    """
    tell(session, viewer, after, verb, at)
    heed(session, viewer, after, at)
    if not kept.version:
        return followups.add(session, after)
    return followups.save(session, after, kept.version)


def pass_on(platform: Platform, viewer: Viewer, kept: Kept) -> None:
    """Give the interests that a follow-up has left to the next manager, after its transaction."""
    if kept.followup.state in LEFT:
        route_pair(platform, viewer, kept.followup.need, kept.followup.outcome)


def moment_of(platform: Platform, followup: FollowUp) -> datetime:
    """Now, but never before what was done or noted last: clocks may go back."""
    steps = (one.at for one in followup.history[-1:])
    notes = (one.at for one in followup.notes[-1:])
    return max([platform.now(), *steps, *notes])


def pairing_of(session: Session, viewer: Viewer, manager: str, need: str, outcome: str) -> Pairing:
    """The three records, where the viewer may know of them and act for the manager.

    Raises NotFound, NotAllowed.
    """
    acting = required(session, viewer, Noun.MANAGER, manager).record
    require_acting(viewer, acting)
    wanted = required(session, viewer, Noun.NEED, need).record
    offered = required(session, viewer, Noun.OUTCOME, outcome).record
    return Pairing(wanted, offered, acting)


def require_version(kept: Kept, seen: int | None) -> None:
    """Raise EditConflict where another version is there than was seen, NotFound for none."""
    if seen is None or seen == kept.version:
        return
    if not kept.version:
        raise NotFound(f"There is no follow-up {kept.followup.id}.", hint="Load the list again.")
    raise EditConflict(
        f"Somebody else changed the follow-up {kept.followup.id}.",
        hint="Load it again, then repeat your change.",
        version=kept.version,
    )
