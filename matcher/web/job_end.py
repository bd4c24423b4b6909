"""What came of a job about models, in a sentence, for as long as that is news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.job import Job, JobKind, JobState
from matcher.web.say import Say

NEWS = timedelta(hours=12)
"""For how long a page tells of a job that is over."""


@dataclass(frozen=True, slots=True)
class JobEnd:
    """tone: good, bad, or "" for neither; made: a version that can be looked at, "" for none;
    detail, hint: what the job said where it failed, in English."""

    id: str
    tone: str
    says: str
    made: str
    detail: str = ""
    hint: str = ""

    @property
    def seen(self) -> str:
        """What tells one look from another."""
        return self.id


def job_end(job: Job, now: datetime, say: Say) -> JobEnd | None:
    """The end of a job that is over; None where that is no news any more."""
    if job.ended_at is None or now - job.ended_at > NEWS:
        return None
    if job.state is JobState.CANCELLED:
        says = say(
            "{what}已取消，什么也没有改变",
            "{what} was cancelled; nothing changed",
            what=_what(job, say),
        )
        return JobEnd(job.id, "", says, "")
    if job.state is JobState.FAILED:
        says = say(
            "{what}没有成功，当前模型不受影响",
            "{what} failed; the current model stays",
            what=_what(job, say),
        )
        error = job.error
        detail, hint = str(error.get("message", "")), str(error.get("hint", ""))
        return JobEnd(job.id, "bad", says, "", detail, hint)
    return JobEnd(job.id, "good", _done(job, say), _made(job))


def _done(job: Job, say: Say) -> str:
    version = job.result.get("model", "")
    if job.kind is JobKind.TRAINING and not job.result.get("published"):
        return say(
            "新模型 {v} 已训练好，还没有发布",
            "A new model, {v}, has been trained; it isn’t published",
            v=version,
        )
    return say("现在使用 {v}", "{v} is in use now", v=version)


def _made(job: Job) -> str:
    return str(job.result.get("model", "")) if job.kind is JobKind.TRAINING else ""


def _what(job: Job, say: Say) -> str:
    version = job.arguments.get("version", "")
    if job.kind is JobKind.PUBLISH:
        return say("发布 {v} ", "Publishing {v}", v=version)
    if job.kind is JobKind.ROLLBACK:
        return say("回退到 {v} ", "Going back to {v}", v=version)
    if job.kind is JobKind.COMPARISON:
        return say("比较", "The comparison")
    return say("训练", "The training")
