"""What is being done about docking plans: the jobs that draft them."""

from __future__ import annotations

from typing import NamedTuple

from matcher.actions.jobs import list_jobs
from matcher.actions.platform import Platform
from matcher.domain.job import OPEN, Job, JobKind
from matcher.domain.visibility import Viewer


class PlanWork(NamedTuple):
    """open: drafts that are being made, the newest first. last: the newest that is over, None
    where none is."""

    open: tuple[Job, ...]
    last: Job | None


def plan_work(platform: Platform, viewer: Viewer) -> PlanWork:
    """Those that the viewer may know of."""
    kinds = [JobKind.PLAN]
    open_ = list_jobs(platform, viewer, kinds=kinds, states=OPEN).rows
    newest = list_jobs(platform, viewer, kinds=kinds, limit=len(open_) + 1).rows
    return PlanWork(tuple(open_), next((job for job in newest if job.is_over), None))
