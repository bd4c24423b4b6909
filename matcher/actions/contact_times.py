"""How soon the parties of an accepted pair are contacted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from matcher.actions.node_scope import node_scope
from matcher.actions.platform import Platform
from matcher.actions.quality import first_day
from matcher.domain.enums import FollowUpState
from matcher.domain.visibility import Viewer
from matcher.store.progress import Progress, progress

BOUNDS = (1, 3, 7, 14, 30)
"""Days up to which a contact counts to a bin; the last bin is of all that took longer."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ContactTimes:
    """Of pairs that were accepted since a day. counts: how many were contacted within each of
    `BOUNDS`, and later. waiting: how many are accepted still and weren't. days: the median of the
    contacted ones, None over none."""

    since: date
    counts: tuple[int, ...]
    waiting: int
    days: float | None


def contact_times(
    platform: Platform, viewer: Viewer, node: str = "", days: int = 90
) -> ContactTimes:
    """Of a node and those below it. Raises NotFound, NotAllowed, UsageError."""
    since = first_day(platform.today(), days)
    with platform.database.reading() as session:
        nodes = node_scope(session, viewer, node)
        return counted(since, platform.midnight(since), progress(session, nodes))


def counted(since: date, begun: datetime, found: Iterable[Progress]) -> ContactTimes:
    """The same of follow-ups. begun: when the day `since` did. What was accepted and contacted at
    one go tells nothing."""
    counts, waiting, taken = [0] * (len(BOUNDS) + 1), 0, []
    for one in found:
        if one.accepted is None or one.accepted < begun:
            continue
        waited = _waited(one.accepted, one.touched)
        if waited:
            counts[bisect_left(BOUNDS, waited)] += 1
            taken.append(waited)
        waiting += one.touched is None and one.state is FollowUpState.ACCEPTED
    return ContactTimes(since, tuple(counts), waiting, median(taken) if taken else None)


def _waited(accepted: datetime, touched: datetime | None) -> float:
    """Days; 0 where nobody was contacted, or at the same go."""
    return 0.0 if touched is None else max(0.0, (touched - accepted) / _A_DAY)
