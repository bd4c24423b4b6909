"""What a manager has in hand beside their capacity, as their list of the day goes by it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.acting import require_acting
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.domain.enums import Noun
from matcher.domain.manager import Manager
from matcher.domain.track import NO_TRACK
from matcher.domain.visibility import Viewer
from matcher.store.standing import standing


@dataclass(frozen=True, slots=True)
class InHand:
    """count: follow-ups that are open from acceptance on; capacity: None where none is stated."""

    count: int
    capacity: int | None

    @property
    def over(self) -> bool:
        """Whether there are more than the capacity."""
        return self.capacity is not None and self.count > self.capacity


def in_hand(platform: Platform, viewer: Viewer, manager: str) -> InHand:
    """Count them. Raises NotFound, and NotAllowed unless the viewer may act for the manager."""
    with platform.database.reading() as session:
        record = required(session, viewer, Noun.MANAGER, manager).record
        require_acting(viewer, record)
        found = standing(session, managers=[manager], outcomes=()).tracks
    capacity = record.capacity if isinstance(record, Manager) else None
    return InHand(found.get(manager, NO_TRACK).carrying, capacity)
