"""Requests that are sent again: carried out once, and answered the second time as the first."""

from __future__ import annotations

from matcher.actions.authority import actor_of
from matcher.actions.platform import Platform
from matcher.domain.visibility import Viewer
from matcher.store import idempotency
from matcher.store.idempotency import Answer, Begun


def begin(platform: Platform, viewer: Viewer, key: str, request: str) -> Begun | None:
    """Begin what the viewer asks for under a key; what they began under it before, if they did."""
    with platform.database.writing() as session:
        return idempotency.begin(session, actor_of(viewer), key, request, platform.now())


def finish(platform: Platform, viewer: Viewer, key: str, answer: Answer) -> None:
    """Keep what was answered, for as long as the key is remembered."""
    with platform.database.writing() as session:
        idempotency.finish(session, actor_of(viewer), key, answer)


def forget(platform: Platform, viewer: Viewer, key: str) -> None:
    """Free the key of what was refused: nothing was done, so that it can be tried again."""
    with platform.database.writing() as session:
        idempotency.forget(session, actor_of(viewer), key)
