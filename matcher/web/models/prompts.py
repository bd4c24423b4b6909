"""Listings that want a look, and why."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.actions.prompts import PromptReason
from matcher.web.models.accounts import PageParams
from matcher.web.models.base import Shown
from matcher.web.models.records import NextCursor


class PromptsParams(PageParams):
    """A page of them."""


class PromptShown(Shown):
    """A listing in the version that there is, and why it wants a look.

    day: until when it is, or was, valid; of what is stale, when it was updated last. days: from
    then to today, below 0 for a day that is to come.
    """

    noun: str
    id: str
    version: int
    title: str
    reason: PromptReason
    day: dt.date
    days: int


class PromptsShown(Shown):
    """The most urgent first."""

    items: Annotated[list[PromptShown], Field(max_length=50)]
    next_cursor: NextCursor
