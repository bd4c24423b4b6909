"""Imports: a file is handed in, and those that were imported are looked at and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, cast

from flask import Response, request, url_for
from werkzeug.datastructures import FileStorage

from matcher.actions.import_drafts import list_drafts, start_draft
from matcher.actions.import_preparing import rows_of
from matcher.actions.import_runs import Shown, page_imports, show
from matcher.actions.import_undo import UndoReport, undo_import
from matcher.actions.job_files import Upload, overlay_of
from matcher.actions.job_wishes import singular
from matcher.actions.jobs import ask, get_job, job_file, list_jobs, retry_job
from matcher.actions.subject_names import subject_names
from matcher.actions.who_did import names_of
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind
from matcher.errors import InputError, InvalidValue, NotFound, UsageError
from matcher.files.source import KINDS as SUFFIXES
from matcher.jobs.queue import send
from matcher.store.imports import ImportRun
from matcher.web.context import platform, viewer
from matcher.web.import_report_told import report_told
from matcher.web.import_run import (
    KeptRow,
    kept_row,
    run_shown,
    subject_of,
    undo_losses,
    undo_steps,
)
from matcher.web.import_words import ABOUT_KINDS, KINDS, kind_name
from matcher.web.job_told import JobTold, job_told
from matcher.web.once import new_key, once
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.pages.preparing import preparing
from matcher.web.say import Say
from matcher.web.uploads import MAX_UPLOAD, takes_file
from matcher.web.working import has_worker

SIZE = 20
ROWS = 50
_DIGITS = 9
"""Of the number of a row; Excel and CSV files that are taken have fewer."""

imports = page_part("imports", Role.ADMIN)
imports.register_blueprint(preparing)


@imports.get("/import")
def show_all() -> Response:
    """Where a file is handed in, with what isn't finished and what was imported."""
    return _start()


@imports.post("/import")
@takes_file
def upload() -> Response:
    """Keep the file that was handed in, and go on to its columns."""
    file = request.files.get("file")
    noun, source = request.form.get("noun", ""), request.form.get("source", "").strip()
    try:
        draft = start_draft(platform(), viewer(), _kind(noun), _upload(file), source)
    except (InputError, UsageError) as error:
        # The page again, with what was chosen: only the file has to be chosen anew.
        return _start(error, noun, source)
    return gone(url_for("page.imports.preparing.columns", id=draft.id))


@imports.get("/import/runs/<id>")
def run(id: str) -> Response:
    """One import: how far it is while it runs, then what it did."""
    job = _job(f"J-{id}")
    undoing = _undoing(id)
    working = next((one for one in (undoing, job) if one is not None and not one.is_over), None)
    if is_partial() and request.args.get("progress"):
        if working is None:
            return gone(url_for("page.imports.run", id=id))
        return page(
            "pages/job_progress.html", told=_told(working, _file(id)), again=request.full_path
        )
    found, shown = _run(id, job), working or job
    return page(
        "pages/import_run.html",
        id=id,
        shown=run_shown(found.run, _names((found.run,)), say()) if found else None,
        rows=_kept(found) if found else (),
        more=found.next if found else None,
        told=_told(shown, found.run.file if found else "") if shown else None,
        draft=_draft(job) if job and not found else "",
        undoing=_told(undoing) if undoing else None,
        has_report=job is not None and _has_report(job),
    )


