"""An import that was made, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.import_runs import noun_of, problems_of
from matcher.actions.import_undo import UndoReport
from matcher.actions.taking_back import Fate
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.files.row_report import RowCode
from matcher.files.sheet_columns import INTERACTION
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction
from matcher.web.deeds import Names, subject_told
from matcher.web.import_findings import ProblemShown
from matcher.web.import_words import (
    FATES,
    PASSED_OVER,
    ROW_ACTIONS,
    STATES,
    kind_name,
    problem_told,
)
from matcher.web.job_told import counts_told
from matcher.web.say import Say

_SKIPS = frozenset(code.value for code in RowCode if code.skips)


@dataclass(frozen=True, slots=True)
class RunShown:
    """An import. counts: in a line; corrected: rows that were corrected before it was made."""

    run: ImportRun
    kind: str
    who: str
    state: str
    counts: str
    can_undo: bool
    corrected: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that there is something to say of. title: what its record is called, its id where that
    isn't known; href: where the record is seen, "" where it isn't."""

    row: int
    title: str
    href: str
    said: str
    refused: bool
    problems: tuple[ProblemShown, ...]


def run_shown(run: ImportRun, names: Mapping[str, str], say: Say) -> RunShown:
    """names: of accounts by id; who isn't among them is the operator at the machine."""
    return RunShown(
        run=run,
        kind=kind_name(noun_of(run), say),
        who=names.get(run.actor, say("系统管理员", "the operator")),
        state=say(*STATES[run.state]),
        counts=counts_told(run.counts, say),
        can_undo=run.state is ImportState.DONE,
        corrected=len(run.mapping.get("corrected", {})),
    )


def subject_of(run: ImportRun, row: ImportRow) -> Subject | None:
    """What a row made or changed; None of one without a record, and of interactions."""
    noun = noun_of(run)
    named = row.record_id and noun != INTERACTION
    return Subject(noun=Noun(noun), id=row.record_id) if named else None


def kept_row(run: ImportRun, row: ImportRow, names: Names, say: Say) -> KeptRow:
    """The row with what was said of it; names: of the subjects of rows."""
    problems = problems_of(row)
    subject = subject_of(run, row)
    about = subject_told(subject, names, say) if subject is not None else None
    over = any(one["code"] in _SKIPS for one in problems)
    return KeptRow(
        row=row.row,
        title=about.name if about else row.record_id,
        href=about.address if about else "",
        said=say(*(PASSED_OVER if over else ROW_ACTIONS[row.action])),
        refused=row.action is RowAction.REFUSED,
        problems=tuple(_problem(one, row, say) for one in problems),
    )


def undo_steps(will: UndoReport, say: Say) -> tuple[tuple[str, str, bool], ...]:
    """What taking an import back will do: how many, what becomes of them, whether they stay."""
    return tuple(
        (say.number(will.counts[fate.value]), say(*words), fate is Fate.LEFT)
        for fate, words in FATES.items()
        if will.counts[fate.value]
    )


def undo_losses(will: UndoReport, say: Say) -> tuple[str, ...]:
    """What loses something with the records that are deleted."""
    lost = {
        Noun.NEED.value: say("需求", "need"),
        Noun.OUTCOME.value: say("成果", "outcome"),
        Noun.MANAGER.value: say("技术经理人", "manager"),
    }.get(will.noun, "")
    told = (
        (
            will.losing.followups,
            "{n} 条在办的跟进会失去它们的{what}",
            "{n} open follow-ups lose their {what}",
        ),
        (
            will.losing.interests,
            "{n} 条待答复的意向会失去它们的{what}",
            "{n} waiting interests lose their {what}",
        ),
    )
    return tuple(say(zh, en, n=say.number(n), what=lost) for n, zh, en in told if n)


def _problem(told: Mapping[str, str], row: ImportRow, say: Say) -> ProblemShown:
    found = str(row.original.get(told.get("field", ""), ""))
    what, act, detail = problem_told(told, row.record_id, found, say, done=True)
    return ProblemShown(told.get("column", ""), what, found, act, detail)
