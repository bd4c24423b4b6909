"""A backup: the database as of one moment and its models in one file, while others go on."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from matcher import __version__
from matcher.actions.audit import note
from matcher.actions.backup_file import BackupWriter, Progress
from matcher.actions.backup_format import (
    CONTENTS,
    DATABASE,
    LEDGER,
    SETTINGS,
    Contents,
    model_name,
)
from matcher.actions.platform import OPERATOR, Platform
from matcher.bundle.document import render
from matcher.bundle.lease import Lease
from matcher.bundle.ledger import LEDGER as LEDGER_FILE
from matcher.bundle.library import Library
from matcher.bundle.manifest import MANIFEST
from matcher.errors import NoModel, StoreUnavailable, UsageError
from matcher.files.atomic import replacing
from matcher.settings import Settings, describe
from matcher.store import migrate
from matcher.store.dump import dump

VERB = "backed_up"
"""Of the event that tells when the last backup was made."""
SUFFIX = ".zip"
_OWNER_ALONE = 0o600
Say = Callable[[str], None]


class Models(Enum):
    """Which models go into a backup."""

    NONE = auto()
    CURRENT = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds, and its size in bytes."""

    contents: Contents
    bytes: int


def back_up(
    platform: Platform,
    file: Path,
    *,
    models: Models = Models.CURRENT,
    overwrite: bool = False,
    say: Say = lambda _: None,
    progress: Progress = lambda _done, _total: None,
) -> Saved:
    """Write a backup that only its owner may read, whole or not at all.

    The models are held and the database is seen at one moment, a later one, so that the changes
    since a model are in it. Raises UsageError for a name that doesn't fit, BrokenBundle for a
    model that is damaged, UnwritableOutput, StoreUnavailable.
    """
    _require_name(file, overwrite)
    with ExitStack() as held, replacing(file) as stream:
        os.fchmod(stream.fileno(), _OWNER_ALONE)
        leases = [held.enter_context(lease) for lease in _leases(platform.library, models, say)]
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            writer = BackupWriter(archive, progress, _bytes_of(platform.library, leases))
            contents = _write(platform, writer, leases, say)
        size = stream.tell()
    _note(platform, say)
    return Saved(contents, size)


def _require_name(file: Path, overwrite: bool) -> None:
    if file.suffix.lower() != SUFFIX:
        hint = f"Name it for example {file.stem or 'backup'}{SUFFIX}."
        raise UsageError(f"A backup is a {SUFFIX} file.", file=str(file), hint=hint)
    if file.exists() and not overwrite:
        hint = "Name another file, or add --force."
        raise UsageError("is there already.", file=str(file), hint=hint)


def _leases(library: Library, models: Models, say: Say) -> Iterator[Lease]:
    """The models to be saved, the current one first where there is one."""
    if models is Models.NONE:
        return
    try:
        yield (current := library.in_use())
    except NoModel:
        say("No model has been published; the backup holds none.")
        return
    for entry in library.versions() if models is Models.ALL else ():
        if entry.problem:
            say(f"Left out: the model {entry.version} is broken.")
        elif entry.version != current.version:
            yield library.in_use(entry.version)


def _bytes_of(library: Library, leases: list[Lease]) -> int:
    manifests = (library.verify(lease.version, fast=True) for lease in leases)
    return sum(facts.bytes for manifest in manifests for facts in manifest.files.values())


def _write(platform: Platform, writer: BackupWriter, leases: list[Lease], say: Say) -> Contents:
    schema = migrate.newest()
    say("Saving the database")
    with writer.member(DATABASE) as stream:
        rows = dump(platform.database, stream, at=platform.now())
    for lease in leases:
        say(f"Saving the model {lease.version}")
        _write_model(writer, platform.library, lease)
    _write_ledger(writer, platform.library, leases)
    writer.add(SETTINGS, _settings(platform.settings))
    current, history = _publications(platform.library, leases)
    contents = Contents(
        product=__version__,
        created_at=platform.now(),
        schema=schema,
        rows=rows,
        current=current,
        history=history,
        files=dict(writer.files),
    )
    writer.add(CONTENTS, render(contents))
    return contents


def _write_model(writer: BackupWriter, library: Library, lease: Lease) -> None:
    manifest = library.verify(lease.version, fast=True)
    for name, facts in manifest.files.items():
        writer.copy(lease.folder / name, model_name(lease.version, name), facts)
    writer.copy(lease.folder / MANIFEST, model_name(lease.version, MANIFEST))


def _write_ledger(writer: BackupWriter, library: Library, leases: list[Lease]) -> None:
    if leases and (library.folder / LEDGER_FILE).is_file():
        writer.copy(library.folder / LEDGER_FILE, LEDGER)


def _settings(settings: Settings) -> bytes:
    """For people: a restore goes by the settings of the place it restores to."""
    told: Mapping[str, object] = {
        row.name: {"value": row.value, "origin": row.origin} for row in describe(settings)
    }
    return json.dumps(told, indent=1, ensure_ascii=False).encode("utf-8", "replace")


def _publications(library: Library, leases: list[Lease]) -> tuple[str | None, tuple[str, ...]]:
    """What was current when the backup began, and what was before it."""
    if not leases:
        return None, ()
    saved = {lease.version for lease in leases}
    history = (version for version in library.pointer().history if version in saved)
    return leases[0].version, tuple(history)


def _note(platform: Platform, say: Say) -> None:
    try:
        with platform.database.writing() as session:
            note(session, OPERATOR, VERB, platform.now())
    except StoreUnavailable as error:
        say(f"The backup is complete, but the database couldn't note it: {error}")
