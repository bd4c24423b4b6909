"""Being shown around: a reader's own bookmark, which nobody else sees.

It says nothing of what is on the platform, so no event tells of it.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.actions.platform import Platform
from matcher.domain.tour import Tour
from matcher.domain.visibility import Viewer
from matcher.errors import NotAllowed
from matcher.store import tours


def tour_of(platform: Platform, viewer: Viewer) -> Tour:
    """How far the viewer has been shown around. Raises NotAllowed without an account."""
    with platform.database.reading() as session:
        return tours.of_account(session, _account(viewer))


def move_on(platform: Platform, viewer: Viewer, by: int, stops: int) -> Tour:
    """To the next stop, or back. stops: how many there are. Raises NotAllowed."""
    return _changed(platform, viewer, lambda tour: tour.moved(by, stops))


def end_tour(platform: Platform, viewer: Viewer) -> Tour:
    """No more of it. Raises NotAllowed."""
    return _changed(platform, viewer, lambda tour: Tour(tour.step, over=True))


def begin_tour(platform: Platform, viewer: Viewer) -> Tour:
    """From the first stop on. Raises NotAllowed."""
    return _changed(platform, viewer, lambda _: Tour())


def _changed(platform: Platform, viewer: Viewer, change: Callable[[Tour], Tour]) -> Tour:
    account = _account(viewer)
    with platform.database.writing() as session:
        tour = change(tours.of_account(session, account))
        tours.put(session, account, tour)
    return tour


def _account(viewer: Viewer) -> str:
    if viewer.account is None:
        raise NotAllowed("Only somebody with an account is shown around.", hint="Sign in.")
    return viewer.account.id
