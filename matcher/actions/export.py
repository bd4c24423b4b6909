"""Writing what a viewer may see to a file that people read or another platform imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.export_original import check_originals, write_originals
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.actions.shelf import Present, Shelf
from matcher.actions.shelves import shelf_of
from matcher.domain.enums import Language
from matcher.domain.visibility import Viewer
from matcher.files.export import check_export, write_records

Progress = Callable[[int], None]
"""Called with the number of records written so far."""
VERB = "read_export"
"""With the noun behind it the verb of the event that tells of an export."""

_PROGRESS_EVERY = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many records, and how many texts to the file of the originals."""

    noun: str
    file: Path
    records: int
    originals_file: Path | None = None
    originals: int = 0


def export_records(
    platform: Platform,
    viewer: Viewer,
    noun: str,
    file: Path,
    *,
    language: Language = Language.ZH,
    originals: Path | None = None,
    progress: Progress = lambda count: None,
) -> Exported:
    """Write all live records of a noun that the viewer may see, in the order of their ids.

    A .jsonl imported into an empty platform gives the same records; .csv and .xlsx hold what a
    table can (see `write_records`). `originals`: a .csv of the texts as they were imported, where
    a repair changed them. Raises UsageError, UnwritableOutput.
    """
    shelf = shelf_of(noun)
    check_export(file, noun)
    if originals is not None:
        check_originals(originals, file)
    _tell(platform, viewer, shelf)
    with platform.database.reading() as session:
        written: dict[str, str] = {}
        found = _shown(session, shelf, viewer, written, progress)
        count = write_records(file, noun, found, language)
        texts = 0
        if originals is not None:
            texts = write_originals(session, shelf, written, originals)
    return Exported(str(shelf.noun), file, count, originals, texts)


def _tell(platform: Platform, viewer: Viewer, shelf: Shelf) -> None:
    """Before anything is written, so that nothing goes out without a trace."""
    with platform.database.writing() as session:
        note(session, actor_of(viewer), f"{VERB}_{shelf.noun}", platform.now())


def _shown(
    session: Session, shelf: Shelf, viewer: Viewer, written: dict[str, str], progress: Progress
) -> Iterator[Any]:
    """What the viewer may see; `written` gets the import of each record that came by one."""
    for count, there in enumerate(_visible(session, shelf, viewer), 1):
        if there.import_id:
            written[there.record.id] = there.import_id
        yield masked(session, viewer, there.record)
        if count % _PROGRESS_EVERY == 0:
            progress(count)


def _visible(session: Session, shelf: Shelf, viewer: Viewer) -> Iterator[Present]:
    return (there for there in shelf.every(session) if viewer.sees(there.record))
