"""Carrying out jobs: by the rights of who asked, one worker at a time, and again where one died."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.job_attempt import Attempt, Cancelled, Lost, Released, attempting
from matcher.actions.job_files import drop_folders, drop_upload, has_upload, orphans
from matcher.actions.job_handlers import HANDLERS, tidy
from matcher.actions.job_wishes import wish_of
from matcher.actions.job_workers import Workers, forget_gone, workers
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.job import (
    SCHEDULE,
    Job,
    JobKind,
    JobState,
    failed,
    finished,
    put_off,
    released,
    stopped,
)
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import (
    EncoderUnavailable,
    MailUnavailable,
    MatcherError,
    NotAllowed,
    StoreUnavailable,
)
from matcher.settings import Settings
from matcher.store import accounts, jobs, nodes

STALE = timedelta(seconds=90)
"""Without a sign of life for so long a worker that isn't known to be alive counts as dead. Longer
than a writer may stand in line for the database, which holds up the signs of those that are."""
UPLOAD_KEPT = timedelta(days=1)
"""How long what was uploaded is kept of an import that came to nothing."""
WORKER_LOST, INTERNAL = "worker_lost", "internal"
_PASSING = (StoreUnavailable, EncoderUnavailable, MailUnavailable, OSError)

Ending = Callable[[Job, datetime], Job]
"""What an attempt came to: the job as it is after it."""


def run_job(
    platform: Platform, id: str, worker: str, ending: Callable[[], bool] = lambda: False
) -> Job | None:
    """Carry out a job that waits and is due, as who asked for it; the job as it is afterwards.

    None where there is nothing to do: it isn't there, doesn't wait, or another worker has it.
    ending: whether the worker is to end; the job waits then for another one. A fault of the product
    fails the job and is raised. Raises StoreUnavailable; the job is found again then.
    """
    with platform.database.writing() as session:
        kept = jobs.claim(session, id, worker, platform.now())
    if kept is None:
        return None
    with attempting(platform, kept.job, ending) as attempt:
        try:
            end = _carried_out(platform, attempt)
        except Exception:
            error = {"code": INTERNAL, "message": "Something went wrong; the log says what."}
            _settled(platform, kept.job, lambda job, at: failed(job, at, error))
            raise
    return _settled(platform, kept.job, end)


def recover(platform: Platform, worker: str = "", busy: Collection[str] = ()) -> tuple[str, ...]:
    """Put the jobs of dead workers back, to wait as after any attempt that came to nothing.

    worker: who looks, and the ids of the jobs that it is busy with; of its own it may lose others,
    where it couldn't write down what became of them. Returns the ids of what was put back.
    """
    known = workers(platform.settings.home)

    def lost(session: Session) -> tuple[jobs.KeptJob, ...]:
        alive = Workers(known.alive - {worker}, known.gone)
        found = _lost(session, alive, platform.now())
        return tuple(one for one in found if one.job.worker != worker or one.job.id not in busy)

    with platform.database.reading() as session:
        found = lost(session)
    if found:
        with platform.database.writing() as session:
            found = lost(session)
            for kept in found:
                put_back = put_off(kept.job, platform.now(), _WORKER_LOST)
                jobs.save(session, put_back, kept.version)
    forget_gone(platform.settings.home, known.gone)
    return tuple(kept.job.id for kept in found)


def due(platform: Platform) -> tuple[str, ...]:
    """The ids of jobs that wait for a worker now, the oldest first."""
    with platform.database.reading() as session:
        return tuple(kept.job.id for kept in jobs.due(session, platform.now()))


def forget_old(platform: Platform) -> tuple[str, ...]:
    """Forget jobs that are over for longer than `jobs_kept_days`, with their files; their ids."""
    now, home = platform.now(), platform.settings.home
    before = now - timedelta(days=platform.settings.jobs_kept_days)
    folders = orphans(home, now)
    with platform.database.reading() as session:
        ids = jobs.ended(session, before)
        nobodys = set(folders) - jobs.known(session, folders)
        unused = _unused(platform, session, now)
    if ids or unused:
        with platform.database.writing() as session:
            # What somebody began anew since isn't over any more; who does so now waits.
            ids = jobs.forget(session, before)
            for id_ in _unused(platform, session, now):
                drop_upload(home, id_)
    drop_folders(home, {*ids, *nobodys})
    return ids


def _unused(platform: Platform, session: Session, now: datetime) -> list[str]:
    """Imports that came to nothing a while ago, and still have their file."""
    found = jobs.unsuccessful(session, JobKind.IMPORT, now - UPLOAD_KEPT)
    return [id_ for id_ in found if has_upload(platform.settings.home, id_)]


_WORKER_LOST = {
    "code": WORKER_LOST,
    "message": "The worker ended before the job was done.",
    "hint": "It is begun again by itself; where that goes on, look at the worker's log.",
}


def _lost(session: Session, known: Workers, at: datetime) -> tuple[jobs.KeptJob, ...]:
    """The clock may jump, and a writer keep the others waiting: who is alive loses nothing."""
    silent = {kept.job.id for kept in jobs.stale(session, at - STALE)}
    return tuple(
        one
        for one in jobs.running(session)
        if one.job.worker in known.gone
        or (one.job.id in silent and one.job.worker not in known.alive)
    )


def _carried_out(platform: Platform, attempt: Attempt) -> Ending | None:
    """What the attempt came to; None where the job isn't this worker's any more."""
    try:
        result = _done(platform, attempt)
    except Lost:
        return None
    except Cancelled:
        return stopped
    except Released:
        return released
    except _PASSING as error:
        passing = told(error, attempt.job, platform.settings)
        return lambda job, at: put_off(job, at, passing)
    except MatcherError as error:
        final = told(error, attempt.job, platform.settings)
        return lambda job, at: failed(job, at, final)
    return lambda job, at: finished(job, at, result)


def _done(platform: Platform, attempt: Attempt) -> dict[str, Any]:
    job = attempt.job
    attempt.look()
    wish = wish_of(job.kind, job.arguments)
    with platform.database.reading() as session:
        viewer = viewer_again(session, job)
        wish.admit(session, viewer)
    return HANDLERS[job.kind](platform, viewer, wish, attempt)


def viewer_again(session: Session, job: Job) -> Viewer:
    """Who asked, with the rights of today. Raises NotAllowed for who lost them since."""
    if job.account in (OPERATOR, SCHEDULE):
        return SYSTEM
    account = accounts.get(session, job.account)
    roles = () if account is None else account.roles
    if account is None or not account.active or (job.role is not None and job.role not in roles):
        hint = "Let somebody ask for it who may."
        raise NotAllowed("Who asked for it may not any more.", hint=hint)
    acting = account if job.role is None else replace(account, roles=(job.role,))
    return viewer_of(acting, nodes.parents(session))


def told(error: Exception, job: Job, settings: Settings) -> dict[str, Any]:
    """An error as plain values, without a folder of this machine."""
    if not isinstance(error, MatcherError):
        reason = getattr(error, "strerror", None) or type(error).__name__
        return {"code": MatcherError.code, "message": f"The machine said: {reason}."}
    where = {name: value for name, value in error.where.items() if name != "file"}
    if "file" in error.where:
        where["file"] = job.arguments.get("file", "")
    message = _without_folders(error.message, settings)
    told = {"code": error.code, "message": message, "hint": error.hint, "where": where}
    return {name: value for name, value in told.items() if value}


def _without_folders(message: str, settings: Settings) -> str:
    """What a child process said names its files in full."""
    for folder in (settings.models, settings.home):
        message = message.replace(f"{folder.absolute()}/", "").replace(f"{folder}/", "")
    return message


def _settled(platform: Platform, mine: Job, end: Ending | None) -> Job | None:
    """Write down what an attempt came to, unless another worker has the job by now."""
    if end is None:
        return None
    with platform.database.writing() as session:
        kept = jobs.get(session, mine.id)
        if kept is None or kept.job.state is not JobState.RUNNING or not kept.job.is_of(mine):
            return None
        job = jobs.save(session, end(kept.job, platform.now()), kept.version).job
    if job.state is JobState.DONE:
        tidy(platform, job)
    return job
