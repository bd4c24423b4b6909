"""Taking a whole import back, in one transaction; what was changed since is never overwritten.

As with an import, what is to be done is found out while others may write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, is_admin, require_admin
from matcher.actions.import_basis import TRIES, Basis
from matcher.actions.import_rows import WRITING
from matcher.actions.import_runs import noun_of, required, rows_of
from matcher.actions.platform import Platform
from matcher.actions.shelf import Present
from matcher.actions.shelves import shelf_of
from matcher.actions.taking_back import Fate, Step, fates
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict
from matcher.store import imports
from matcher.store.database import Database
from matcher.store.imports import ImportRun, ImportState
from matcher.store.leaning import Leaning, leaning
from matcher.store.rows import chunks
from matcher.store.stored import Author

VERB = "import_undone"
_UNDONE = "undone"
"""Where an import keeps what came of taking it back."""
SHOWN = 5
"""Records that the error names."""

Progress = Callable[[int], None]
"""Called with the number of rows of the import that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What became of the records of an import; `left` are those that were changed since.

    losing: what leans on those that are deleted, as far as a dry run counts it.
    """

    id: str
    noun: str
    counts: Mapping[str, int]
    left: tuple[str, ...] = ()
    dry_run: bool = False
    losing: Leaning = field(default_factory=Leaning)


def undo_import(
    platform: Platform,
    viewer: Viewer,
    import_id: str,
    *,
    force: bool = False,
    dry_run: bool = False,
    job: str = "",
    progress: Progress = lambda rows: None,
) -> UndoReport:
    """Take the import back: what it created is deleted, what it updated is as it was before.

    Follow-ups are withdrawn, as their history stays. A dry run says the same and writes nothing.
    job: whose doing it is; what a job took back it is told of again when it asks again. Raises
    NotFound; NotAllowed where a record isn't the viewer's to change; EditConflict where the import
    was undone before, and where records were changed since: `force` leaves those.
    """
    author = Author(actor_of(viewer), platform.now())
    task = _Task(viewer, import_id, force, job, author, progress)
    if dry_run:
        with platform.database.reading() as session:
            plan = _planned(session, task)
            return replace(plan.report(), dry_run=True, losing=_losing(session, task.viewer, plan))
    return _undone(platform.database, task)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be taken back, and how; see `undo_import`."""

    viewer: Viewer
    import_id: str
    force: bool
    job: str
    author: Author
    progress: Progress


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done about each record of an import, and what that rests on."""

    run: ImportRun
    steps: Sequence[Step]
    basis: Basis

    def left(self) -> tuple[str, ...]:
        """The ids of those that were changed since."""
        return tuple(step.id for step in self.steps if step.fate is Fate.LEFT)

    def report(self) -> UndoReport:
        """The same in numbers."""
        counts = Counter(step.fate for step in self.steps)
        told = {fate.value: counts[fate] for fate in Fate}
        return UndoReport(id=self.run.id, noun=noun_of(self.run), counts=told, left=self.left())


def _undone(database: Database, task: _Task) -> UndoReport:
    """Plan while others may write, and write what still holds once it is one's turn; in the end
    the others wait for the plan, too."""
    for _ in range(TRIES):
        with database.reading() as session:
            if (before := _undone_by(session, task)) is not None:
                return before
            plan = _planned(session, task)
        with database.writing() as session:
            if plan.basis.holds(session):
                return _write(session, task, plan)
    with database.writing() as session:
        return _undone_by(session, task) or _write(session, task, _planned(session, task))


def _planned(session: Session, task: _Task) -> _Plan:
    """Raises EditConflict for what was undone, or what was changed since and isn't to be left."""
    run = required(session, task.viewer, task.import_id)
    if run.state is ImportState.UNDONE:
        raise undone_already(run.id)
    plan = _steps(session, task.viewer, run)
    if plan.left() and not task.force:
        raise _changed_since(plan.left(), len(plan.steps))
    return plan


def _losing(session: Session, viewer: Viewer, plan: _Plan) -> Leaning:
    """Of the nodes of which the viewer is an admin: others' work isn't theirs to know of."""
    gone = (step.id for step in plan.steps if step.fate is Fate.DELETED)
    return leaning(session, noun_of(plan.run), gone, partial(is_admin, viewer))


def _write(session: Session, task: _Task, plan: _Plan) -> UndoReport:
    report, author = plan.report(), task.author
    _apply(session, plan, author, task.progress)
    told = {"job": task.job, "counts": dict(report.counts), "left": list(report.left)}
    imports.undo(session, report.id, {_UNDONE: told})
    note(session, author.actor, VERB, author.at, Subject(noun=Noun.IMPORT, id=report.id))
    return report


def _undone_by(session: Session, task: _Task) -> UndoReport | None:
    """What the job came to when it took the import back; None where it hasn't."""
    run = required(session, task.viewer, task.import_id)
    told = run.mapping.get(_UNDONE, {})
    if not task.job or told.get("job") != task.job:
        return None
    left = tuple(told["left"])
    return UndoReport(id=run.id, noun=noun_of(run), counts=told["counts"], left=left)


def undone_already(import_id: str) -> EditConflict:
    """What is said of an import that can't be undone a second time."""
    hint = "To have its records again, import the file again."
    return EditConflict(f"The import {import_id} was undone already.", hint=hint)


def _steps(session: Session, viewer: Viewer, run: ImportRun) -> _Plan:
    shelf, steps, there = shelf_of(noun_of(run)), list[Step](), dict[str, Present]()
    written = (row for row in rows_of(session, run.id) if row.action in WRITING)
    for rows in chunks(written):
        present = shelf.present(session, [row.record_id for row in rows])
        for one in present.values():
            require_admin(viewer, one.record.node)
        steps += fates(noun_of(run)).steps(session, run.id, rows, present)
        there.update(present)
    ids = (step.id for step in steps)
    return _Plan(run, steps, Basis.of(session, shelf, there, ids))


def _apply(session: Session, plan: _Plan, author: Author, progress: Progress) -> None:
    done = 0
    for chunk in chunks(plan.steps):
        fates(noun_of(plan.run)).apply(session, chunk, author)
        done += len(chunk)
        progress(done)


def _changed_since(left: tuple[str, ...], count: int) -> EditConflict:
    more = f" and {len(left) - SHOWN:,} more" if len(left) > SHOWN else ""
    return EditConflict(
        f"{len(left):,} of {count:,} records were changed since the import, so nothing was "
        f"undone: {', '.join(left[:SHOWN])}{more}.",
        hint="With --force these are left as they are, and the others undone.",
        ids=left,
    )
