"""What the clock asks for, in words: which job, and when it comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.job import JobKind
from matcher.jobs.schedule import entries
from matcher.settings import Settings
from matcher.web.say import Say

_SETTINGS = {
    "train_at": JobKind.TRAINING,
    "prompts_at": JobKind.PROMPTS,
    "notices_at": JobKind.NOTICES,
}
_NAMES = {
    JobKind.TRAINING: ("训练新模型", "Training a new model"),
    JobKind.PROMPTS: ("提醒更新过期信息", "Reminding owners of old listings"),
    JobKind.NOTICES: ("发送提醒", "Telling everybody what is new"),
}
_MINUTE = timedelta(minutes=1)
_DAYS = 8
"""How far ahead it is looked for the next time, minute by minute."""


@dataclass(frozen=True, slots=True)
class ScheduleShown:
    """kind, name: the job; next: when it comes, in the platform's time, "" for not within a week or
    never; cron: as the setting has it."""

    kind: JobKind
    name: str
    next: str
    cron: str
    setting: str


def schedules_shown(settings: Settings, now: datetime, say: Say) -> tuple[ScheduleShown, ...]:
    """All that may be scheduled; never too."""
    is_at = {entry.kind: entry.is_at for entry in entries(settings)}
    return tuple(
        ScheduleShown(
            kind=kind,
            name=say(*_NAMES[kind]),
            next=_told(next_at(is_at[kind], say.local(now)), say) if kind in is_at else "",
            cron=getattr(settings, setting),
            setting=setting,
        )
        for setting, kind in _SETTINGS.items()
    )


def next_at(is_at: Callable[[datetime], bool], now: datetime) -> datetime | None:
    """The next minute that is one; `now` is in local time."""
    first = now.replace(second=0, microsecond=0) + _MINUTE
    minutes = (first + count * _MINUTE for count in range(_DAYS * 24 * 60))
    return next(filter(is_at, minutes), None)


def _told(at: datetime | None, say: Say) -> str:
    return "" if at is None else f"{say.day_of(at)} {say.clock(at)}"
