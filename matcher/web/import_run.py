"""An import that was made, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actions.import_runs import noun_of, problems_of
from matcher.actions.import_undo import UndoReport
from matcher.actions.taking_back import Fate
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction
from matcher.web.import_findings import ProblemShown
from matcher.web.import_words import FATES, ROW_ACTIONS, STATES, kind_name, problem_words
from matcher.web.job_told import counts_told
from matcher.web.say import Say


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
    """A row that there is something to say of."""

    row: int
    id: str
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


def kept_row(row: ImportRow, say: Say) -> KeptRow:
    """The row with what was said of it."""
    refused = row.action is RowAction.REFUSED
    said = tuple(_problem(one, row, say) for one in problems_of(row))
    return KeptRow(row.row, row.record_id, say(*ROW_ACTIONS[row.action]), refused, said)


def undo_steps(will: UndoReport, say: Say) -> tuple[tuple[str, str, bool], ...]:
    """What taking an import back will do: how many, what becomes of them, whether they stay."""
    return tuple(
        (say.number(will.counts[fate.value]), say(*words), fate is Fate.LEFT)
        for fate, words in FATES.items()
        if will.counts[fate.value]
    )


def _problem(told: Mapping[str, str], row: ImportRow, say: Say) -> ProblemShown:
    what, act = problem_words(told["code"], say)
    found = str(row.original.get(told.get("field", ""), ""))
    return ProblemShown(told.get("column", ""), what, found, act, told["message"])
