"""A job about models as a page shows it: its steps, how far it is, how long it may still take."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.job import Job, JobKind, JobState
from matcher.web.job_words import TRAINING, Pair, job_title
from matcher.web.say import Say

PUBLISHING = "publish"
_OTHERS: Mapping[JobKind, Pair] = {
    JobKind.PUBLISH: ("核对文件、试查，然后切换", "Check the files, try it out, then switch"),
    JobKind.ROLLBACK: ("试查，然后切换", "Try it out, then switch"),
    JobKind.COMPARISON: ("把相同的问题交给两个模型", "Ask both models the same questions"),
}
_PUBLISH: Pair = ("发布", "Publish")
_MINUTE = 60
DONE, NOW, TO_COME = "done", "now", "to come"


@dataclass(frozen=True, slots=True)
class StepShown:
    """state: `DONE`, `NOW` or `TO_COME`."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job. percent: None where it isn't known how far it is; left: how long it may still take,
    in words, "" where that can't be said; doing: one sentence for who can't see."""

    job: Job
    title: str
    steps: tuple[StepShown, ...]
    percent: int | None
    left: str
    doing: str

    @property
    def seen(self) -> str:
        """What tells one look from another."""
        told = f"{self.job.id}{self.job.state}{self.job.cancelling}{self.doing}{self.left}"
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def job_progress(job: Job, last_seconds: float | None, now: datetime, say: Say) -> JobProgress:
    """The job as it stands. last_seconds: how long the training before took, where one was."""
    steps = _steps(job, say)
    percent = None
    if steps and job.kind is JobKind.TRAINING:
        percent = round(100 * sum(step.state == DONE for step in steps) / len(steps))
    left = _left(job, last_seconds, now, say)
    return JobProgress(job, job_title(job, "", say), steps, percent, left, _doing(job, steps, say))


def _steps(job: Job, say: Say) -> tuple[StepShown, ...]:
    if job.kind is not JobKind.TRAINING:
        state = NOW if job.state is JobState.RUNNING else TO_COME
        return (StepShown(say(*_OTHERS[job.kind]), state),)
    names = [say(*words) for words in TRAINING.values()]
    names += [say(*_PUBLISH)] if job.arguments.get("publish") else []
    over = _over(job)
    running = job.state is JobState.RUNNING
    states = (
        DONE if place < over else NOW if place == over and running else TO_COME
        for place in range(len(names))
    )
    return tuple(StepShown(*one) for one in zip(names, states, strict=True))


def _over(job: Job) -> int:
    """How many steps are done."""
    if job.doing == PUBLISHING:
        return len(TRAINING)
    return list(TRAINING).index(job.doing) + 1 if job.doing in TRAINING else 0


def _doing(job: Job, steps: tuple[StepShown, ...], say: Say) -> str:
    if job.cancelling:
        return say("正在停止", "Stopping")
    if job.state is JobState.WAITING:
        return say("等待执行", "Waiting for a worker")
    return next((step.name for step in steps if step.state == NOW), say.label(job.state))


def _left(job: Job, last: float | None, now: datetime, say: Say) -> str:
    """By how long it took the last time; that is all that is known."""
    if job.state is not JobState.RUNNING or job.started_at is None or job.cancelling:
        return ""
    if job.kind is JobKind.COMPARISON:
        return say("数据多时要一两分钟", "a minute or two where there is much data")
    if job.kind is not JobKind.TRAINING:
        return say("通常几秒钟", "usually a few seconds")
    if last is None:
        return say(
            "第一次训练，还不知道要多久", "the first training: how long it takes isn’t known"
        )
    left = last - (now - job.started_at).total_seconds()
    if left <= 0:
        return say("比上次（{x}）久", "longer than last time ({x})", x=lasted(last, say))
    return say("按上次估计还需约 {x}", "about {x} left, going by last time", x=lasted(left, say))


def lasted(seconds: float, say: Say) -> str:
    """How long, in seconds by tens or in minutes."""
    if seconds < _MINUTE:
        return say("{n} 秒", "{n} s", n=max(10, 10 * round(seconds / 10)))
    return say("{n} 分钟", "{n} min", n=round(seconds / _MINUTE))
