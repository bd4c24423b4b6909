"""A job in words: what it does, how far it is, how long it may still take, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matcher.domain.job import Job, JobKind, JobState
from matcher.web.job_progress import lasted
from matcher.web.job_words import STEPS, Pair, fault_words, job_title
from matcher.web.say import Say

PATIENCE = timedelta(seconds=8)
"""How long a job may wait before it is said that nobody is there to do it."""
_SOON = timedelta(seconds=3)
"""For how long a job has to run before its speed says anything."""


@dataclass(frozen=True, slots=True)
class FaultTold:
    """what: what happened, and what is safe; act: what to do; detail: exactly, in English."""

    what: str
    act: str
    detail: str


@dataclass(frozen=True, slots=True)
class JobTold:
    """A job. percent: None where it isn't known; doing: the step and how far it is; left: how long
    it may still take; came_to: what came of it. The texts are "" where there is nothing to say."""

    job: Job
    title: str
    who: str
    state: str
    percent: int | None
    doing: str
    left: str
    came_to: str
    fault: FaultTold | None
    nobody: bool
    """Whether it waits and no worker is there."""

    @property
    def is_open(self) -> bool:
        """Whether something more happens by itself."""
        return not self.job.is_over


def job_told(
    job: Job,
    now: datetime,
    say: Say,
    *,
    who: str = "",
    file: str = "",
    total: int | None = None,
    has_worker: bool = True,
) -> JobTold:
    """The job as it stands. total: how much there is to do, and file: what it is about, where
    the job itself doesn't know."""
    known = job.total if job.total is not None else total
    running = job.state is JobState.RUNNING
    waits_long = job.state is JobState.WAITING and now - job.made_at > PATIENCE
    return JobTold(
        job=job,
        title=job_title(job, file, say),
        who=who,
        state=say("正在停止", "stopping") if job.cancelling and running else say.label(job.state),
        percent=min(100, 100 * job.done // known) if running and known else None,
        doing=_doing(job, known, say) if running else "",
        left=_left(job, known, now, say) if running else "",
        came_to=_came_to(job, say),
        fault=fault_told(job, say) if job.error else None,
        nobody=waits_long and not has_worker,
    )


def fault_told(job: Job, say: Say) -> FaultTold:
    """Why a job failed, or waits to be tried again."""
    what, act = fault_words(str(job.error.get("code", "")))
    row = job.error.get("where", {}).get("row")
    place = f"Row {row}: " if row else ""
    texts = (job.error.get("message", ""), job.error.get("hint", ""))
    detail = place + " ".join(filter(None, map(str, texts)))
    return FaultTold(say(*what), say(*act), detail)


def _doing(job: Job, total: int | None, say: Say) -> str:
    step = say(*STEPS[job.doing]) if job.doing in STEPS else job.doing
    if not job.done:
        return step
    if total is None:
        return say("{step}：{n}", "{step}: {n}", step=step, n=say.number(job.done))
    return say(
        "{step}：{n} / {all}",
        "{step}: {n} of {all}",
        step=step,
        n=say.number(min(job.done, total)),
        all=say.number(total),
    )


def _left(job: Job, total: int | None, now: datetime, say: Say) -> str:
    """By how fast it went so far."""
    since = now - (job.started_at or now)
    if not total or not job.done or since < _SOON or job.cancelling:
        return ""
    seconds = since.total_seconds() * max(0, total - job.done) / job.done
    return say("还需约 {x}", "about {x} left", x=lasted(seconds, say)) if seconds else ""


def _came_to(job: Job, say: Say) -> str:
    """What is worth a word of the result."""
    if job.state is not JobState.DONE:
        return ""
    result: Mapping[str, Any] = job.result
    if job.kind is JobKind.IMPORT:
        return _imported(result.get("counts", {}), say)
    if job.kind is JobKind.IMPORT_UNDO:
        return undone_told(result.get("counts", {}), say)
    if job.kind is JobKind.EXPORT:
        return say("{n} 条", "{n} records", n=say.number(int(result.get("rows", 0))))
    if job.kind is JobKind.PLAN:
        return say("{n} 对", "{n} pairs", n=say.number(int(result.get("lines", 0))))
    if job.kind is JobKind.PROMPTS:
        return say("{n} 条该更新", "{n} want a look", n=say.number(int(result.get("due", 0))))
    if job.kind is JobKind.NOTICES:
        return _noticed(result, say)
    if job.kind is JobKind.COMPARISON:
        return say("已比较", "compared")
    published = (
        say("已启用", "in use") if result.get("published") else say("未发布", "not published")
    )
    return f"{result.get('model', '')} · {published}"


def _noticed(result: Mapping[str, Any], say: Say) -> str:
    told = [say("{n} 条提醒", "{n} notices", n=say.number(int(result.get("told", 0))))]
    if result.get("mailed"):
        told.append(say("{n} 封邮件", "{n} mailed", n=say.number(int(result["mailed"]))))
    if result.get("refused"):
        refused = say.number(int(result["refused"]))
        told.append(say("{n} 个地址未收下", "{n} refused", n=refused))
    return say("，", ", ").join(told)


_COUNTED: Mapping[str, Pair] = {
    "created": ("新增 {n}", "{n} new"),
    "updated": ("更新 {n}", "{n} changed"),
    "restored": ("恢复 {n}", "{n} restored"),
    "unchanged": ("未变 {n}", "{n} unchanged"),
    "skipped": ("跳过 {n}", "{n} passed over"),
    "refused": ("未导入 {n}", "{n} refused"),
}


def _imported(counts: Mapping[str, int], say: Say) -> str:
    told = (
        say(*pair, n=say.number(counts[name]))
        for name, pair in _COUNTED.items()
        if counts.get(name)
    )
    return say("，", ", ").join(told) or say("没有记录", "no records")


_UNDONE: Mapping[str, Pair] = {
    "deleted": ("删除 {n} 条", "{n} deleted"),
    "restored": ("还原 {n} 条", "{n} as before"),
    "withdrawn": ("撤回 {n} 条跟进", "{n} follow-ups withdrawn"),
}


def undone_told(counts: Mapping[str, int], say: Say) -> str:
    """What became of the records of an import that was taken back, in a line."""
    told = (
        say(*pair, n=say.number(counts[name])) for name, pair in _UNDONE.items() if counts.get(name)
    )
    return say("，", ", ").join(told) or say("没有要撤销的记录", "no record to undo")


def counts_told(counts: Mapping[str, Any], say: Say) -> str:
    """What became of the rows of an import, in a line."""
    return _imported(counts, say)
