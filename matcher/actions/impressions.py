"""Writing down what was shown to a manager: once a day and pair, however often they look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from matcher.actions.followup_events import parties
from matcher.actions.platform import Platform
from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.domain.event import Event
from matcher.store import events
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.shown import Pair, shown_since


def tell_shown(platform: Platform, actor: str, shown: Worklist) -> int:
    """Append an event for each row that wasn't shown to this manager today; how many.

    All of one list have one actor and one time. A list of another day was only looked at.
    """
    at = platform.now()
    if platform.today() != shown.on or not shown.rows:
        return 0
    morning = platform.midnight(shown.on)
    with platform.database.reading() as session:
        if not _new(shown.rows, shown_since(session, shown.manager, morning)):
            return 0
    with platform.database.writing() as session:
        new = _new(shown.rows, shown_since(session, shown.manager, morning))
        events.append(session, [_event(row, actor, at, shown) for row in new])
    return len(new)


def _new(rows: Iterable[WorklistRow], told: frozenset[Pair]) -> Sequence[WorklistRow]:
    return [row for row in rows if row.pair not in told]


def _event(row: WorklistRow, actor: str, at: datetime, shown: Worklist) -> Event:
    return Event(
        actor=actor,
        verb=EXPLORED if row.explored else SHOWN,
        at=at,
        subjects=parties(*row.pair, shown.manager),
        position=row.position,
        propensity=row.propensity,
        model_version=shown.model_version,
    )