@imports.get("/import/runs/<id>/report")
def report(id: str) -> Response:
    """What became of every row, as a table for Excel."""
    job = f"J-{id}"
    path = job_file(platform(), viewer(), job)
    noun = singular(str(get_job(platform(), viewer(), job).arguments["noun"]))
    answer = Response(_lines(path, noun, say()), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{id}.csv")
    return answer


@imports.post("/import/runs/<id>/retry")
def again(id: str) -> Response:
    """Have an import that failed or was cancelled done after all."""
    send(platform().settings, retry_job(platform(), viewer(), f"J-{id}"))
    return gone(url_for("page.imports.run", id=id))


@imports.get("/import/runs/<id>/undo")
def ask_undo(id: str) -> Response:
    """What taking it back will do, before it is done."""
    found = show(platform(), viewer(), id, 1)
    will: UndoReport = undo_import(platform(), viewer(), id, force=True, dry_run=True)
    return page(
        "pages/import_undo.html",
        shown=run_shown(found.run, _names((found.run,)), say()),
        will=will,
        steps=undo_steps(will, say()),
        losses=undo_losses(will, say()),
        key=new_key(),
    )


@imports.post("/import/runs/<id>/undo")
def undo(id: str) -> Response:
    """Take it back; asked twice, it is done once."""

    def act() -> None:
        running = _undoing(id)
        if running is None or running.is_over:
            told = {"id": id, "force": request.form.get("force") == "yes"}
            send(platform().settings, ask(platform(), viewer(), JobKind.IMPORT_UNDO, told))

    once(act)
    return gone(url_for("page.imports.run", id=id))


def _lines(path: Path, noun: str, told: Say) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from report_told(stream, noun, told)


def _start(
    error: InputError | UsageError | None = None, noun: str = "", source: str = ""
) -> Response:
    earlier = page_imports(platform(), viewer(), request.args.get("after", ""), SIZE)
    names = _names(earlier.rows)
    status = HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return page(
        "pages/import.html",
        status,
        kinds=[(code, say()(*name), say()(*ABOUT_KINDS[code])) for code, name in KINDS.items()],
        noun=noun if noun in KINDS else next(iter(KINDS)),
        source=source,
        fault=_fault(error) if error else None,
        drafts=[(one, kind_name(one.noun, say())) for one in list_drafts(platform(), viewer())],
        runs=[run_shown(one, names, say()) for one in earlier.rows],
        more=earlier.next,
        suffixes=",".join((*SUFFIXES, ".gz")),
        most=MAX_UPLOAD,
    )


def _fault(error: InputError | UsageError) -> tuple[str, str]:
    """What is wrong with a file, and what exactly."""
    words = {
        "unreadable_file": ("这个文件读不了", "This file can’t be read"),
        "missing_column": ("没有找到认识的列", "No column in it is understood"),
        "usage": ("这个文件不能这样导入", "This can’t be imported as it is"),
    }
    what = words.get(error.code, ("这个文件不能导入", "This file can’t be imported"))
    return say()(*what), " ".join(filter(None, (error.message, error.hint)))


def _kind(noun: str) -> str:
    if noun not in KINDS:
        raise InvalidValue("Choose what the file holds.", field="noun", hint="Choose one of them.")
    return noun


def _upload(file: FileStorage | None) -> Upload:
    if file is None or not file.filename:
        raise InvalidValue("No file was chosen.", field="file", hint="Choose one, then send it.")
    return Upload(file.filename, cast(BinaryIO, file.stream))


def _run(id: str, job: Job | None) -> Shown | None:
    """The import with its rows; None while its job hasn't made it."""
    after = _row()
    try:
        return show(platform(), viewer(), id, ROWS, after)
    except NotFound:
        if job is None or job.kind is not JobKind.IMPORT:
            raise
        return None


def _kept(found: Shown) -> list[KeptRow]:
    subjects = (subject_of(found.run, row) for row in found.rows)
    named = {one for one in subjects if one is not None}
    names = subject_names(platform(), viewer(), named, say().language)
    return [kept_row(found.run, row, names, say()) for row in found.rows]


def _row() -> int:
    """After which row the list goes on. Raises UsageError for what is no number of one."""
    text = request.args.get("after", "") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > _DIGITS:
        raise UsageError(
            f"after={text[:40]!r} is no row.", hint="Leave it out, or follow the link."
        )
    return int(text)


def _job(id: str) -> Job | None:
    try:
        return get_job(platform(), viewer(), id)
    except NotFound:
        return None


def _undoing(id: str) -> Job | None:
    """The last job that was to take the import back."""
    found = list_jobs(platform(), viewer(), kinds=[JobKind.IMPORT_UNDO], limit=100)
    return next((one for one in found.rows if one.arguments.get("id") == id), None)


def _told(job: Job, file: str = "") -> JobTold:
    total, there = _total(job), has_worker()
    return job_told(job, platform().now(), say(), file=file, total=total, has_worker=there)


def _file(id: str) -> str:
    """The file of an import, "" before it is made."""
    try:
        return show(platform(), viewer(), id, 1).run.file
    except NotFound:
        return ""


def _total(job: Job) -> int | None:
    """How many rows there are to go through, as far as that is known before."""
    if job.kind is JobKind.IMPORT:
        return rows_of(platform(), viewer(), _draft(job))
    counts = show(platform(), viewer(), job.arguments["id"], 1).run.counts
    return sum(counts.get(name, 0) for name in ("created", "updated", "restored")) or None


def _draft(job: Job) -> str:
    """Where the import was prepared, "" where that isn't known any more."""
    overlay = overlay_of(platform().settings.home, job.id)
    return overlay.draft if overlay else ""


def _has_report(job: Job) -> bool:
    try:
        job_file(platform(), viewer(), job.id)
    except NotFound:
        return False
    return True


def _names(runs: tuple[ImportRun, ...]) -> dict[str, str]:
    return names_of(platform(), viewer(), [one.actor for one in runs])
