"""The imports that were made: what is kept of each, the list of them, and the rows of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.paged import Paged, cut, paged
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound
from matcher.files.sheet_columns import INTERACTION
from matcher.store import imports
from matcher.store.imports import ImportRow, ImportRun
from matcher.store.stored import Author

_PAGE = 1000
_NODE, _KIND = "node", "kind"


@dataclass(frozen=True, slots=True)
class Shown:
    """An import with the rows that are worth a look: those with something to say.

    next: the number of the last of them where others follow, else None.
    """

    run: ImportRun
    rows: tuple[ImportRow, ...]
    next: str | None = None


def begun(author: Author, noun: str, node: str, file: str, sha256: str) -> ImportRun:
    """An import that begins; the run's `mapping` also says what was read and for which node."""
    return ImportRun(
        id=author.import_id,
        noun=_stored_noun(noun),
        file=file,
        sha256=sha256,
        actor=author.actor,
        started_at=author.at,
        mapping={_KIND: str(noun), _NODE: node},
    )


def noun_of(run: ImportRun) -> str:
    """What the rows of the import are."""
    return str(run.mapping.get(_KIND, run.noun))


def node_of(run: ImportRun) -> str:
    """The node that it was made for."""
    return str(run.mapping.get(_NODE, ""))


def recent(platform: Platform, viewer: Viewer, limit: int = 50) -> tuple[ImportRun, ...]:
    """The latest imports into nodes that the viewer is an admin of, the last one first."""
    with platform.database.reading() as session:
        found = (run for run in _all(session) if is_admin(viewer, node_of(run)))
        return tuple(run for _, run in zip(range(limit), found, strict=False))


def page_imports(platform: Platform, viewer: Viewer, after: str, limit: int) -> Paged[ImportRun]:
    """The same by pages, behind the import of the id `after`, "" for the first page."""
    with platform.database.reading() as session:
        found = (run for run in _all(session) if is_admin(viewer, node_of(run)))
        return paged(found, lambda run: run.id, after, limit)


def show(
    platform: Platform, viewer: Viewer, import_id: str, limit: int = 1000, after: int = 0
) -> Shown:
    """An import and up to `limit` of its rows that were refused or hold problems.

    after: only rows with a higher number.
    """
    with platform.database.reading() as session:
        run = required(session, viewer, import_id)
        told = (row for row in rows_of(session, run.id, after) if problems_of(row))
        return Shown(run, *cut(list(islice(told, limit + 1)), lambda row: str(row.row), limit))


def required(session: Session, viewer: Viewer, import_id: str) -> ImportRun:
    """The import. Raises NotFound for one that isn't there, or isn't the viewer's to know of."""
    run = imports.get(session, import_id)
    if run is None or not is_admin(viewer, node_of(run)):
        hint = "See `matcher imports list`."
        raise NotFound(f"There is no import {import_id!r}.", field="id", hint=hint)
    return run


def rows_of(session: Session, import_id: str, after: int = 0) -> Iterator[ImportRow]:
    """The rows of an import with a number above `after` in the file's order, a page at a time."""
    page = imports.rows(session, import_id, after=after, limit=_PAGE)
    while page:
        yield from page
        page = imports.rows(session, import_id, after=page[-1].row, limit=_PAGE)


def problems_of(row: ImportRow) -> list[dict[str, str]]:
    """What was said of the row: the problems kept with it, without what is kept for undoing."""
    return [dict(one) for one in row.problems if "message" in one]


def _all(session: Session) -> Iterator[ImportRun]:
    offset = 0
    while page := imports.recent(session, _PAGE, offset):
        yield from page
        offset += len(page)


def _stored_noun(noun: str) -> Noun:
    """The store keeps a noun of the domain with an import, and an interaction is none."""
    return Noun.FOLLOW_UP if noun == INTERACTION else Noun(noun)
