"""Importing a file: read and checked whole, then written in one short transaction or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of, admitted
from matcher.actions.import_plan import Planned, known, plan, to_write
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
    report = _imported(platform, shelf, request, read, Author(actor_of(viewer), now), viewer)
    if not report.id:
        _keep_report(request, report)
    if report.refused and not request.partial:
        raise report.refusal()
    return report


def _imported(
    platform: Platform,
    shelf: Shelf,
    request: Request,
    read: ReadFile,
    author: Author,
    viewer: Viewer,
) -> ImportReport:
    """Plan and write in one transaction; nothing is written where a row is refused."""
    if request.dry_run or (not request.partial and any(row.refused for row in read.rows.rows)):
        with platform.database.reading() as session:
            return _report(session, shelf, request, read, plan(session, shelf, read.rows, viewer))
    try:
        with platform.database.writing() as session:
            planned = plan(session, shelf, read.rows, viewer)
            report = _report(session, shelf, request, read, planned)
            if report.refused and not request.partial:
                raise _NothingWritten(report)
            report = _write(session, shelf, request, read, author, planned, report)
            # Before the commit: what is imported has its report, whatever happens next.
            _keep_report(request, report)
            return report
    except _NothingWritten as refused:
        return refused.report


class _NothingWritten(Exception):
    """Takes the report out of a transaction that is rolled back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(report.file)
        self.report = report


def _keep_report(request: Request, report: ImportReport) -> None:
    if request.report is not None:
        write_report(request.report, report)


def _report(
    session: Session, shelf: Shelf, request: Request, read: ReadFile, planned: list[Planned]
) -> ImportReport:
    return ImportReport(
        noun=str(shelf.noun),
        file=request.name or str(request.file),
        node=request.node,
        results=tuple(one.result for one in planned),
        notices=read.notices,
        unresolved=unresolved(session, shelf.noun, known(planned)),
    )


def _write(
    session: Session,
    shelf: Shelf,
    request: Request,
    read: ReadFile,
    author: Author,
    planned: list[Planned],
    report: ImportReport,
) -> ImportReport:
    author = replace(author, import_id=request.id or _new_id(author.at))
    name = request.name or request.file.name
    run = begun(author, request.noun, request.node, name, read.sha256)
    run = replace(run, namespace=request.source, mapping={**run.mapping, **_told(request, read)})
    imports.start(session, run)
    shelf.write(session, to_write(planned), author)
    imports.add_rows(session, run.id, kept_rows(planned))
    imports.finish(session, run.id, author.at, report.counts)
    subject = Subject(noun=Noun.IMPORT, id=run.id)
    told = Event(actor=author.actor, verb=VERB, at=author.at, subjects=(subject,))
    events.append(session, [told])
    return replace(report, id=run.id)


def _told(request: Request, read: ReadFile) -> Mapping[str, Any]:
    """How the columns were understood."""
    columns = read.rows.columns.fields.items()
    named = {field: [column.name for column in found] for field, found in columns}
    return {"mapping": request.mapping, "columns": named}


def _new_id(at: datetime) -> str:
    """Says when; short enough to be typed, and never given twice."""
    return f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def counted(report: ImportReport) -> Iterator[tuple[Action, int]]:
    """The actions that rows met with, and how many did."""
    counts = report.counts
    return ((action, counts[action.value]) for action in Action if counts[action.value])
