"""Taking a whole import back, in one transaction; what was changed since is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, require_admin
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
from matcher.store.imports import ImportRow, ImportRun, ImportState
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
    """What became of the records of an import; `left` are those that were changed since."""

    id: str
    noun: str
    counts: Mapping[str, int]
    left: tuple[str, ...] = ()
    dry_run: bool = False


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
    database, author = platform.database, Author(actor_of(viewer), platform.now())
    if dry_run:
        with database.reading() as session:
            return replace(_undo(session, viewer, import_id, author, force, None), dry_run=True)
    with database.writing() as session:
        before = _undone_by(job, required(session, viewer, import_id))
        if before is not None:
            return before
        report = _undo(session, viewer, import_id, author, force, progress)
        told = {"job": job, "counts": dict(report.counts), "left": list(report.left)}
        imports.undo(session, import_id, {_UNDONE: told})
        note(session, author.actor, VERB, author.at, Subject(noun=Noun.IMPORT, id=import_id))
    return report


def _undo(
    session: Session,
    viewer: Viewer,
    import_id: str,
    author: Author,
    force: bool,
    progress: Progress | None,
) -> UndoReport:
    run = required(session, viewer, import_id)
    if run.state is ImportState.UNDONE:
        raise undone_already(import_id)
    steps = list(_steps(session, viewer, run))
    left = tuple(step.id for step in steps if step.fate is Fate.LEFT)
    if left and not force:
        raise _changed_since(left, len(steps))
    if progress is not None:
        _apply(session, run, steps, author, progress)
    counts = {fate.value: sum(step.fate is fate for step in steps) for fate in Fate}
    return UndoReport(id=run.id, noun=noun_of(run), counts=counts, left=left)


def _undone_by(job: str, run: ImportRun) -> UndoReport | None:
    """What the job came to when it took the import back; None where it hasn't."""
    told = run.mapping.get(_UNDONE, {})
    if not job or told.get("job") != job:
        return None
    left = tuple(told["left"])
    return UndoReport(id=run.id, noun=noun_of(run), counts=told["counts"], left=left)


def undone_already(import_id: str) -> EditConflict:
    """What is said of an import that can't be undone a second time."""
    hint = "To have its records again, import the file again."
    return EditConflict(f"The import {import_id} was undone already.", hint=hint)


def _steps(session: Session, viewer: Viewer, run: ImportRun) -> Iterator[Step]:
    shelf = shelf_of(noun_of(run))
    written = (row for row in rows_of(session, run.id) if row.action in WRITING)
    for rows in chunks(written):
        present = shelf.present(session, [row.record_id for row in rows])
        for there in present.values():
            require_admin(viewer, there.record.node)
        yield from _fates(session, run, rows, present)


def _fates(
    session: Session, run: ImportRun, rows: Sequence[ImportRow], present: Mapping[str, Present]
) -> Iterator[Step]:
    return fates(noun_of(run)).steps(session, run.id, rows, present)


def _apply(
    session: Session, run: ImportRun, steps: Sequence[Step], author: Author, progress: Progress
) -> None:
    done = 0
    for chunk in chunks(steps):
        fates(noun_of(run)).apply(session, chunk, author)
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
