"""Jobs: work that a worker carries out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, send_file

from matcher.actions.jobs import cancel_job, get_job, job_file, list_jobs
from matcher.domain.job import JobKind
from matcher.web.admin_shown import job_shown, listed
from matcher.web.asking import asked, asked_again
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.idempotency import idempotent
from matcher.web.models.jobs import ExportBody, JobShown, JobsParams, JobsShown, RoundBody
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.seen import CHANGING, Answered, problems

jobs = part("jobs", "Jobs")

_BYTES = "application/octet-stream"
_FILE: dict[int | str, Any] = {
    200: {
        "description": "The file",
        "content": {_BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}
_ASKING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@jobs.get("/jobs")
@jobs.input(JobsParams, location="query", arg_name="params")
@jobs.output(JobsShown)
@jobs.doc(operation_id="jobs")
def every(params: JobsParams) -> dict[str, Any]:
    """Jobs that you may know of, the newest first

    Those you asked for, and for admins those of their node and below.
    """
    query = {"of": "jobs", **params.model_dump(mode="json", include={"kind", "state"})}
    [before] = place_of(params.cursor, query, str) if params.cursor else [None]
    page = list_jobs(
        platform(),
        viewer(),
        kinds=params.kind,
        states=params.state,
        before=before,
        limit=params.limit,
    )
    return listed(page.rows, job_shown, page.next and cursor(query, page.next))


@jobs.get("/jobs/<id>")
@jobs.output(JobShown)
@jobs.doc(operation_id="job")
def job(id: str) -> dict[str, Any]:
    """A job: how far it has come, and what came of it"""
    return job_shown(get_job(platform(), viewer(), id))


@jobs.post("/jobs/<id>/cancel")
@jobs.output(JobShown)
@jobs.doc(operation_id="cancelJob", responses=CHANGING)
def cancel(id: str) -> dict[str, Any]:
    """Cancel a job

    One that runs stops where its work allows it.
    """
    return job_shown(cancel_job(platform(), viewer(), id))


@jobs.post("/jobs/<id>/retry")
@jobs.output(JobShown, status_code=202)
@jobs.doc(operation_id="retryJob", responses=CHANGING)
def retry(id: str) -> Answered:
    """Have a job done after all that failed or was cancelled"""
    return asked_again(id)


@jobs.get("/jobs/<id>/file")
@jobs.doc(operation_id="jobFile", responses=_FILE)
def file(id: str) -> Response:
    """The file that came of an export, or the report of an import"""
    path = job_file(platform(), viewer(), id)
    # Whole and anew each time: nothing of it is kept on the way, nor told by a tag.
    return send_file(
        path,
        mimetype=_BYTES,
        as_attachment=True,
        download_name=path.name,
        conditional=False,
        etag=False,
        max_age=0,
    )


@jobs.post("/exports")
@idempotent
@jobs.input(ExportBody, arg_name="body")
@jobs.output(JobShown, status_code=202)
@jobs.doc(operation_id="exportRecords", responses=_ASKING, extensions={IDEMPOTENT: True})
def export(body: ExportBody) -> Answered:
    """Write the records that you may see to a file

    A worker does it; the answer is its job, and `GET /jobs/{id}/file` the file.
    """
    return asked(JobKind.EXPORT, body.model_dump())


@jobs.post("/notices/rounds")
@idempotent
@jobs.input(RoundBody, arg_name="body")
@jobs.output(JobShown, status_code=202)
@jobs.doc(operation_id="beginRound", responses=_ASKING, extensions={IDEMPOTENT: True})
def begin_round(body: RoundBody) -> Answered:
    """Have a round of notices made now

    A worker does it; the answer is its job. What somebody was told of isn't told again.
    """
    return asked(JobKind.NOTICES, body.model_dump())
