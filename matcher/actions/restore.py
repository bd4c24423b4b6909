"""A backup becomes a platform again: in an empty place, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.backup_file import CHUNK, BackupReader, Progress, reading_backup
from matcher.actions.backup_format import DATABASE, LEDGER, Contents, model_part
from matcher.actions.database_file import database_file
from matcher.actions.init import make_home
from matcher.actions.models import prove
from matcher.actions.platform import OPERATOR
from matcher.bundle.disk import remove, seal, sync_folder
from matcher.bundle.ledger import LEDGER as LEDGER_FILE
from matcher.bundle.library import Library
from matcher.bundle.naming import draft_name, number_of, versions_in
from matcher.bundle.pointer import POINTER
from matcher.bundle.verify import verify
from matcher.errors import UnwritableOutput, UsageError, WrongSchema
from matcher.settings import Settings
from matcher.store import migrate
from matcher.store.database import Database
from matcher.store.load import is_empty, load

VERB = "restored"
"""Of the event that tells of it, in the database that was filled."""

Say = Callable[[str], None]
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the models that were: none where they weren't wanted."""

    contents: Contents
    models: tuple[str, ...]


def restore(
    settings: Settings,
    file: Path,
    *,
    with_models: bool = True,
    say: Say = lambda _: None,
    progress: Progress = lambda _done, _total: None,
) -> Restored:
    """Make the platform that `file` holds, in the place that `settings` name.

    Every byte of the file is checked before the first is written. The database is filled last, in
    one transaction; whatever goes wrong before, all that was made is removed. Raises UsageError
    for a place that isn't empty, UnreadableFile, WrongSchema, BrokenBundle for a model that
    doesn't work here, UnwritableOutput, StoreUnavailable.
    """
    _require_empty(settings)
    with reading_backup(file) as backup:
        _require_schema(file, backup.contents)
        say("Checking the backup")
        backup.verify(progress)
        with ExitStack() as undo:
            if make_home(settings.home):
                undo.callback(remove, settings.home)
            models = _restore_models(settings.models, backup, undo, say) if with_models else ()
            say("Filling the database")
            _restore_database(settings, backup)
            undo.pop_all()
    return Restored(backup.contents, models)


def _require_empty(settings: Settings) -> None:
    _require_no_tables(settings)
    if versions_in(settings.models) or (settings.models / POINTER).exists():
        raise _not_empty(f"there are models in {settings.models}")


def _require_no_tables(settings: Settings) -> None:
    file = database_file(settings)
    if file is not None and file.exists() and file.stat().st_size:
        raise _not_empty(f"there is a database, {file}")
    if file is None and (found := _revision(settings)) is not None:
        raise _not_empty(f"the database has tables, of the schema {found}")


def _revision(settings: Settings) -> str | None:
    database = Database.open(settings.database.get_secret_value())
    try:
        return migrate.revision_of(database)
    finally:
        database.dispose()


def _not_empty(what: str) -> UsageError:
    return UsageError(
        f"A backup is restored into an empty place, and {what}.",
        hint="Name a new folder with --home, or set another database.",
    )


def _require_schema(file: Path, contents: Contents) -> None:
    if contents.schema != (wanted := migrate.newest()):
        raise WrongSchema(
            f"is of the schema {contents.schema}, this version works with {wanted}.",
            file=str(file),
            hint=f"Restore it with version {contents.product}, then upgrade.",
            found=contents.schema,
            wanted=wanted,
        )


def _restore_models(
    models: Path, backup: BackupReader, undo: ExitStack, say: Say
) -> tuple[str, ...]:
    versions = backup.contents.models()
    if not versions:
        return ()
    with _writing(models):
        _make_models(models, undo)
        for version in versions:
            say(f"Restoring the model {version}")
            _restore_model(models, version, backup)
        if LEDGER in backup.contents.files:
            _unpack(backup, LEDGER, models / LEDGER_FILE)
        _publish(Library(models), backup.contents)
    return versions


def _make_models(models: Path, undo: ExitStack) -> None:
    """Have all that is put there removed again, if it comes to that."""
    if not models.exists():
        undo.callback(remove, models)
        models.mkdir(parents=True)
        return
    there = set(models.iterdir())
    undo.callback(_remove_all_but, there, models)


def _remove_all_but(there: set[Path], folder: Path) -> None:
    for path in set(folder.iterdir()) - there:
        remove(path)


def _restore_model(models: Path, version: str, backup: BackupReader) -> None:
    """Unpack it under a hidden name, and show it once it is what its manifest says."""
    folder = models / draft_name(number_of(version), os.getpid())
    for name in backup.contents.files:
        part = model_part(name)
        if part is not None and part[0] == version:
            _unpack(backup, name, folder / part[1])
    seal(folder)
    verify(folder, version)
    os.rename(folder, models / version)
    sync_folder(models)


def _unpack(backup: BackupReader, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with backup.open(name) as source, open(path, "xb") as target:
        shutil.copyfileobj(source, target, CHUNK)


def _publish(library: Library, contents: Contents) -> None:
    """What was current is current, and what was before it can be gone back to."""
    for version in dict.fromkeys(contents.history):
        library.publish(version)
    if contents.current is not None:
        library.publish(contents.current, prove)


def _restore_database(settings: Settings, backup: BackupReader) -> None:
    _require_no_tables(settings)  # They may have been made since the restore began.
    file = database_file(settings)
    database = Database.open(settings.database.get_secret_value())
    try:
        migrate.upgrade(database)
        with backup.open(DATABASE) as stream:
            load(database, stream, _note)  # type: ignore[arg-type]
    except BaseException:
        _take_back(database, file)
        raise
    finally:
        database.dispose()


def _note(session: Session) -> None:
    """Where the chain of events goes on: what was written here before is in another database."""
    note(session, OPERATOR, VERB, datetime.now(UTC))


def _take_back(database: Database, file: Path | None) -> None:
    """Remove the tables, or the file, unless somebody else has filled them meanwhile."""
    there = migrate.revision_of(database) is not None
    if there and not is_empty(database):
        return
    if file is not None:
        database.dispose()
        _remove_database(file)
    elif there:
        migrate.downgrade(database, "base")


def _remove_database(file: Path) -> None:
    for suffix in _BESIDE:
        file.with_name(file.name + suffix).unlink(missing_ok=True)


@contextmanager
def _writing(models: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "Make room, or check the folder's permissions. Nothing was restored."
        message = f"can't be written ({error.strerror or error})."
        raise UnwritableOutput(message, file=str(models), hint=hint) from error
