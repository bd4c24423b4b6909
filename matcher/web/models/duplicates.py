"""Duplicates: pairs of records that may be one, and what is decided about them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from matcher.store.merges import MergeState
from matcher.web.models.accounts import PageLimit
from matcher.web.models.base import Body, Shown
from matcher.web.models.followups import LangParams
from matcher.web.models.records import Cursor, NextCursor
from matcher.web.models.worklist import LONGEST_ID, Id

Mergeable = Literal["outcome", "need", "manager", "organisation"]


class DuplicatesParams(LangParams):
    """Of which noun (of all without one), in which state, and which page."""

    noun: Mergeable | None = None
    state: MergeState = MergeState.PROPOSED
    limit: PageLimit = 50
    cursor: Cursor = ""


class PairBody(Body):
    """Two records that are one, though nobody proposed it; `dropped` becomes part of `kept`."""

    noun: Mergeable
    kept: Id
    dropped: Id


class MergeBody(Body):
    """keep: the id of the one that stays; without it the one that was proposed to."""

    keep: Annotated[str, Field(max_length=LONGEST_ID)] = ""


class EndShown(Shown):
    """One of the two records."""

    id: str
    title: str
    node: str
    version: int


class DuplicateShown(Shown):
    """A pair. score: how sure it is, 0 to 1; why: what it rests on, as codes and values."""

    id: str
    noun: Mergeable
    state: MergeState
    score: float
    why: dict[str, Any]
    kept: EndShown
    dropped: EndShown
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: str


class DuplicatesShown(Shown):
    """A page of pairs, the surest first."""

    items: list[DuplicateShown]
    next_cursor: NextCursor


class MergedShown(Shown):
    """A merge that was done. clashing: open follow-ups that now pursue the same pair, as far as
    you may know of them; a group of ids each. Say which of them goes on."""

    duplicate: DuplicateShown
    clashing: list[list[str]]
