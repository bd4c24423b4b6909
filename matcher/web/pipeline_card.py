"""A follow-up in short, on the board and in the table: who with whom, what next, by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.actions.cards import Card
from matcher.actions.pipeline_lines import Line
from matcher.domain.enums import FollowUpState as State
from matcher.web.say import Say


@dataclass(frozen=True, slots=True)
class PipelineCard:
    """A follow-up in short. need and outcome are titles, need_party and outcome_party names.

    late: days that it is overdue by. urgency: "late", "today", "soon" or "". days: in its state,
    None where that isn't known. held: it rests until `due`.
    """

    id: str
    version: int
    need: str
    need_party: str
    outcome: str
    outcome_party: str
    manager: str
    state: State
    next_action: str
    due: date | None
    late: int
    urgency: str
    days: int | None

    @property
    def held(self) -> bool:
        """Whether it is on hold."""
        return self.state is State.ON_HOLD

    @property
    def title(self) -> str:
        """Both titles, for those who hear the page."""
        return f"{self.need} → {self.outcome}"


_SOON = 3
"""Days before a day that something is told to be near."""


def pipeline_card(
    line: Line, needs: Mapping[str, Card], outcomes: Mapping[str, Card], say: Say, today: date
) -> PipelineCard:
    """The line with the names of both parties, as far as the reader may know them."""
    one = line.outline
    need, outcome = needs.get(one.need), outcomes.get(one.outcome)
    return PipelineCard(
        id=one.id,
        version=one.version,
        need=line.need_title or say("（需求不可见）", "(a need that is gone)"),
        need_party=need.party if need else "",
        outcome=line.outcome_title or say("（成果不可见）", "(an outcome that is gone)"),
        outcome_party=outcome.party if outcome else "",
        manager=line.manager_name or one.manager,
        state=one.state,
        next_action=one.next_action,
        due=one.due,
        late=line.late,
        urgency=_urgency(one.due, today),
        days=line.days,
    )


def _urgency(due: date | None, today: date) -> str:
    if due is None:
        return ""
    away = (due - today).days
    if away < 0:
        return "late"
    return "today" if not away else "soon" if away <= _SOON else ""
