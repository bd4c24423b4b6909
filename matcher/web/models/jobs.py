"""Jobs: what was asked for, how far it has come, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from matcher.domain.enums import Language, Role
from matcher.domain.job import JobKind, JobState
from matcher.web.models.accounts import PageParams
from matcher.web.models.base import Body, Listed, Shown
from matcher.web.models.imports import Importable
from matcher.web.models.records import NextCursor

Format = Literal["csv", "jsonl", "xlsx"]


class JobsParams(PageParams):
    """Of which kinds and in which states, all where none is named; the newest first."""

    kind: Annotated[tuple[JobKind, ...], Listed] = ()
    state: Annotated[tuple[JobState, ...], Listed] = ()


class ExportBody(Body):
    """Records that you may see, as a file. language: that of headings and labels."""

    noun: Importable
    format: Format = "xlsx"
    language: Language = Language.ZH


class RoundBody(Body):
    """A round of notices; there is nothing to choose."""


class JobShown(Shown):
    """A job. Times are in UTC.

    role: in which it was asked for, null for all. doing, done, total: a step and how far it has
    come. result: what came of it; error: `code`, `message`, `hint` and `where`, also of a job that
    waits because an attempt failed; both are empty where there is none.
    """

    id: str
    kind: JobKind
    state: JobState
    account: str
    role: Role | None
    node: str
    arguments: dict[str, Any]
    made_at: dt.datetime
    run_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    attempts: int
    doing: str
    done: int
    total: int | None
    cancelling: bool
    can_cancel: bool
    can_retry: bool
    result: dict[str, Any]
    error: dict[str, Any]


class JobsShown(Shown):
    """A page of jobs."""

    items: list[JobShown]
    next_cursor: NextCursor
