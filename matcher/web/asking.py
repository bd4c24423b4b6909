"""Asking for a job: the answer says where to look for what becomes of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import url_for

from matcher.actions.job_files import Upload
from matcher.actions.jobs import ask, retry_job
from matcher.domain.job import Job, JobKind
from matcher.jobs.queue import send
from matcher.web.admin_shown import job_shown
from matcher.web.context import platform, viewer
from matcher.web.seen import Answered


def asked(kind: JobKind, arguments: dict[str, Any], upload: Upload | None = None) -> Answered:
    """Ask for a job and wake a worker; 202 with the job. Raises what `ask` raises."""
    return _sent(ask(platform(), viewer(), kind, arguments, upload=upload))


def asked_again(id: str) -> Answered:
    """Have a job done after all; 202 with it. Raises what `retry_job` raises."""
    return _sent(retry_job(platform(), viewer(), id))


def _sent(job: Job) -> Answered:
    send(platform().settings, job)
    return job_shown(job), HTTPStatus.ACCEPTED, {"Location": url_for("api.jobs.job", id=job.id)}
