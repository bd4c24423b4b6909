"""Reading a file that is to be imported: whole, and before any transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.actions.import_overlay import Overlay
from matcher.actions.import_plan import FileRows
from matcher.errors import MissingData, UnreadableFile, UsageError
from matcher.files.column_guess import chosen
from matcher.files.notices import Notice
from matcher.files.record_rows import Rows, read_rows
from matcher.files.row_ids import LONGEST_ID, SEPARATOR
from matcher.files.vocabulary import Vocabulary
from matcher.files.vocabulary_file import load_vocabulary
from matcher.resources import data_path

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""
_NO_OVERLAY = Overlay()
_LONGEST_SOURCE = LONGEST_ID // 4


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be imported.

    `mapping`: a mapping file or the name of one that is shipped. `source`: goes before the ids of
    the file, which so never meet those of another source. `node`: where records go that name none.
    `partial`: leave refused rows out instead of refusing the file. `report`: a file for the report.
    `id`: of the import that is made, one that nothing has; `name`: what the file is called where it
    lies under another name. `overlay`: what a person said of its columns and cells; `findings`: a
    file for the rows as a person looks at them (see `import_findings`).
    """

    noun: str
    file: Path
    mapping: str = ""
    source: str = ""
    node: str = ""
    dry_run: bool = False
    partial: bool = False
    report: Path | None = None
    id: str = ""
    name: str = ""
    overlay: Overlay = _NO_OVERLAY
    findings: Path | None = None

    def __post_init__(self) -> None:
        plain = self.source.isprintable() and not set(self.source) & {SEPARATOR, " "}
        if not plain or len(self.source) > _LONGEST_SOURCE:
            raise UsageError(
                f"{self.source!r} can't be the name of a source.",
                field="source",
                hint=f"Write up to {_LONGEST_SOURCE} letters and digits.",
            )


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, and what it is; `cells` reads once more what stands in its rows."""

    rows: FileRows
    notices: tuple[Notice, ...]
    sha256: str
    cells: Callable[[], Iterator[tuple[int, dict[str, str]]]]


def vocabulary_of(mapping: str) -> Vocabulary:
    """The shipped words, behind those of a mapping file; a name without a folder may be shipped.

    Raises what `load_vocabulary` raises.
    """
    shipped = data_path("mappings", "default.toml")
    if not mapping:
        return load_vocabulary(shipped)
    path = Path(mapping)
    if path.parent == Path() and not path.suffix and not path.exists():
        try:
            path = data_path("mappings", f"{mapping}.toml")
        except MissingData as error:
            names = sorted(one.stem for one in shipped.parent.glob("*.toml"))
            raise UnreadableFile(
                "there is no such mapping.",
                file=mapping,
                hint=f"Give the path of a .toml file, or one of: {', '.join(names)}.",
            ) from error
    return load_vocabulary(shipped, path)


def read_file(request: Request, now: datetime, progress: Progress) -> ReadFile:
    """The whole file, before any transaction: reading may take minutes, writing mustn't."""
    columns = request.overlay.columns
    vocabulary = vocabulary_of(request.mapping)
    rows: Rows = read_rows(
        request.file,
        request.noun,
        chosen(vocabulary, columns) if columns else vocabulary,
        namespace=request.source,
        node=request.node,
        at=now,
        progress=progress,
        corrections=request.overlay.by_row(),
    )
    before = _digest(request.file)
    parsed = tuple(rows)
    if _digest(request.file) != before:
        hint = "Import it again once it is complete."
        raise UnreadableFile("changed while it was read.", file=str(request.file), hint=hint)
    name = request.name or request.file.name
    found = FileRows(parsed, rows.columns, rows.holds, request.source, name)
    return ReadFile(found, tuple(rows.notices), before, rows.cells)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        message = f"can't be read any more ({error.strerror})."
        raise UnreadableFile(message, file=str(path), hint="Import it again.") from error
