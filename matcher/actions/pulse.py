"""How the service is doing right now, for whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.authority import require_root_admin
from matcher.actions.platform import Platform
from matcher.domain.visibility import Viewer
from matcher.store import feed


@dataclass(frozen=True, slots=True)
class Pulse:
    """The model of this process. behind: changes of records that it doesn't find yet."""

    model_version: str
    degraded: tuple[str, ...]
    behind: int


def require_operator(platform: Platform, viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer runs the platform: an admin of its root, or SYSTEM."""
    with platform.database.reading() as session:
        require_root_admin(session, viewer)


def pulse(platform: Platform) -> Pulse:
    """Raises NoModel, BrokenBundle, StoreUnavailable."""
    serving = platform.live.serving()
    with platform.database.reading() as session:
        behind = max(0, feed.latest(session) - serving.seq)
    return Pulse(serving.version, serving.degraded, behind)
