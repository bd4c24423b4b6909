"""Jobs: what runs, waits, failed and is done, and what the clock asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, request, send_file, url_for

from matcher.actions.authority import is_root_admin
from matcher.actions.import_runs import show as show_import
from matcher.actions.job_handlers import import_id
from matcher.actions.jobs import ask, cancel_job, job_file, list_jobs, retry_job
from matcher.actions.who_did import names_of
from matcher.domain.enums import Role
from matcher.domain.job import SCHEDULE, Job, JobKind, JobState
from matcher.errors import NotFound
from matcher.jobs.queue import send
from matcher.web.context import platform, viewer
from matcher.web.job_told import JobTold, job_told
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, is_partial, page, page_part, say
from matcher.web.schedule_shown import schedules_shown
from matcher.web.working import has_worker

SIZE = 30
_PARTS = (
    (JobState.RUNNING, "进行中", "Running"),
    (JobState.WAITING, "等待中", "Waiting"),
    (JobState.FAILED, "失败", "Failed"),
    (JobState.DONE, "已完成", "Done"),
    (JobState.CANCELLED, "已取消", "Cancelled"),
)

jobs = page_part("jobs")


@jobs.get("/jobs")
def show() -> Response:
    """All that the reader may know of, by what becomes of it."""
    if is_partial():
        return page("pages/jobs_list.html", **_shown())
    begins = (JobKind.NOTICES,) if _of_all() else ()
    return page("pages/jobs.html", **_shown(), schedules=_schedules(), begins=begins, key=new_key())


@jobs.post("/jobs/notices")
def begin_round() -> Response:
    """Have a round of notices made now, without waiting for the clock."""
    once(lambda: send(platform().settings, ask(platform(), viewer(), JobKind.NOTICES, {})))
    return gone(url_for("page.jobs.show"))


@jobs.post("/jobs/<id>/cancel")
def cancel(id: str) -> Response:
    """Cancel it."""
    cancel_job(platform(), viewer(), id)
    return _again()


@jobs.post("/jobs/<id>/retry")
def retry(id: str) -> Response:
    """Have it done after all."""
    send(platform().settings, retry_job(platform(), viewer(), id))
    return _again()


@jobs.get("/jobs/<id>/file")
def file(id: str) -> Response:
    """The file that came of it."""
    path = job_file(platform(), viewer(), id)
    return send_file(path, as_attachment=True, download_name=path.name, max_age=0)


def _again() -> Response:
    """The list as it is now; without scripts the page that was asked from."""
    if is_partial():
        return page("pages/jobs_list.html", **_shown())
    return gone(url_for("page.jobs.show"))


def _shown() -> dict[str, Any]:
    before = request.args.get("before") or None
    found = list_jobs(platform(), viewer(), before=before, limit=SIZE)
    told = _told(found.rows)
    parts = [
        (state, say()(zh, en), [one for one in told if one.job.state is state])
        for state, zh, en in _PARTS
    ]
    return {
        "parts": [part for part in parts if part[2]],
        "busy": any(one.is_open for one in told),
        "nobody": any(one.nobody for one in told),
        "more": found.next,
        "before": before,
        "links": {one.id: _link(one) for one in found.rows},
    }


def _link(job: Job) -> str:
    """Where what came of it can be looked at, "" where nowhere."""
    told = job.arguments
    if job.kind is JobKind.IMPORT and not told.get("dry_run") and Role.ADMIN in account().roles:
        return url_for("page.imports.run", id=import_id(job))
    if job.kind is JobKind.IMPORT_UNDO and Role.ADMIN in account().roles:
        return url_for("page.imports.run", id=told["id"])
    if job.kind is JobKind.EXPORT and job.state is JobState.DONE and job.account == account().id:
        return url_for("page.jobs.file", id=job.id)
    return ""


def _file(job: Job) -> str:
    """The file whose import is taken back, "" for any other job and for who may not know."""
    if job.kind is not JobKind.IMPORT_UNDO:
        return ""
    try:
        return show_import(platform(), viewer(), job.arguments["id"], 1).run.file
    except NotFound:
        return ""


def _told(found: Iterable[Job]) -> list[JobTold]:
    rows = list(found)
    names = names_of(platform(), viewer(), [one.account for one in rows])
    names |= {SCHEDULE: say()("定时", "the clock")}
    now, there = platform().now(), has_worker()
    return [
        job_told(
            one,
            now,
            say(),
            who=names.get(one.account, say()("系统管理员", "the operator")),
            file=_file(one),
            has_worker=there,
        )
        for one in rows
    ]


def _of_all() -> bool:
    """Whether the reader answers for the whole platform."""
    with platform().database.reading() as session:
        return is_root_admin(session, viewer())


def _schedules() -> tuple[object, ...]:
    """For admins; others have no say in it."""
    if Role.ADMIN not in account().roles:
        return ()
    return schedules_shown(platform().settings, platform().now(), say())
