"""Imports: files that are read in, and those that were."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, BinaryIO, cast

from matcher.actions.import_runs import page_imports, show
from matcher.actions.job_files import Upload
from matcher.domain.job import JobKind
from matcher.web.admin_shown import import_shown, listed, whole_import_shown
from matcher.web.asking import asked
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.idempotency import idempotent
from matcher.web.models.accounts import PageParams
from matcher.web.models.imports import (
    ImportForm,
    ImportsPage,
    ImportWhole,
    UndoImportBody,
)
from matcher.web.models.jobs import JobShown
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.seen import Answered, problems
from matcher.web.uploads import takes_file

imports = part("imports", "Imports")

_QUERY = {"of": "imports"}
_ASKING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@imports.get("/imports")
@imports.input(PageParams, location="query", arg_name="params")
@imports.output(ImportsPage)
@imports.doc(operation_id="imports")
def every(params: PageParams) -> dict[str, Any]:
    """Imports into an admin's node and below it, the last one first"""
    [after] = place_of(params.cursor, _QUERY, str) if params.cursor else [""]
    page = page_imports(platform(), viewer(), after, params.limit)
    return listed(page.rows, import_shown, page.next and cursor(_QUERY, page.next))


@imports.post("/imports")
@takes_file
@imports.input(ImportForm, location="form_and_files", arg_name="form")
@imports.output(JobShown, status_code=202)
@imports.doc(operation_id="importFile", responses=problems(HTTPStatus.NOT_FOUND))
def read(form: ImportForm) -> Answered:
    """Import a file

    For admins of the node it goes to. A worker reads it; the answer is its job.
    """
    upload = Upload(form.file.filename or "", cast(BinaryIO, form.file.stream))
    return asked(JobKind.IMPORT, form.model_dump(exclude={"file"}), upload)


@imports.get("/imports/<id>")
@imports.input(PageParams, location="query", arg_name="params")
@imports.output(ImportWhole)
@imports.doc(operation_id="import")
def one(id: str, params: PageParams) -> dict[str, Any]:
    """An import, with the rows to look at

    Those that were refused, and those that there is something to say of.
    """
    query = {"of": "rows", "id": id}
    [after] = place_of(params.cursor, query, int) if params.cursor else [0]
    found = show(platform(), viewer(), id, params.limit, after)
    return whole_import_shown(found, found.next and cursor(query, int(found.next)))


@imports.post("/imports/<id>/undo")
@idempotent
@imports.input(UndoImportBody, arg_name="body")
@imports.output(JobShown, status_code=202)
@imports.doc(operation_id="undoImport", responses=_ASKING, extensions={IDEMPOTENT: True})
def undo(id: str, body: UndoImportBody) -> Answered:
    """Take a whole import back

    What was changed since is never overwritten. A worker does it; the answer is its job.
    """
    return asked(JobKind.IMPORT_UNDO, {"id": id, "force": body.force})
