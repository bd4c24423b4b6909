"""What was done: which events are asked for, and how they are shown."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.domain.enums import Noun
from matcher.web.models.base import Day, Listed, Params, Shown
from matcher.web.models.worklist import LONGEST_ID

Verb = Annotated[str, Field(max_length=100, pattern="^[a-z]+(_[a-z]+)*$")]


class AuditParams(Params):
    """Whose doing, of what kind, about what, when, and which page.

    actor: a login or an id; verb: without any all but impressions; noun and id go together; since
    and until: days of the platform's zone, both included.
    """

    actor: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    verb: Annotated[tuple[Verb, ...], Listed, Field(max_length=50)] = ()
    noun: Noun | None = None
    id: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    since: Day | None = None
    until: Day | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[
        str, Field(max_length=4000, description="`next_cursor` of the page before.")
    ] = ""


class SubjectShown(Shown):
    """What an event is about."""

    noun: Noun
    id: str


class EventShown(Shown):
    """One thing that was done. seq grows with every event; login: of the actor, where you may know
    of their account."""

    seq: int
    at: dt.datetime
    actor: str
    login: str | None
    verb: str
    subjects: list[SubjectShown]


class EventsShown(Shown):
    """A page of events, the newest first. next_cursor: of the page after it, null at the end."""

    items: list[EventShown]
    next_cursor: str | None
