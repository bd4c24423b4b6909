"""Whether a line may stand in a plan: its records are there, and nothing forbids the pair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.acting import sight_of
from matcher.actions.authority import is_admin
from matcher.actions.closed_pairs import closed_pairs
from matcher.actions.conflicted import Conflicts
from matcher.actions.serving import Serving
from matcher.domain.conflicts import conflict_of_pair
from matcher.domain.enums import Noun
from matcher.domain.labels import Labelled
from matcher.domain.plan import PlanLine
from matcher.domain.visibility import PUBLIC, Viewer, audience
from matcher.store import records
from matcher.store.stored import Stored


class Obstacle(Labelled):
    """What stands against a line of a plan."""

    GONE = "gone", "记录已不存在", "a record isn't there any more"
    INACTIVE = "inactive", "经理人已停用", "the manager isn't active"
    NOT_IN_CHARGE = "not_in_charge", "经理人不归本节点管理", "the manager is of another node"
    HIDDEN = "hidden", "经理人无权查看", "the manager may not know of a record"
    CONFLICT = "conflict", "利益冲突", "a conflict of interest"
    HANDLED = "handled", "已有人跟进或已处理", "the pair is pursued, or was dealt with"
    NO_ROOM = "no_room", "在手容量不足", "the manager has no room for more"


class Checks:
    """Looks at lines as the records, follow-ups and identities are in one transaction."""

    def __init__(
        self, session: Session, serving: Serving, viewer: Viewer, lines: Iterable[PlanLine]
    ) -> None:
        lines = list(lines)
        self._session, self._viewer = session, viewer
        self._identities = serving.organisations.identities
        self._conflicts = Conflicts.of(session, serving, None)
        self._records = {
            noun: records.get_many(session, noun, [getattr(line, noun.value) for line in lines])
            for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
        }
        managers = (stored.record for stored in self._records[Noun.MANAGER].values())
        self._closed = closed_pairs(session, self._records[Noun.NEED], managers)
        self._sights: dict[str, Viewer] = {}

    def record(self, noun: Noun, id: str) -> Any:
        """The record, None where the viewer may not know of one."""
        stored = self._records[noun].get(id)
        return (
            stored.record if stored and stored.live and self._viewer.sees(stored.record) else None
        )

    def obstacle(self, line: PlanLine) -> Obstacle | None:
        """The first thing that stands against the line, None where nothing does.

        Whether its manager has room is another question: lines take it from each other (room.py).
        """
        need = self.record(Noun.NEED, line.need)
        outcome = self.record(Noun.OUTCOME, line.outcome)
        manager = self.record(Noun.MANAGER, line.manager)
        if need is None or outcome is None or manager is None:
            return Obstacle.GONE
        if not manager.active:
            return Obstacle.INACTIVE
        if not is_admin(self._viewer, manager.node):
            return Obstacle.NOT_IN_CHARGE
        if not all(self._may_know(manager, one) for one in (need, outcome)):
            return Obstacle.HIDDEN
        if self._in_conflict(need, outcome, self._records[Noun.MANAGER][line.manager]):
            return Obstacle.CONFLICT
        return Obstacle.HANDLED if self._closed.keeps(line) else None

    def _may_know(self, manager: Any, record: Any) -> bool:
        if PUBLIC in audience(record):
            return True
        if manager.id not in self._sights:
            self._sights[manager.id] = sight_of(self._session, manager)
        return self._sights[manager.id].sees(record)

    def _in_conflict(self, need: Any, outcome: Any, manager: Stored[Any]) -> bool:
        alone = {manager.record.id: manager}
        if conflict_of_pair(need, outcome, self._identities):
            return True
        return not all(self._conflicts.without(one, alone) for one in (need, outcome))
