"""Imports: files to be read, those that were, and what became of their rows."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from apiflask.fields import UploadFile
from pydantic import Field

from matcher.store.imports import ImportState, RowAction
from matcher.web.models.accounts import Reference
from matcher.web.models.base import Body, Params, Shown
from matcher.web.models.records import NextCursor

Importable = Literal["outcome", "need", "manager", "organisation", "followup", "interaction"]


class ImportForm(Params):
    """A file with records. Of its name only the suffix counts: .csv, .tsv, .xlsx, .jsonl and
    others, text files also with .gz.

    mapping: the name of one that ships with the product. source: goes before the ids of the file.
    node: where records go that name none, yours without it. dry_run: say what would be done, no
    more. partial: leave refused rows out instead of refusing the file.
    """

    file: UploadFile
    noun: Importable
    mapping: Annotated[str, Field(max_length=60)] = ""
    source: Annotated[str, Field(max_length=200)] = ""
    node: Reference = ""
    dry_run: bool = False
    partial: bool = False


class UndoImportBody(Body):
    """Take the import back. force: leave what was changed since as it is."""

    force: bool = False


class ImportListed(Shown):
    """An import. counts: rows that met with each action."""

    id: str
    noun: str
    file: str
    source: str
    node: str
    by: str
    state: ImportState
    started_at: dt.datetime
    finished_at: dt.datetime | None
    counts: dict[str, int]


class ImportsPage(Shown):
    """A page of imports."""

    items: list[ImportListed]
    next_cursor: NextCursor


class ProblemShown(Shown):
    """One thing to know about a row; column: of the file, field: of the record."""

    code: str
    message: str
    column: str | None
    field: str | None
    hint: str | None


class RowShown(Shown):
    """A row by its number in the file; original: what its cells said, where another was stored."""

    row: int
    id: str
    action: RowAction
    problems: list[ProblemShown]
    original: dict[str, Any]


class ImportWhole(ImportListed):
    """The same with how its columns were understood, and a page of the rows that were refused or
    that there is something to say of."""

    sha256: str
    columns: dict[str, list[str]]
    rows: list[RowShown]
    next_cursor: NextCursor
