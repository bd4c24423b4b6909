"""Jobs: kept, listed, begun by one worker at a time, and found again where their worker died.

Functions that write need a session of `Database.writing`: what was read in it is what there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Role
from matcher.domain.job import ALONE, OVER, Job, JobKind, JobState, claimed
from matcher.errors import DuplicateId, EditConflict
from matcher.store.codec import Row, check_lengths, is_storable, record_of, row_of
from matcher.store.plain import plain
from matcher.store.rows import chunks, insert
from matcher.store.schema.base import Base
from matcher.store.schema.job import JobRow

_TABLE = Base.metadata.tables[JobRow.__tablename__]
_LOOKED_UP = ("id", "account", "node")


@dataclass(frozen=True, slots=True)
class KeptJob:
    """A job as stored; `version` counts its writes from 1."""

    job: Job
    version: int


def add(session: Session, job: Job) -> KeptJob:
    """Keep a new job. Raises DuplicateId where its id is taken."""
    if get(session, job.id) is not None:
        raise DuplicateId(f"There is a job {job.id} already.", field="id")
    insert(session, _TABLE, [{**_plain(job), "version": 1}])
    return KeptJob(job, 1)


def get(session: Session, id: str) -> KeptJob | None:
    """Return the job, None where there is none."""
    return next(_read(session, _TABLE.c.id == id), None) if is_storable(id) else None


def listed(
    session: Session,
    *,
    account: str = "",
    role: Role | None = None,
    nodes: Collection[str] | None = (),
    kinds: Collection[JobKind] = (),
    states: Collection[JobState] = (),
    before: str = "",
    limit: int = 50,
) -> tuple[KeptJob, ...]:
    """Return jobs by id, the last first: of the account, or of any of the nodes.

    role: of the account's only what was asked in this one, None for all. nodes: None for all there
    are. kinds, states: only of these, where any is named. before: only
    those with smaller ids, where one is named.
    """
    wanted = [] if nodes is None else [_of_any(account, role, nodes)]
    wanted += [_TABLE.c.kind.in_(sorted(kinds))] if kinds else []
    wanted += [_in(states)] if states else []
    wanted += [_TABLE.c.id < before] if before else []
    return tuple(_read(session, *wanted, limit=limit))


def claim(session: Session, id: str, worker: str, at: datetime) -> KeptJob | None:
    """Begin a job that waits and is due; None where it isn't one, or another worker was faster, or
    it has to wait for another job of its kind."""
    kept = get(session, id)
    if kept is None or kept.job.state is not JobState.WAITING or not kept.job.is_due(at):
        return None
    if kept.job.kind in ALONE and any(kept.job.kind is one.job.kind for one in running(session)):
        return None
    return save(session, claimed(kept.job, worker, at), kept.version)


def save(session: Session, job: Job, version: int) -> KeptJob:
    """Write a later state of a job over the version that the caller had read.

    Raises EditConflict where another version is stored, or none.
    """
    values = {**_plain(job), "version": version + 1}
    same = (_TABLE.c.id == job.id, _TABLE.c.version == version)
    written = session.execute(
        _TABLE.update().where(*same).values(**values).returning(_TABLE.c.version)
    )
    if written.scalar() is None:
        hint = "Load it again."
        raise EditConflict(f"Somebody else changed the job {job.id}.", hint=hint, version=None)
    return KeptJob(job, version + 1)


def running(session: Session) -> tuple[KeptJob, ...]:
    """Return the jobs that a worker has, the oldest first."""
    return tuple(_read(session, _in([JobState.RUNNING])))[::-1]


def stale(session: Session, beaten_before: datetime) -> tuple[KeptJob, ...]:
    """Return those of them that gave no sign of life since."""
    return tuple(
        one for one in running(session) if (one.job.beat_at or one.job.made_at) < beaten_before
    )


def due(session: Session, now: datetime) -> tuple[KeptJob, ...]:
    """Return the jobs that wait and may be begun by now, the oldest first."""
    by_now = or_(_TABLE.c.run_at <= now, _TABLE.c.attempts == 0)
    return tuple(_read(session, _in([JobState.WAITING]), by_now))[::-1]


def ended(session: Session, before: datetime) -> tuple[str, ...]:
    """Return the ids of jobs that were over by then."""
    query = select(_TABLE.c.id).where(_in(OVER), _TABLE.c.ended_at < before)
    return tuple(session.scalars(query.order_by(_TABLE.c.id)))


def unsuccessful(session: Session, kind: JobKind, before: datetime) -> tuple[str, ...]:
    """Return the ids of jobs of the kind that had failed or were cancelled by then."""
    wanted = (_TABLE.c.kind == kind.value, _TABLE.c.ended_at < before)
    states = _in([JobState.FAILED, JobState.CANCELLED])
    return tuple(session.scalars(select(_TABLE.c.id).where(states, *wanted).order_by(_TABLE.c.id)))


def forget(session: Session, before: datetime) -> tuple[str, ...]:
    """Forget the jobs that were over by then, for good; their ids."""
    ids = ended(session, before)
    for chunk in chunks(ids):
        session.execute(delete(_TABLE).where(_TABLE.c.id.in_(chunk)))
    return ids


def ids_of(session: Session, account: str) -> tuple[str, ...]:
    """Return the ids of all jobs that the account asked for."""
    return tuple(session.scalars(select(_TABLE.c.id).where(_TABLE.c.account == account)))


def known(session: Session, ids: Collection[str]) -> frozenset[str]:
    """Return those of the ids that are a job's."""
    found: set[str] = set()
    for chunk in chunks(filter(is_storable, ids)):
        found.update(session.scalars(select(_TABLE.c.id).where(_TABLE.c.id.in_(chunk))))
    return frozenset(found)


def _of_any(account: str, role: Role | None, nodes: Collection[str]) -> ColumnElement[bool]:
    """No id is nobody's."""
    own = (_TABLE.c.account == account) & (_TABLE.c.account != "")
    return or_(
        own if role is None else own & (_TABLE.c.role == role.value),
        _TABLE.c.node.in_(sorted(filter(None, nodes))),
    )


def _in(states: Collection[JobState]) -> ColumnElement[bool]:
    return _TABLE.c.state.in_(sorted(state.value for state in states))


def _plain(job: Job) -> Row:
    """What errors and results quote of damaged files is made fit for the columns."""
    quoted = {name: plain(getattr(job, name)) for name in ("arguments", "result", "error")}
    row = row_of(replace(job, **quoted))
    check_lengths(row, _LOOKED_UP)
    return row


def _read(
    session: Session, *wanted: ColumnElement[bool], limit: int | None = None
) -> Iterator[KeptJob]:
    query = select(_TABLE).where(*wanted).order_by(_TABLE.c.id.desc()).limit(limit)
    for row in session.execute(query).mappings():
        yield KeptJob(record_of(Job, dict(row)), row["version"])
