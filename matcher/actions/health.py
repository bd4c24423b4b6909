"""How a platform is: settings, database, models, room; each a line that says what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from matcher.actions.backup import VERB
from matcher.actions.database_file import database_file
from matcher.actions.finding import Finding
from matcher.actions.health_mail import mail_findings
from matcher.actions.health_models import model_findings
from matcher.actions.health_store import store_findings
from matcher.actions.init import require_made
from matcher.bundle.library import Library
from matcher.errors import MatcherError, UsageError
from matcher.settings import Settings, describe
from matcher.store import events, migrate
from matcher.store.database import Database

LEAST_FREE = 1 << 30
_FOR_OTHERS = stat.S_IROTH | stat.S_IWOTH


def examine_platform(settings: Settings, now: datetime, *, fix: bool) -> Iterator[Finding]:
    """Every finding, in the order they are told; one line where nothing was initialised.

    fix: remove what dead processes left in the models' folder.
    """
    for row in describe(settings):
        yield Finding(f"setting {row.name}", True, f"{row.value} ({row.origin})")
    yield from mail_findings(settings)
    try:
        require_made(settings)
        database = Database.open(settings.database.get_secret_value())
    except UsageError as error:
        yield Finding("platform", True, str(error))
        return
    except MatcherError as error:
        yield Finding("database", False, str(error))
        return
    try:
        yield from _findings(database, settings, now, fix)
    finally:
        database.dispose()


def _findings(
    database: Database, settings: Settings, now: datetime, fix: bool
) -> Iterator[Finding]:
    if migrate.revision_of(database) is None:
        yield Finding("platform", True, "There are no tables yet. Run `matcher init` first.")
        return
    yield Finding("database", True, database.url)
    try:
        migrate.check(database)
        yield Finding("schema", True, migrate.newest())
    except MatcherError as error:
        yield Finding("schema", False, str(error))
        return
    yield from store_findings(database)
    yield from model_findings(database, Library(settings.models), fix=fix)
    yield from _permissions(database_file(settings))
    yield free_space("disk of home", settings.home)
    yield _last_backup(database, now)


def free_space(subject: str, folder: Path) -> Finding:
    """Whether there is room where `folder` is or is going to be."""
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    ok = free >= LEAST_FREE
    detail = f"{free / 1e9:.0f} GB free"
    return Finding(subject, ok, detail if ok else f"{detail} at {existing}; make room")


def _permissions(file: Path | None) -> Iterator[Finding]:
    if file is None:
        return
    open_to_others = stat.S_IMODE(file.stat().st_mode) & _FOR_OTHERS
    detail = f"{file} is for everybody; run chmod 600 on it" if open_to_others else "its owner's"
    yield Finding("permissions of the database", not open_to_others, detail)


def _last_backup(database: Database, now: datetime) -> Finding:
    """How old it is informs; how old it may be is nobody's business here."""
    with database.reading() as session:
        found = _newest(session)
    if found is None:
        return Finding("backup", True, "none known; `matcher backup FILE` makes one")
    return Finding("backup", True, f"{max(0, (now - found).days)} days old")


def _newest(session: Session) -> datetime | None:
    after, newest = 0, None
    while page := events.read(session, after, verbs=[VERB]):
        after, newest = page[-1][0], page[-1][1].at
    return newest
