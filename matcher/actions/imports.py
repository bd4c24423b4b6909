"""Importing a file: read and planned whole, then written in one short transaction or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of, admitted
from matcher.actions.import_basis import TRIES
from matcher.actions.import_findings import write_findings
from matcher.actions.import_plan import Grounded, Planned, grounded, known, to_write
from matcher.actions.import_reading import Progress, ReadFile, Request, read_file
from matcher.actions.import_references import unresolved
from matcher.actions.import_report import Action, ImportReport
from matcher.actions.import_report_file import check_report, write_report
from matcher.actions.import_rows import kept_rows
from matcher.actions.import_runs import begun
from matcher.actions.platform import Platform
from matcher.actions.shelf import Shelf
from matcher.actions.shelves import shelf_of
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.visibility import Viewer
from matcher.store import events, imports
from matcher.store.stored import Author

VERB = "imported"
"""Of the one event of an import, which names it; so does every record that it wrote."""


def import_file(
    platform: Platform,
    request: Request,
    viewer: Viewer,
    *,
    progress: Progress = lambda rows: None,
) -> ImportReport:
    """Import the file and return what became of each row; a dry run says the same, no more.

    Either every record of the file is written or none, but for `request.partial`. The same file
    again changes nothing. Raises ImportRefused, with the report in its values, where rows can't
    be imported; NotAllowed for whom the node isn't theirs; what `read_rows` raises for a file
    that can't be read.
    """
    shelf, now = shelf_of(request.noun), platform.now()
    if request.report is not None:
        check_report(request.report)
    with platform.database.reading() as session:
        request = replace(request, node=admitted(session, viewer, request.node))
    read = read_file(request, now, progress)
    task = _Task(shelf, request, read, Author(actor_of(viewer), now), viewer)
    report = _imported(platform, task)
    if not report.id:
        _keep_report(request, report)
    if request.findings is not None:
        corrected = request.overlay.by_row().keys()
        write_findings(request.findings, report, read.cells(), corrected)
    if report.refused and not request.partial:
        raise report.refusal()
    return report


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be imported, and as whom."""

    shelf: Shelf
    request: Request
    read: ReadFile
    author: Author
    viewer: Viewer

    def writes(self, report: ImportReport) -> bool:
        """Whether anything is written where this is the plan."""
        return not self.request.dry_run and (self.request.partial or not report.refused)


def _imported(platform: Platform, task: _Task) -> ImportReport:
    """Plan while others may write, and write what still holds once it is one's turn.

    Where others change what the plan rests on again and again, they wait for the last one.
    """
    for _ in range(TRIES):
        with platform.database.reading() as session:
            made, report = _planned(session, task)
        if not task.writes(report):
            return report
        with platform.database.writing() as session:
            if made.basis.holds(session):
                return _write(session, task, made.rows, report)
    with platform.database.writing() as session:
        made, report = _planned(session, task)
        return _write(session, task, made.rows, report) if task.writes(report) else report


def _planned(session: Session, task: _Task) -> tuple[Grounded, ImportReport]:
    made = grounded(session, task.shelf, task.read.rows, task.viewer)
    return made, _report(session, task, made.rows)


def _keep_report(request: Request, report: ImportReport) -> None:
    if request.report is not None:
        write_report(request.report, report)


def _report(session: Session, task: _Task, planned: list[Planned]) -> ImportReport:
    shelf, request = task.shelf, task.request
    return ImportReport(
        noun=str(shelf.noun),
        file=request.name or str(request.file),
        node=request.node,
        results=tuple(one.result for one in planned),
        notices=task.read.notices,
        unresolved=unresolved(session, shelf.noun, known(planned)),
    )


def _write(
    session: Session, task: _Task, planned: list[Planned], report: ImportReport
) -> ImportReport:
    """Before the commit the report: what is imported has one, whatever happens next."""
    request, read = task.request, task.read
    author = replace(task.author, import_id=request.id or _new_id(task.author.at))
    name = request.name or request.file.name
    run = begun(author, request.noun, request.node, name, read.sha256)
    run = replace(run, namespace=request.source, mapping={**run.mapping, **_told(request, read)})
    imports.start(session, run)
    task.shelf.write(session, to_write(planned), author)
    imports.add_rows(session, run.id, kept_rows(planned))
    imports.finish(session, run.id, author.at, report.counts)
    subject = Subject(noun=Noun.IMPORT, id=run.id)
    told = Event(actor=author.actor, verb=VERB, at=author.at, subjects=(subject,))
    events.append(session, [told])
    report = replace(report, id=run.id)
    _keep_report(request, report)
    return report


def _told(request: Request, read: ReadFile) -> Mapping[str, Any]:
    """How the columns were understood, and which cells a person corrected."""
    columns = read.rows.columns.fields.items()
    named = {field: [column.name for column in found] for field, found in columns}
    told: dict[str, Any] = {"mapping": request.mapping, "columns": named}
    if request.overlay.corrections:
        told["corrected"] = dict(request.overlay.corrections)
    return told


def _new_id(at: datetime) -> str:
    """Says when; short enough to be typed, and never given twice."""
    return f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def counted(report: ImportReport) -> Iterator[tuple[Action, int]]:
    """The actions that rows met with, and how many did."""
    counts = report.counts
    return ((action, counts[action.value]) for action in Action if counts[action.value])
