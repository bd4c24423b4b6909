"""Expressions of interest, and what is answered to them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from matcher.domain.enums import DeclineReason
from matcher.domain.interest import LONGEST_CONTACT, LONGEST_TEXT, InterestState
from matcher.web.models.base import Body, Listed, Shown
from matcher.web.models.followups import LangParams
from matcher.web.models.worklist import LONGEST_ID, Id, Version, Why


class InterestBody(Body):
    """What you would like to have; `need` is one of your own."""

    outcome: Id
    need: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    contact: Annotated[
        str, Field(max_length=LONGEST_CONTACT, description="How the manager can reach you.")
    ] = ""


class InterestsParams(LangParams):
    """In which states, and which page; the newest first."""

    state: Annotated[tuple[InterestState, ...], Listed] = ()
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=LONGEST_ID)] = ""


class SeenBody(Body):
    """Nothing but the version that you have seen."""

    version: Version = None


class DeclineInterestBody(Body):
    """Why it is turned down; the reason `other` needs words in `why`."""

    reason: DeclineReason
    why: Why = ""
    version: Version = None


class InterestStepShown(Shown):
    """A step that was taken."""

    to_state: InterestState
    by: str
    at: dt.datetime
    manager: str
    reason: DeclineReason | None
    why: str
    reasons: list[dict[str, Any]]


class InterestShown(Shown):
    """An interest as you may have it.

    manager: who has it now, "" for nobody. reasons: why they, as codes with values. followup: of
    its pair, null where there is none for you. history: for admins of its node, null for others.
    """

    id: str
    version: int
    state: InterestState
    made_at: dt.datetime
    account: str
    outcome: str
    outcome_title: str
    need: str
    need_title: str
    text: str
    contact: str
    manager: str
    manager_name: str
    reasons: list[dict[str, Any]]
    followup: str | None
    node: str
    history: list[InterestStepShown] | None


class InterestsShown(Shown):
    """A page of interests. next_cursor: the cursor of the page after it, null at the end."""

    items: list[InterestShown]
    next_cursor: str | None
