"""The files of jobs: what was uploaded, and what came of it, each job's in a folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from matcher.actions.import_overlay import Overlay
from matcher.errors import UnreadableFile, UnwritableOutput, UsageError
from matcher.files.atomic import replacing
from matcher.files.source import KINDS, Kind
from matcher.store.codec import is_storable

FOLDER = "jobs"
REPORT = "report.csv"
"""What became of each row of an import."""
LONGEST_NAME = 200
FINDINGS = "findings.jsonl"
"""The same of a dry run that somebody looks at on a page."""
_UPLOAD = "upload"
_OVERLAY = f"{_UPLOAD}.overlay.json"
_NO_OVERLAY = Overlay()
_OWNER_ALONE = 0o700
_PIECE = 1 << 20
_ORPHANED = timedelta(days=1)
"""How old a folder is before it is taken for one whose job never came about."""


class Upload(NamedTuple):
    """A file that is handed in. name: for people; of it only the suffix counts. overlay: what a
    person said of its columns and cells."""

    name: str
    stream: BinaryIO
    overlay: Overlay = _NO_OVERLAY


def folder_of(home: Path, id: str) -> Path:
    """The folder of a job; `id` is one that was given out here."""
    return home / FOLDER / id


def shown_name(name: str) -> str:
    """The name without folders, as it is shown. Raises UsageError for one that can't be shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    if not last or not last.isprintable() or not is_storable(last) or len(last) > LONGEST_NAME:
        hint = f"Give the file a name of up to {LONGEST_NAME} letters."
        raise UsageError("The file has no name that can be used.", field="file", hint=hint)
    return last


def suffix_of(name: str) -> str:
    """The suffix that says how the file is read. Raises UsageError for one that isn't."""
    suffixes = [one.lower() for one in PurePosixPath(name).suffixes[-2:]]
    packed = suffixes[-1:] == [".gz"]
    last = "".join(suffixes[:-1] if packed else suffixes[-1:])
    kind = KINDS.get(last)
    if kind is None or (packed and kind is Kind.SPREADSHEET):
        hint = f"Use one of {', '.join(KINDS)}; text files also with .gz."
        message = f"files of this kind ({''.join(suffixes) or 'no suffix'}) are not read."
        raise UsageError(message, file=name, hint=hint)
    return f"{last}.gz" if packed else last


def upload_path(home: Path, id: str, name: str) -> Path:
    """Where the file that was uploaded for a job lies. Raises UsageError for an unknown kind."""
    return folder_of(home, id) / f"{_UPLOAD}{suffix_of(name)}"


def keep_upload(home: Path, id: str, upload: Upload) -> Path:
    """Keep what is uploaded, whole or not at all. Raises UnwritableOutput, UnreadableFile."""
    path = upload_path(home, id, upload.name)
    make_folder(home, id)
    try:
        with replacing(path) as kept:
            shutil.copyfileobj(upload.stream, kept, _PIECE)
        if not path.stat().st_size:
            hint = "Export it again; it has no content at all."
            raise UnreadableFile("the file is empty.", file=shown_name(upload.name), hint=hint)
        if upload.overlay != _NO_OVERLAY:
            with replacing(folder_of(home, id) / _OVERLAY) as kept:
                kept.write(upload.overlay.to_bytes())
    except BaseException:
        drop_folder(home, id)
        raise
    return path


def overlay_of(home: Path, id: str) -> Overlay | None:
    """What was said of the file that was uploaded for a job; None where nothing was."""
    path = folder_of(home, id) / _OVERLAY
    return Overlay.from_bytes(path.read_bytes()) if path.is_file() else None


def make_folder(home: Path, id: str) -> Path:
    """The folder of a job, made if need be, for its owner alone. Raises UnwritableOutput."""
    folder = folder_of(home, id)
    try:
        folder.parent.mkdir(_OWNER_ALONE, exist_ok=True)
        folder.mkdir(_OWNER_ALONE, exist_ok=True)
    except OSError as error:
        hint = "Check the permissions of the folder and the space on its disk."
        message = f"can't be made ({error.strerror})."
        raise UnwritableOutput(message, file=str(folder), hint=hint) from error
    return folder


def drop_upload(home: Path, id: str) -> None:
    """Remove what was uploaded, once it is in the store; what came of it stays."""
    for path in folder_of(home, id).glob(f"{_UPLOAD}.*"):
        path.unlink(missing_ok=True)


def has_upload(home: Path, id: str) -> bool:
    """Whether what was uploaded for a job is still there."""
    return any(folder_of(home, id).glob(f"{_UPLOAD}.*"))


def kept_bytes(home: Path, ids: Collection[str]) -> int:
    """How much space the files of these jobs take."""
    files = (path for id_ in ids for path in folder_of(home, id_).glob("*"))
    return sum(_size(path) for path in files)


def _size(path: Path) -> int:
    """A file may be removed meanwhile."""
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def drop_folder(home: Path, id: str) -> None:
    """Remove all files of a job; none there is fine."""
    shutil.rmtree(folder_of(home, id), ignore_errors=True)


def orphans(home: Path, now: datetime) -> tuple[str, ...]:
    """The ids of folders that are older than a day, which may have lost their job."""
    try:
        with os.scandir(home / FOLDER) as entries:
            there = {entry.name: entry.stat().st_mtime for entry in entries}
    except FileNotFoundError:
        return ()
    old = (now - _ORPHANED).timestamp()
    return tuple(sorted(name for name, changed in there.items() if changed < old))


def drop_folders(home: Path, ids: Collection[str]) -> None:
    """The same for several jobs."""
    for id_ in ids:
        drop_folder(home, id_)
