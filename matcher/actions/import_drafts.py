"""Imports that somebody prepares: a file, what its columns hold, and corrections of its cells.

A draft is its account's alone. It lies in a folder of the home, changed by one at a time, and is
forgotten a week after the last change.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from matcher.actions.authority import actor_of, admitted
from matcher.actions.import_mappings import remembered
from matcher.actions.import_overlay import Overlay
from matcher.actions.import_reading import Request, vocabulary_of
from matcher.actions.job_files import Upload, shown_name, suffix_of
from matcher.actions.platform import Platform
from matcher.actions.shelves import shelf_of
from matcher.bundle.locks import Mode, wait
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, MatcherError, NotFound, UnreadableFile, UsageError
from matcher.files.atomic import replacing
from matcher.files.column_guess import ColumnGuess, Sureness, guess_columns

FOLDER = "drafts"
MOST = 10
"""Drafts of one account."""
KEPT = timedelta(days=7)
_OWNER_ALONE = 0o700
_PIECE = 1 << 20
_FILE, _TOLD, _LOCK = "upload", "draft.json", "lock"
_ID = re.compile(r"D-\d{8}-\d{6}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDraft:
    """An import that is prepared. version: how often it was changed; `overlay` says what of.

    known: whether the columns are as they were chosen for an earlier file with the same headings.
    rehearsal: the job of the last dry run, and `rehearsed` the version that it was of. job: that of
    the import itself, "" before it is asked for.
    """

    id: str
    account: str
    noun: str
    name: str
    node: str
    source: str = ""
    made_at: datetime
    changed_at: datetime
    guesses: tuple[ColumnGuess, ...]
    overlay: Overlay
    known: bool = False
    version: int = 1
    rehearsal: str = ""
    rehearsed: int = 0
    job: str = ""


def start_draft(
    platform: Platform, viewer: Viewer, noun: str, upload: Upload, source: str = ""
) -> ImportDraft:
    """Keep a file to be imported, and guess what its columns hold; or keep nothing at all.

    Raises NotAllowed, UsageError for a kind that isn't read or too many drafts, UnreadableFile,
    MissingColumn, UnwritableOutput.
    """
    home, at = platform.settings.home, platform.now()
    shelf_of(noun)
    Request(noun, home, source=source)
    with platform.database.reading() as session:
        node = admitted(session, viewer)
    forget_drafts(home, at)
    _require_room(home, viewer)
    name, id_ = shown_name(upload.name), f"D-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    with _new_folder(home, id_):
        path = _kept(home, id_, upload)
        guesses = _guessed(path, name, noun)
        names = [one.name for one in guesses]
        known = remembered(home, node, noun, names)
        columns = known or {one.name: one.field for one in guesses}
        draft = ImportDraft(
            id=id_,
            account=actor_of(viewer),
            noun=noun,
            name=name,
            node=node,
            source=source,
            made_at=at,
            changed_at=at,
            guesses=guesses,
            overlay=Overlay(columns),
            known=known is not None,
        )
        _write(home, draft)
    return draft


def get_draft(platform: Platform, viewer: Viewer, id: str) -> ImportDraft:
    """The draft. Raises NotFound for one that isn't there, or isn't the viewer's."""
    return _required(platform.settings.home, viewer, id)


def list_drafts(platform: Platform, viewer: Viewer) -> tuple[ImportDraft, ...]:
    """The viewer's drafts that came to no import yet, the newest first."""
    return tuple(one for one in _own(platform.settings.home, viewer) if not one.job)


@contextmanager
def changing(
    platform: Platform, viewer: Viewer, id: str
) -> Iterator[tuple[ImportDraft, Callable[[ImportDraft], ImportDraft]]]:
    """The draft, which nobody else changes meanwhile, and what keeps it as it is to be."""
    home = platform.settings.home
    _required(home, viewer, id)
    with wait(_folder(home, id) / _LOCK, Mode.EXCLUSIVE):
        draft = _required(home, viewer, id)

        def keep(changed: ImportDraft) -> ImportDraft:
            changed = replace(changed, changed_at=platform.now())
            _write(home, changed)
            return changed

        yield draft, keep


def draft_upload(platform: Platform, draft: ImportDraft) -> Path:
    """The file as it was handed in."""
    return _upload(_folder(platform.settings.home, draft.id), draft.name)


