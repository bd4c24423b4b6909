"""Docking plans: lists of them, one with its pairs, edits, and what came of a confirmation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.actions.plan_checks import Obstacle
from matcher.actions.plan_edits import EditKind
from matcher.domain.plan import MOST_PAIRS, LineState, PlanState, Shortfall, Unmet
from matcher.recommend.plan import RECOMMENDED_FAIRNESS
from matcher.web.models.accounts import Reference
from matcher.web.models.base import Body, Shown
from matcher.web.models.records import NextCursor
from matcher.web.models.worklist import LONGEST_ID, Id, Version

MOST_NEEDS = 20_000
Pairs = Annotated[int, Field(ge=1, le=MOST_PAIRS)]
Share = Annotated[float, Field(ge=0, le=1)]


class QuotaBody(Body):
    """How many pairs a manager is to get, at least and at most."""

    least: Annotated[int, Field(ge=0, le=MOST_PAIRS)] = 0
    most: Pairs


class PlanBody(Body):
    """A plan to be drafted. needs: ids, all that are valid today where none is named; field: only
    needs of this code. Without a floor weak pairs are left out."""

    quota: QuotaBody
    needs: Annotated[tuple[Id, ...], Field(max_length=MOST_NEEDS)] = ()
    field: Annotated[str, Field(max_length=200)] = ""
    outcomes: Annotated[int, Field(ge=1, le=50)] = 3
    per_need: Pairs | None = None
    per_outcome: Pairs | None = None
    floor: Share | None = None
    fairness: Share = RECOMMENDED_FAIRNESS
    node: Reference = ""


class EditBody(Body):
    """A change of one pair. manager: who it moves to, or is added for."""

    do: EditKind
    need: Id
    outcome: Id
    manager: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    version: Version = None


class QuotaShown(Shown):
    """How many pairs a manager is to get, at least and at most."""

    least: int
    most: int


class PlanFacts(Shown):
    """What holds for the plan as a whole. by, decided_by: accounts."""

    id: str
    state: PlanState
    made_at: dt.datetime
    by: str
    decided_at: dt.datetime | None
    decided_by: str
    quota: QuotaShown
    fairness: float
    model_version: str
    node: str


class PlanListed(PlanFacts):
    """A plan in the list; counts: lines in each state, of those you may know of."""

    counts: dict[LineState, int]


class PlansShown(Shown):
    """A page of plans, the newest first."""

    items: list[PlanListed]
    next_cursor: NextCursor


class PlanLineShown(Shown):
    """A pair and who is to carry it; value: 0 to 1, what it is worth."""

    need: str
    need_title: str
    outcome: str
    outcome_title: str
    manager: str
    manager_name: str
    value: float
    state: LineState


class UnassignedShown(Shown):
    """A pair that found nobody, with the rule that bound."""

    need: str
    need_title: str
    outcome: str
    outcome_title: str
    rule: Unmet
    text: str


class ShortShown(Shown):
    """A manager who lacks pairs of the least."""

    manager: str
    manager_name: str
    missing: int
    reason: Shortfall
    text: str


class PlanShown(PlanFacts):
    """A plan, without pairs of records that you may not know of."""

    version: int
    lines: list[PlanLineShown]
    unassigned: list[UnassignedShown]
    short: list[ShortShown]


class LeftOutShown(Shown):
    """A line that became no follow-up, and why."""

    need: str
    outcome: str
    manager: str
    rule: Obstacle
    text: str


class ConfirmedShown(Shown):
    """The plan with the ids of the follow-ups that it became. Both lists are empty where it had
    been confirmed before."""

    plan: PlanShown
    followups: list[str]
    left_out: list[LeftOutShown]
