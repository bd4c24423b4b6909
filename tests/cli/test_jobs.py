"""`matcher jobs`: a list, all of one, cancelling and retrying."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.actions import jobs
from matcher.actions.job_work import run_job
from matcher.bootstrap import open_platform
from matcher.domain.job import Job, JobKind
from matcher.domain.visibility import SYSTEM
from matcher.jobs.queue import opened
from matcher.settings import Settings

Run = Callable[..., Any]


@pytest.fixture
def home(matcher: Run, tmp_path: Path) -> Path:
    assert matcher("--home", tmp_path, "init").code == 0
    return tmp_path


def asked(home: Path, kind: JobKind, **arguments: object) -> Job:
    with open_platform(Settings(home=home)) as platform:
        return jobs.ask(platform, SYSTEM, kind, arguments)


def carried_out(home: Path, job: Job) -> None:
    with open_platform(Settings(home=home)) as platform:
        run_job(platform, job.id, "w1")


def test_a_job_is_listed_shown_cancelled_and_retried(matcher: Run, home: Path) -> None:
    job = asked(home, JobKind.EXPORT, noun="needs")
    place = ("--home", home, "jobs")
    assert job.id in matcher(*place, "list").out
    assert matcher(*place, "list", "--state", "done").out == ""
    shown = json.loads(matcher(*place, "show", job.id, "--json").out)
    assert (shown["state"], shown["arguments"]["noun"]) == ("waiting", "needs")
    assert "cancelled" in matcher(*place, "cancel", job.id).err
    again = matcher(*place, "cancel", job.id)
    assert (again.code, "is cancelled and can't be" in again.err) == (1, True)
    assert matcher(*place, "retry", job.id).code == 0
    with opened(Settings(home=home)) as queue:
        assert queue.waiting() == 1
    carried_out(home, job)
    [row] = json.loads(matcher(*place, "list", "--kind", "export", "--json").out)
    assert (row["state"], row["came_to"]) == ("done", "rows 0, file need.xlsx")


def test_why_a_job_failed_is_in_the_list(matcher: Run, home: Path) -> None:
    carried_out(home, asked(home, JobKind.PLAN, quota={"most": 1}))
    out = matcher("--home", home, "jobs", "list").out
    assert "failed" in out
    assert "model" in out


def test_a_job_that_is_not_there(matcher: Run, home: Path) -> None:
    for command in ("show", "cancel", "retry"):
        ran = matcher("--home", home, "jobs", command, "none")
        assert (ran.code, "no job" in ran.err) == (1, True)
    assert "nobody" in matcher("--home", home, "jobs", "list", "--as", "nobody").err