def discard_draft(platform: Platform, viewer: Viewer, id: str) -> None:
    """Forget it, with its file; what was imported stays. Raises NotFound."""
    with changing(platform, viewer, id):
        shutil.rmtree(_folder(platform.settings.home, id), ignore_errors=True)


def drop_draft_file(home: Path, id: str) -> None:
    """Remove the file, once it is imported; what is known of the draft leads to the import."""
    for path in _folder(home, id).glob(f"{_FILE}.*"):
        path.unlink(missing_ok=True)


def forget_drafts(home: Path, now: datetime) -> None:
    """Remove those that nobody changed for a week, and what is left of some that broke off."""
    for folder in (home / FOLDER).glob("D-*"):
        told = folder / _TOLD
        try:
            changed = (told if told.exists() else folder).stat().st_mtime
        except FileNotFoundError:
            continue
        if changed < (now - KEPT).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def require_version(draft: ImportDraft, version: int) -> None:
    """Raise EditConflict where the draft was changed since it had this version."""
    if draft.version != version:
        hint = "Load the page anew and look at it again."
        raise EditConflict("The import was changed in another window.", hint=hint)


def _guessed(path: Path, name: str, noun: str) -> tuple[ColumnGuess, ...]:
    """An error names the file as its owner does."""
    try:
        return guess_columns(path, noun, vocabulary_of(""))
    except MatcherError as error:
        error.where["file"] = name
        raise


def _require_room(home: Path, viewer: Viewer) -> None:
    if len([one for one in _own(home, viewer) if not one.job]) >= MOST:
        hint = "Finish or discard some of them first."
        raise UsageError(f"There are {MOST} imports of yours that aren't finished.", hint=hint)


@contextmanager
def _new_folder(home: Path, id_: str) -> Iterator[None]:
    """A folder that is there afterwards only if all went well."""
    folder = _folder(home, id_)
    folder.parent.mkdir(_OWNER_ALONE, exist_ok=True)
    folder.mkdir(_OWNER_ALONE)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _kept(home: Path, id_: str, upload: Upload) -> Path:
    path = _upload(_folder(home, id_), shown_name(upload.name))
    with replacing(path) as kept:
        shutil.copyfileobj(upload.stream, kept, _PIECE)
    if not path.stat().st_size:
        hint = "Export it again; it has no content at all."
        raise UnreadableFile("the file is empty.", file=shown_name(upload.name), hint=hint)
    return path


def _own(home: Path, viewer: Viewer) -> list[ImportDraft]:
    found = (_read(folder) for folder in sorted((home / FOLDER).glob("D-*"), reverse=True))
    return [one for one in found if one is not None and one.account == actor_of(viewer)]


def _required(home: Path, viewer: Viewer, id: str) -> ImportDraft:
    found = _read(_folder(home, id)) if _ID.fullmatch(id) else None
    if found is None or found.account != actor_of(viewer):
        hint = "Begin with the file once more."
        raise NotFound(f"There is no import {id!r} that is prepared.", field="id", hint=hint)
    return found


def _folder(home: Path, id_: str) -> Path:
    return home / FOLDER / id_


def _upload(folder: Path, name: str) -> Path:
    return folder / f"{_FILE}{suffix_of(name)}"


def _write(home: Path, draft: ImportDraft) -> None:
    told = {one.name: getattr(draft, one.name) for one in fields(draft)} | {
        "guesses": [asdict(one) for one in draft.guesses],
        "overlay": json.loads(draft.overlay.to_bytes()),
        "made_at": draft.made_at.isoformat(),
        "changed_at": draft.changed_at.isoformat(),
    }
    with replacing(_folder(home, draft.id) / _TOLD) as stream:
        stream.write(json.dumps(told, ensure_ascii=True).encode())


def _read(folder: Path) -> ImportDraft | None:
    """None where there is none, one that is made just now, or one of another release."""
    try:
        return _told(json.loads((folder / _TOLD).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _told(told: Mapping[str, Any]) -> ImportDraft:
    times = {name: datetime.fromisoformat(told[name]) for name in ("made_at", "changed_at")}
    guesses = tuple(
        ColumnGuess(one["name"], tuple(one["samples"]), one["field"], Sureness(one["sureness"]))
        for one in told["guesses"]
    )
    more = {"guesses": guesses, "overlay": Overlay(**told["overlay"])}
    return ImportDraft(**{**told, **times, **more})
