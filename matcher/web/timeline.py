"""The history of a follow-up as one list: steps and notes, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from matcher.actions.decisions import UNDONE
from matcher.actions.platform import OPERATOR
from matcher.domain.followup import FollowUp, Transition
from matcher.domain.pursuit import ASSIGNED
from matcher.files.followup_rows import BY_IMPORT
from matcher.web.say import Say


@dataclass(frozen=True, slots=True)
class Entry:
    """A step or a note. title: where a step led, "" for a note; text: in the words of who did."""

    at: datetime
    who: str
    title: str
    details: tuple[str, ...]
    text: str
    undone: bool = False


def timeline(
    followup: FollowUp, names: Mapping[str, str], others: Mapping[str, str], say: Say
) -> tuple[Entry, ...]:
    """What was done and noted. names: of accounts, by id; others: titles of other follow-ups."""
    notes = (
        Entry(one.at, _who(one.by, names, say), "", (), one.text.strip()) for one in followup.notes
    )
    steps = (_step(one, names, others, say) for one in _told(followup.history))
    return tuple(sorted((*steps, *notes), key=lambda entry: entry.at, reverse=True))


def actors(followup: FollowUp) -> set[str]:
    """Everybody who did or noted something."""
    return {one.by for one in followup.history} | {one.by for one in followup.notes}


def _told(history: tuple[Transition, ...]) -> Iterator[Transition]:
    """Without the way round by which a step was taken back: only that it was."""
    for step, after in pairwise((*history, None)):
        if step is None:
            return
        if not (after and step.why == after.why == UNDONE and step.at == after.at):
            yield step


def _step(step: Transition, names: Mapping[str, str], others: Mapping[str, str], say: Say) -> Entry:
    undone = step.why == UNDONE
    title = say.label(step.to_state)
    if undone:
        title = say("撤销，回到“{state}”", "taken back to “{state}”", state=title)
    return Entry(
        step.at,
        _who(step.by, names, say),
        title,
        tuple(_details(step, others, say)),
        _why(step.why, say),
        undone,
    )


def _details(step: Transition, others: Mapping[str, str], say: Say) -> Iterator[str]:
    if step.reason:
        yield say("原因：{reason}", "reason: {reason}", reason=say.label(step.reason))
    if step.until:
        yield say("至{day}", "until {day}", day=say.date(step.until))
    if step.of:
        yield say("重复于：{of}", "duplicate of {of}", of=others.get(step.of, step.of))


def _why(why: str, say: Say) -> str:
    if why == UNDONE:
        return ""
    return say("由对接计划分配", "assigned by a docking plan") if why == ASSIGNED else why.strip()


def _who(by: str, names: Mapping[str, str], say: Say) -> str:
    known = {OPERATOR: say("系统", "the system"), BY_IMPORT: say("导入", "an import")}
    return names.get(by) or known.get(by) or by
