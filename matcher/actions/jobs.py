"""Jobs as people deal with them: asked for, looked at, cancelled, begun anew.

A job is known to the account that asked and to the admins of its node; to others there is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, is_admin, nodes_of
from matcher.actions.job_files import (
    Upload,
    drop_folder,
    has_upload,
    keep_upload,
    kept_bytes,
    shown_name,
)
from matcher.actions.job_handlers import file_of
from matcher.actions.job_wishes import wish_of
from matcher.actions.paged import Paged, cut
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.job import OPEN, SCHEDULE, Job, JobKind, JobState, cancelled, retried
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotAllowed, NotFound, UsageError
from matcher.store import jobs
from matcher.store.jobs import KeptJob

MOST_OPEN = 20
"""Jobs of one account that aren't over yet."""
MOST_KEPT = 2 << 30
"""Bytes of one account's files, those that were uploaded and those that came of its jobs."""
_WITH_FILE = (JobKind.IMPORT,)
_KEPT = (JobKind.IMPORT, JobKind.EXPORT)
_UNBOUNDED = (OPERATOR, SCHEDULE)
ASKED, CANCELLED, RETRIED = "asked", "cancelled", "retried"
"""Verbs of what people do about jobs, each with the kind of the job behind it."""


def ask(
    platform: Platform,
    viewer: Viewer,
    kind: JobKind,
    arguments: Mapping[str, Any],
    *,
    upload: Upload | None = None,
) -> Job:
    """Ask for a job; what can be found wrong with it now is, and then there is none.

    What is meant now is meant for good: where no node or version is named, the job names it.

    arguments: see `job_wishes`. upload: the file of an import, kept before the job is there. Raises
    NotAllowed, NotFound, EditConflict, UsageError, InvalidValue, UnreadableFile, UnwritableOutput.
    """
    _require_signed_in(viewer)
    at, given = platform.now(), _with_file(kind, arguments, upload)
    wish = wish_of(kind, given)
    with platform.database.reading() as session:
        node = wish.admit(session, viewer)
        _require_room(session, actor_of(viewer))
        _require_space(platform, session, kind, actor_of(viewer))
    job = Job(
        id=f"J-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        kind=kind,
        account=actor_of(viewer),
        role=_role(viewer),
        node=node,
        arguments=wish.fixed(platform, node).to_mapping(),
        made_at=at,
        run_at=at,
    )
    return _kept(platform, viewer, job, upload)


def ask_on_schedule(platform: Platform, kind: JobKind, at: datetime) -> Job | None:
    """Ask for what the clock wants done at `at`; None where it was asked for already, or what it
    asked for before isn't over yet."""
    id_ = f"J-{at:%Y%m%d-%H%M}00-{kind.value}"
    with platform.database.writing() as session:
        before = jobs.listed(session, account=SCHEDULE, kinds=[kind], states=OPEN, limit=1)
        if before or jobs.get(session, id_) is not None:
            return None
        wish = wish_of(kind, {})
        job = Job(
            id=id_,
            kind=kind,
            account=SCHEDULE,
            node=wish.admit(session, SYSTEM),
            arguments=wish.to_mapping(),
            made_at=at,
            run_at=at,
        )
        return jobs.add(session, job).job


def get_job(platform: Platform, viewer: Viewer, id: str) -> Job:
    """The job. Raises NotFound where it isn't there or not the viewer's to know of."""
    with platform.database.reading() as session:
        return _required(session, viewer, id).job


def list_jobs(
    platform: Platform,
    viewer: Viewer,
    *,
    kinds: Collection[JobKind] = (),
    states: Collection[JobState] = (),
    before: str | None = None,
    limit: int = 50,
) -> Paged[Job]:
    """The jobs that the viewer may know of, the newest first; `next` is `before` of the next page.

    kinds, states: only of these, where any is named.
    """
    with platform.database.reading() as session:
        found = jobs.listed(
            session,
            account="" if viewer.account is None else viewer.account.id,
            role=_role(viewer),
            nodes=nodes_of(session, viewer),
            kinds=kinds,
            states=states,
            before=before or "",
            limit=limit + 1,
        )
    return cut([kept.job for kept in found], lambda job: job.id, limit)


def cancel_job(platform: Platform, viewer: Viewer, id: str) -> Job:
    """Cancel a job that waits; one that runs stops where its work allows it, soon.

    Raises NotFound, IllegalTransition where it is over.
    """
    with platform.database.writing() as session:
        kept = _required(session, viewer, id)
        job = cancelled(kept.job, platform.now())
        _tell(session, viewer, CANCELLED, job, platform.now())
        return jobs.save(session, job, kept.version).job


