"""Which follow-ups a manager wants to see, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actions.decisions import UNDONE
from matcher.domain.enums import FollowUpState as State
from matcher.domain.labels import Labelled
from matcher.domain.pursuit import ASSIGNED, CARRIED
from matcher.store.outlines import Outline

SOON = timedelta(days=7)
"""What is due within this time is due soon."""


class Attention(Labelled):
    """What a follow-up may want."""

    LATE = "late", "已逾期", "overdue"
    TODAY = "today", "今天及以前到期", "due by today"
    SOON = "soon", "一周内到期", "due within a week"
    IDLE = "idle", "没有下一步", "without a next step"


class Order(Labelled):
    """What a table is sorted by."""

    DUE = "due", "到期", "due"
    STATE = "state", "状态", "state"
    DAYS = "days", "停留", "in this state"
    NEED = "need", "需求", "need"
    OUTCOME = "outcome", "成果", "outcome"
    MANAGER = "manager", "经理人", "manager"


BY_NAME = (Order.NEED, Order.OUTCOME, Order.MANAGER)
"""Orders for which all titles have to be known."""


@dataclass(frozen=True, slots=True)
class PipelineWish:
    """Which follow-ups, and in which order. text: in a title, a name or the next step; aside: also
    what was turned down or put off before anybody took it up."""

    text: str = ""
    aside: bool = False
    states: tuple[State, ...] = ()
    attention: Attention | None = None
    order: Order = Order.DUE
    descending: bool = False

    def asks_for(self, outline: Outline, today: date) -> bool:
        """Whether the follow-up is wished for, as far as that can be told without its titles."""
        if is_taken_back(outline) or not (self.aside or is_work(outline)):
            return False
        if self.states and outline.state not in self.states:
            return False
        if self.attention is None:
            return True
        if self.attention is Attention.IDLE:
            return outline.state in CARRIED and outline.due is None
        return outline.due is not None and outline.due <= _last_day(self.attention, today)


def is_work(outline: Outline) -> bool:
    """Whether somebody took it up, or was assigned it and has yet to answer."""
    if outline.left is not State.SUGGESTED:
        return True
    assigned = outline.since is None or outline.why == ASSIGNED
    return outline.state is State.SUGGESTED and assigned


def is_taken_back(outline: Outline) -> bool:
    """Whether what was decided was taken back, so that the pair waits on Today as before."""
    return outline.state is State.SUGGESTED and outline.why == UNDONE


def _last_day(attention: Attention, today: date) -> date:
    if attention is Attention.LATE:
        return today - timedelta(days=1)
    return today if attention is Attention.TODAY else today + SOON
