"""An import that is prepared: its columns, the report of the dry run, corrections, and the word."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, make_response, request, url_for

from matcher.actions.import_drafts import ImportDraft, discard_draft, get_draft
from matcher.actions.import_findings import Finding, Findings, Group, find, findings
from matcher.actions.import_mappings import mapping_file
from matcher.actions.import_preparing import (
    carry_out,
    choose_columns,
    correct,
    draft_of,
    is_checked,
    rehearse,
    reopen,
)
from matcher.actions.job_files import FINDINGS, folder_of
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobState
from matcher.errors import InvalidValue, NotFound, UsageError
from matcher.jobs.queue import send
from matcher.web.addresses import own_path
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.import_columns import columns_chosen, columns_shown
from matcher.web.import_findings import (
    cells_typed,
    codes_shown,
    notices_shown,
    others_told,
    row_shown,
    rows_shown,
    text_missing,
    tiles,
)
from matcher.web.import_words import CODES, kind_name
from matcher.web.job_told import job_told
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.working import has_worker

preparing = page_part("preparing", Role.ADMIN)

_STARTING = (Group.REFUSED, Group.NOTED, Group.DUPLICATE, Group.NEW, Group.CHANGED)
"""Which rows are shown first: those of the first group that has any."""


@preparing.get("/import/<id>")
def show(id: str) -> Response:
    """Where one stands with it."""
    draft = get_draft(platform(), viewer(), id)
    if draft.job:
        return gone(_result(draft))
    step = "check" if draft.rehearsal and is_checked(draft) else "columns"
    return gone(url_for(f"page.imports.preparing.{step}", id=id))


@preparing.get("/import/<id>/columns")
def columns(id: str) -> Response:
    """Our field beside each column of the file."""
    return _columns(get_draft(platform(), viewer(), id))


@preparing.post("/import/<id>/columns")
def choose(id: str) -> Response:
    """Keep what was chosen, and check the file."""
    draft = get_draft(platform(), viewer(), id)
    chosen = columns_chosen(draft, request.form)
    try:
        choose_columns(platform(), viewer(), id, chosen, version_of(request.form))
    except (InvalidValue, UsageError) as error:
        return _columns(draft, request.form, error)
    rehearse(platform(), viewer(), id, _send)
    return gone(url_for("page.imports.preparing.check", id=id))


@preparing.get("/import/<id>/mapping.toml")
def mapping(id: str) -> Response:
    """What was chosen, as a mapping file for the command line."""
    draft = get_draft(platform(), viewer(), id)
    response = make_response(mapping_file(draft.noun, draft.overlay.columns))
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.noun}.toml"'
    return response


@preparing.get("/import/<id>/check")
def check(id: str) -> Response:
    """How far the dry run is, then what it found."""
    draft, job = draft_of(platform(), viewer(), id)
    if draft.job:
        return gone(_result(draft))
    polled = is_partial() and bool(request.args.get("progress"))
    if job is not None and not job.is_over:
        told = job_told(job, platform().now(), say(), has_worker=has_worker())
        if polled:
            return page("pages/job_progress.html", told=told, again=request.full_path)
        return page("pages/import_checking.html", **_frame(draft), told=told)
    if polled:
        return gone(url_for("page.imports.preparing.check", id=id))
    if job is None or job.state is not JobState.DONE:
        ended = job_told(job, platform().now(), say()) if job is not None else None
        return page("pages/import_unchecked.html", **_frame(draft), told=ended)
    return _report(draft, job)


@preparing.post("/import/<id>/check")
def check_again(id: str) -> Response:
    """Check the file as it is now, with all corrections."""
    rehearse(platform(), viewer(), id, _send)
    return gone(url_for("page.imports.preparing.check", id=id))


@preparing.post("/import/<id>/rows/<int:row>")
def correct_row(id: str, row: int) -> Response:
    """Keep what cells of a row are to say; with `undo` the row is as in the file again."""
    draft, job = draft_of(platform(), viewer(), id)
    found = _finding(job, row)
    typed = {} if "undo" in request.form else cells_typed(draft, found, request.form)
    draft = correct(platform(), viewer(), id, row, typed, request.form.get("seen", ""))
    if not is_partial():
        return gone(own_path(request.form.get("back", "")))
    one = row_shown(draft, found, say())
    return page("pages/import_row.html", **_frame(draft), one=one, partial=True, back="")


@preparing.post("/import/<id>/confirm")
def confirm(id: str) -> Response:
    """Import it as it was checked."""
    partial = request.form.get("partial") == "yes"
    version = version_of(request.form)
    draft = carry_out(platform(), viewer(), id, version, _send, partial=partial)
    return gone(_result(draft))


@preparing.post("/import/<id>/reopen")
def open_again(id: str) -> Response:
    """Go back to the report, after an import that came to nothing."""
    reopen(platform(), viewer(), id)
    rehearse(platform(), viewer(), id, _send)
    return gone(url_for("page.imports.preparing.check", id=id))


@preparing.post("/import/<id>/discard")
def discard(id: str) -> Response:
    """Forget it, with its file."""
    discard_draft(platform(), viewer(), id)
    return gone(url_for("page.imports.show_all"))


def _columns(
    draft: ImportDraft,
    typed: Mapping[str, str] | None = None,
    error: InvalidValue | UsageError | None = None,
) -> Response:
    if draft.job:
        return gone(_result(draft))
    status = HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY
    shown = columns_shown(draft, typed or {}, say())
    fault = " ".join(filter(None, (error.message, error.hint))) if error else ""
    return page("pages/import_columns.html", status, **_frame(draft), shown=shown, fault=fault)


def _report(draft: ImportDraft, job: Job) -> Response:
    path = _path(job)
    found = findings(path)
    group = _group(found)
    code = request.args.get("code", "")
    code = code if code in CODES else ""
    after = request.args.get("after", type=int) or 0
    return page(
        "pages/import_check.html",
        **_frame(draft),
        found=found,
        tiles=tiles(found, group, say()),
        group=group,
        code=code,
        codes=codes_shown(found, group, code, say()),
        notices=notices_shown(found, say()),
        wanting=text_missing(draft, found, say()),
        others=others_told(found, say()),
        listed=rows_shown(draft, find(path, group, code, after), say()),
        after=after,
        rows=sum(found.counts[one] for one in (Group.NEW, Group.CHANGED, Group.UNCHANGED)),
        writes=found.counts[Group.NEW] + found.counts[Group.CHANGED],
        refused=found.counts[Group.REFUSED],
    )


def _group(found: Findings) -> Group:
    asked = request.args.get("show", "")
    if asked in set(Group):
        return Group(asked)
    return next((one for one in _STARTING if found.counts[one]), Group.UNCHANGED)


def _finding(job: Job | None, row: int) -> Finding:
    """Raises NotFound for a row of which the last dry run said nothing."""
    if job is not None and job.state is JobState.DONE:
        found = next(find(_path(job), after=row - 1), None)
        if found is not None and found.row == row and found.whole:
            return found
    raise NotFound("There is no such row to be corrected.", hint="Check the file once more.")


def _path(job: Job) -> Path:
    path = folder_of(platform().settings.home, job.id) / FINDINGS
    if not path.is_file():
        raise NotFound("The report isn't kept any more.", hint="Check the file once more.")
    return path


def _frame(draft: ImportDraft) -> dict[str, Any]:
    """What every page of it shows."""
    return {
        "draft": draft,
        "kind": kind_name(draft.noun, say()),
        "checked": is_checked(draft),
        "corrected": len(draft.overlay.corrections),
    }


def _result(draft: ImportDraft) -> str:
    return url_for("page.imports.run", id=draft.job.removeprefix("J-"))


def _send(job: Job) -> None:
    send(platform().settings, job)