def retry_job(platform: Platform, viewer: Viewer, id: str) -> Job:
    """Have a job that failed or was cancelled done after all, or one that waits after a failure
    now. It is done as the one who asked for it, with the rights that they have then.

    Raises NotFound, IllegalTransition; UsageError where its file isn't kept any more, or its
    account has too many jobs that aren't over.
    """
    with platform.database.writing() as session:
        kept = _required(session, viewer, id)
        again = retried(kept.job, platform.now())
        _require_upload(platform, again)
        if kept.job.is_over:
            _require_room(session, again.account)
        _tell(session, viewer, RETRIED, again, platform.now())
        return jobs.save(session, again, kept.version).job


def job_file(platform: Platform, viewer: Viewer, id: str) -> Path:
    """The file that came of a job: of an export, or an import's report, also where it was refused.

    An export holds what its account may see, so it is theirs alone. Raises NotFound.
    """
    job = get_job(platform, viewer, id)
    path = file_of(platform, job)
    if path is None or not _may_fetch(viewer, job):
        hint = "It is there once an export is done, or an import has read its file."
        raise NotFound(f"There is no file of the job {id!r}.", hint=hint)
    return path


def _with_file(
    kind: JobKind, arguments: Mapping[str, Any], upload: Upload | None
) -> Mapping[str, Any]:
    """The arguments, of an import with the name of its file."""
    if (upload is not None) != (kind in _WITH_FILE):
        what = "needs a file" if upload is None else "takes no file"
        raise UsageError(f"A job of the kind {kind.value} {what}.", field="file")
    return arguments if upload is None else {**arguments, "file": shown_name(upload.name)}


def _require_signed_in(viewer: Viewer) -> None:
    if viewer != SYSTEM and (viewer.account is None or not viewer.account.active):
        raise NotAllowed("Jobs are for those who are signed in.", hint="Sign in first.")


def _require_room(session: Session, account: str) -> None:
    """The operator and the clock may have as many as they like."""
    if account in _UNBOUNDED:
        return
    found = jobs.listed(session, account=account, states=OPEN, limit=MOST_OPEN)
    if len(found) >= MOST_OPEN:
        hint = "Wait until some of them are done, or cancel some."
        message = f"The account has {MOST_OPEN} jobs that aren't over yet."
        raise UsageError(message, hint=hint)


def _require_space(platform: Platform, session: Session, kind: JobKind, account: str) -> None:
    if kind not in _KEPT or account in _UNBOUNDED:
        return
    kept = kept_bytes(platform.settings.home, jobs.ids_of(session, account))
    if kept > MOST_KEPT:
        days = platform.settings.jobs_kept_days
        raise UsageError(
            f"The files of the account's jobs take more than {MOST_KEPT >> 30} GB.",
            hint=f"What failed is removed after a day, the rest {days} days after its job.",
        )


def _require_upload(platform: Platform, job: Job) -> None:
    if job.kind in _WITH_FILE and not has_upload(platform.settings.home, job.id):
        hint = "Ask for the import anew, with the file."
        raise UsageError("The file isn't kept any more.", field="file", hint=hint)


def _role(viewer: Viewer) -> Role | None:
    """The one role that the viewer acts in; None for all that they have."""
    roles = () if viewer.account is None else viewer.account.roles
    return roles[0] if len(roles) == 1 else None


def _kept(platform: Platform, viewer: Viewer, job: Job, upload: Upload | None) -> Job:
    """First the file, then the row: what is asked for can be done."""
    home = platform.settings.home
    if upload is not None:
        keep_upload(home, job.id, upload)
    try:
        with platform.database.writing() as session:
            _require_room(session, job.account)
            added = jobs.add(session, job).job
            _require_space(platform, session, job.kind, job.account)
            _tell(session, viewer, ASKED, job, job.made_at)
            return added
    except BaseException:
        drop_folder(home, job.id)
        raise


def _tell(session: Session, viewer: Viewer, verb: str, job: Job, at: datetime) -> None:
    """What is to be done is part of the verb: a job is forgotten some day, the event isn't."""
    subject = Subject(noun=Noun.JOB, id=job.id)
    note(session, actor_of(viewer), f"{verb}_{job.kind.value}", at, subject)


def _required(session: Session, viewer: Viewer, id: str) -> KeptJob:
    kept = jobs.get(session, id)
    if kept is None or not (_is_own(viewer, kept.job) or is_admin(viewer, kept.job.node)):
        raise NotFound(f"There is no job {id!r}.", hint="See the list of jobs.")
    return kept


def _is_own(viewer: Viewer, job: Job) -> bool:
    """Who acts in one role has to do with what they asked for in that one: a token of a manager
    isn't to fetch what an admin may see, though both are one account."""
    account = viewer.account
    if account is None or not account.active or account.id != job.account:
        return False
    return _role(viewer) in (None, job.role)


def _may_fetch(viewer: Viewer, job: Job) -> bool:
    return job.kind is not JobKind.EXPORT or viewer == SYSTEM or _is_own(viewer, job)
