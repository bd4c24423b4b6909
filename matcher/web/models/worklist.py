"""A manager's worklist, and what they decide."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.actions.decisions import Decision
from matcher.actions.worklist import MOST
from matcher.domain.enums import DeclineReason, Language
from matcher.web.models.base import Body, Day, Params, Shown
from matcher.web.models.matching import ReasonShown

LONGEST_ID, LONGEST_WHY = 500, 2_000

Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Why = Annotated[str, Field(max_length=LONGEST_WHY)]
Version = Annotated[
    int | None, Field(ge=0, le=2**31 - 1, description="The one you have seen, 0 for none.")
]


class WorklistParams(Params):
    """How many rows, in which language, and of which day; today (UTC) without one."""

    size: Annotated[int, Field(ge=1, le=MOST)] = 20
    lang: Language = Language.ZH
    on: Day | None = None


class PairShown(Shown):
    """How well the two fit. Either `likelihood` or, where too little is known, `band` alone."""

    score: float
    band: str
    likelihood: float | None
    parts: dict[str, float]
    reasons: list[ReasonShown]


class WorklistRowShown(Shown):
    """A pair to decide on.

    id: what is accepted, declined or put off. score: what the list is ranked by, the product of
    `parts`. explored: shown by chance, to learn from. followup, version: the manager's follow-up
    of the pair, null and 0 where there is none.
    """

    id: str
    position: int
    need: str
    need_title: str
    outcome: str
    outcome_title: str
    score: float
    parts: dict[str, float]
    match: PairShown
    warnings: list[ReasonShown]
    explored: bool
    followup: str | None
    version: int


class EmptyShown(Shown):
    """Why there is nothing in a list."""

    code: str
    text: str


class WorklistShown(Shown):
    """What a manager is to decide on, on a day, the best first."""

    manager: str
    day: dt.date
    model_version: str
    degraded: list[str]
    empty: EmptyShown | None
    rows: list[WorklistRowShown]


class AcceptBody(Body):
    """Take a pair up."""

    why: Why = ""
    version: Version = None


class DeclineBody(AcceptBody):
    """Turn a pair down; the reason `other` needs words in `why`."""

    reason: DeclineReason


class SnoozeBody(AcceptBody):
    """Put a pair off until that day."""

    until: dt.date


class DecisionBody(Body):
    """What is said of a pair. reason goes with decline, until with snooze."""

    need: Id
    outcome: Id
    decision: Decision
    reason: DeclineReason | None = None
    until: dt.date | None = None
    why: Why = ""
    version: Version = None


class UndoBody(Body):
    """Take the last decision back."""

    version: Version = None
