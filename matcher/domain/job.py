"""Job 任务: work that somebody asked for and a worker carries out, and the states it goes through.

What may pass, a worker that died or a database that couldn't be reached, sends a job back to wait,
each time longer, until it has had `LONGEST_TRY` attempts. A job that was asked to stop stops where
the work allows it, and is `done` where that is too late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from matcher.domain.checks import require_text, require_utc
from matcher.domain.enums import Role
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import IllegalTransition, InvalidValue

BACKOFF = tuple(dt.timedelta(seconds=seconds) for seconds in (10, 60, 300))
"""How long a job waits after its first, second and third attempt came to nothing."""
LONGEST_TRY = len(BACKOFF) + 1
SCHEDULE = "schedule"
"""Whose job it is that the clock asked for."""


class JobKind(Labelled):
    """What is to be done."""

    IMPORT = "import", "导入", "import"
    IMPORT_UNDO = "import_undo", "撤销导入", "taking an import back"
    TRAINING = "training", "训练", "training"
    PUBLISH = "publish", "发布模型", "publishing a model"
    ROLLBACK = "rollback", "回退模型", "going back to a model"
    COMPARISON = "comparison", "比较模型", "comparing models"
    PLAN = "plan", "对接计划", "docking plan"
    EXPORT = "export", "导出", "export"
    PROMPTS = "prompts", "时效提醒", "freshness prompts"
    NOTICES = "notices", "发送提醒", "notices"


class JobState(Labelled):
    """Where a job stands."""

    WAITING = "waiting", "等待中", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "失败", "failed"
    CANCELLED = "cancelled", "已取消", "cancelled"


OPEN = (JobState.WAITING, JobState.RUNNING)
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
ALONE = (JobKind.TRAINING,)
"""Kinds of which one job runs at a time: it takes the machine, and the others are to get on."""
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Record):
    """A job. Times are in UTC; `account` is an id, "operator", or SCHEDULE.

    role: the one that was acted in, None for all that the account has. node: whose admins may know
    of it. run_at: it isn't begun again before. worker, beat_at: who has it, and gave the last sign
    of life when. attempts: how often it was begun. doing: a step; done, total: how far that has
    come. result, error: what came of it, plain values; an error of a job that waits is why it does.
    """

    id: str
    kind: JobKind
    account: str
    role: Role | None = None
    node: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    made_at: dt.datetime
    run_at: dt.datetime
    state: JobState = JobState.WAITING
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    beat_at: dt.datetime | None = None
    worker: str = ""
    attempts: int = 0
    doing: str = ""
    done: int = 0
    total: int | None = None
    cancelling: bool = False
    result: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("id", "account"):
            require_text(getattr(self, name), name)
        for name in ("made_at", "run_at", "started_at", "ended_at", "beat_at"):
            require_utc(getattr(self, name), name)
        if (self.state is JobState.RUNNING) != bool(self.worker):
            raise InvalidValue("A job has a worker while it is running.", field="worker")
        if self.is_over != (self.ended_at is not None):
            raise InvalidValue("A job that is over has ended once.", field="ended_at")

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in OVER

    @property
    def can_cancel(self) -> bool:
        """Whether it can be asked to stop."""
        return not self.is_over and not self.cancelling

    @property
    def can_retry(self) -> bool:
        """Whether it can be begun anew, now: it came to nothing, or waits because it did once."""
        if self.state is JobState.WAITING:
            return bool(self.error)
        return self.state in (JobState.FAILED, JobState.CANCELLED)

    def is_due(self, at: dt.datetime) -> bool:
        """Whether it may be begun by now. What was never tried may: who asked and who works can
        have clocks that differ."""
        return not self.attempts or self.run_at <= at

    def is_of(self, other: Job) -> bool:
        """Whether both are one attempt of one worker: nobody else has taken it over, nor has the
        same one begun it anew."""
        return self._attempt == other._attempt

    @property
    def _attempt(self) -> tuple[Any, ...]:
        return self.id, self.worker, self.attempts, self.started_at


def claimed(job: Job, worker: str, at: dt.datetime) -> Job:
    """The job as `worker` begins it. Raises IllegalTransition unless it waits and is due."""
    _require(job, JobState.WAITING, by="begun")
    if not job.is_due(at):
        raise IllegalTransition(f"The job {job.id} isn't due before {job.run_at.isoformat()}.")
    return replace(
        job,
        state=JobState.RUNNING,
        worker=worker,
        attempts=job.attempts + 1,
        started_at=at,
        beat_at=at,
        doing="",
        done=0,
        total=None,
        error={},
    )


def beaten(
    job: Job, at: dt.datetime, doing: str = "", done: int = 0, total: int | None = None
) -> Job:
    """The same with a sign of life. Raises IllegalTransition unless it runs."""
    _require(job, JobState.RUNNING, by="at work")
    return replace(job, beat_at=at, doing=doing, done=done, total=total)


def finished(job: Job, at: dt.datetime, result: Mapping[str, Any] = _EMPTY) -> Job:
    """The same, done. Raises IllegalTransition unless it runs."""
    _require(job, JobState.RUNNING, by="finished")
    return _ended(job, JobState.DONE, at, result=dict(result), doing="")


def failed(job: Job, at: dt.datetime, error: Mapping[str, Any]) -> Job:
    """The same, failed for good. Raises IllegalTransition unless it runs."""
    _require(job, JobState.RUNNING, by="failed")
    return _ended(job, JobState.FAILED, at, error=dict(error))


def stopped(job: Job, at: dt.datetime) -> Job:
    """The same, cancelled while it ran. Raises IllegalTransition unless it runs."""
    _require(job, JobState.RUNNING, by="stopped")
    return _ended(job, JobState.CANCELLED, at)


def put_off(job: Job, at: dt.datetime, error: Mapping[str, Any]) -> Job:
    """The same after an attempt that came to nothing for a reason that may pass.

    It waits for `BACKOFF`, fails where it has had its attempts, and is cancelled where that was
    asked for. Raises IllegalTransition unless it runs.
    """
    _require(job, JobState.RUNNING, by="put off")
    if job.cancelling:
        return stopped(job, at)
    if job.attempts >= LONGEST_TRY:
        return failed(job, at, error)
    return _waiting(job, at + BACKOFF[job.attempts - 1], error=dict(error))


def released(job: Job, at: dt.datetime) -> Job:
    """The same where its worker ends in good order: the attempt doesn't count.

    Raises IllegalTransition unless it runs.
    """
    _require(job, JobState.RUNNING, by="given back")
    if job.cancelling:
        return stopped(job, at)
    return _waiting(job, at, attempts=job.attempts - 1)


def cancelled(job: Job, at: dt.datetime) -> Job:
    """The same, cancelled, or asked to stop where it runs.

    Raises IllegalTransition where it is over.
    """
    if job.state is JobState.RUNNING:
        return replace(job, cancelling=True)
    _require(job, JobState.WAITING, by="cancelled")
    return _ended(job, JobState.CANCELLED, at)


def retried(job: Job, at: dt.datetime) -> Job:
    """The same, waiting, with all its attempts before it. Raises IllegalTransition."""
    if not job.can_retry:
        raise _refused(job, by="begun anew")
    return _waiting(job, at, attempts=0)


def _waiting(job: Job, run_at: dt.datetime, **more: Any) -> Job:
    return replace(
        job,
        **{"error": {}, **more},
        state=JobState.WAITING,
        worker="",
        run_at=run_at,
        started_at=None,
        ended_at=None,
        beat_at=None,
        cancelling=False,
    )


def _ended(job: Job, state: JobState, at: dt.datetime, **more: Any) -> Job:
    return replace(job, **{"error": {}, **more}, state=state, ended_at=at, worker="")


def _require(job: Job, state: JobState, *, by: str) -> None:
    if job.state is not state:
        raise _refused(job, by=by)


def _refused(job: Job, *, by: str) -> IllegalTransition:
    hint = "Look at it again: somebody may have been faster."
    return IllegalTransition(
        f"The job {job.id} is {job.state.value} and can't be {by}.", hint=hint, state=job.state
    )
