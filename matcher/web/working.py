"""Whether somebody is there to carry out jobs."""

from __future__ import annotations

from matcher.actions.job_workers import workers
from matcher.web.context import platform


def has_worker() -> bool:
    """Whether a worker of this home is alive, as far as its lock tells."""
    return bool(workers(platform().settings.home).alive)
