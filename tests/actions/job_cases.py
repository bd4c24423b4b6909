"""Accounts that ask for jobs on the standard platform, and a worker that is no process."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

from matcher.actions import accounts, jobs
from matcher.actions.job_files import Upload
from matcher.actions.job_work import run_job
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.store import nodes

ROWS = ({"id": "x1", "title": "石墨烯", "summary": "耐磨"}, {"id": "x2", "title": "Rice"})
WORKER = "w1"


def signed_up(platform: Platform, login: str, *roles: Role, node: str = "n1") -> Viewer:
    """Somebody with an account."""
    account = Account(id="new", login=login, roles=roles or (Role.ADMIN,), node=node)
    return viewer(platform, accounts.add_account(platform, SYSTEM, account))


def viewer(platform: Platform, account: Account, *roles: Role) -> Viewer:
    """The account, in some of its roles."""
    acting = replace(account, roles=roles or account.roles)
    with platform.database.reading() as session:
        return viewer_of(acting, nodes.parents(session))


def upload(*rows: object, name: str = "成果.jsonl") -> Upload:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows or ROWS)
    return Upload(name, io.BytesIO("\n".join(lines).encode()))


def asked(platform: Platform, who: Viewer, kind: JobKind, /, **arguments: Any) -> Job:
    file = upload() if kind is JobKind.IMPORT else None
    return jobs.ask(platform, who, kind, arguments, upload=file)


def done(platform: Platform, job: Job) -> Job:
    """The job after a worker had it."""
    run_job(platform, job.id, WORKER)
    return jobs.get_job(platform, SYSTEM, job.id)
