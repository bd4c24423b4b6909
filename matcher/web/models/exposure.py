"""Figures of a node: how far proposals come, what lies idle, and who is shown."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.actions.quality import LONGEST_DAYS
from matcher.domain.enums import FollowUpState, Noun
from matcher.web.models.accounts import Reference
from matcher.web.models.base import Params, Shown
from matcher.web.models.models import MeasuredShown


class FiguresParams(Params):
    """Of which node with those below it, yours without one, and over how many days up to today."""

    node: Reference = ""
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = 90


class StageShown(Shown):
    """now: follow-ups that stand in the state; reached: that ever came so far, null for a state
    that isn't of the chain."""

    state: FollowUpState
    now: int
    reached: int | None


class WaitedShown(Shown):
    """The median of days, null over none, and over how many follow-ups."""

    days: float | None
    count: int


class CoveredShown(Shown):
    """Needs that are valid today: how many stood in a list, and how many somebody took up."""

    valid: int
    shown: int
    taken_up: int


class ListingsShown(Shown):
    """Outcomes. stale: valid, but not updated for a year; told: valid, and found stale by somebody
    since their last update."""

    valid: int
    expired: int
    stale: int
    told: int


class QualityShown(Shown):
    """The figures of these nodes, of records that you may know of; times and lists since a day."""

    nodes: list[str]
    since: dt.date
    funnel: list[StageShown]
    to_acceptance: WaitedShown
    to_contact: WaitedShown
    needs: CoveredShown
    listings: ListingsShown


class PartiesShown(Shown):
    """coverage: the share that was shown; gini: 0 where all were shown alike, near 1 where one has
    it all. Both are null where nobody was shown, their intervals where few were."""

    noun: Noun
    parties: int
    shown: int
    coverage: MeasuredShown | None
    gini: MeasuredShown | None


class ExposureShown(Shown):
    """Who stood in the lists of the managers of these nodes since a day."""

    nodes: list[str]
    since: dt.date
    parties: list[PartiesShown]
