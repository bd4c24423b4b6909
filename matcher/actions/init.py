"""Making a platform: its folder, its tables and its first node. A second time changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from matcher.actions.audit import note
from matcher.actions.database_file import database_file
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.node import Node
from matcher.errors import NotFound, UnwritableOutput, UsageError, WrongSchema
from matcher.settings import Settings
from matcher.store import migrate, nodes
from matcher.store.database import Database

_OWNER_ALONE = 0o700
_COPY = "Copy the database first; with a copy you can go back."


@dataclass(frozen=True, slots=True)
class Initialised:
    """What is there now. before: the schema that was found, None where there was none."""

    home: Path
    database: str
    before: str | None
    schema: str
    node: Node


def make_home(home: Path) -> bool:
    """Make the folder, for its owner alone; whether it wasn't there. Raises UnwritableOutput."""
    if home.is_dir():
        return False
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(_OWNER_ALONE)
    except OSError as error:
        hint = "Name another folder with --home, or check the permissions of the one above it."
        message = f"can't be made ({error.strerror})."
        raise UnwritableOutput(message, file=str(home), hint=hint) from error
    return True


def require_made(settings: Settings) -> None:
    """Raise UsageError where the database would be a file that isn't there or is empty.

    Opening would make it, and a slip of the pen in --home would look like an empty platform.
    """
    file = database_file(settings)
    if file is not None and not (file.is_file() and file.stat().st_size):
        raise none_made(settings)


def require_tables(database: Database, settings: Settings) -> None:
    """Raise UsageError where there are no tables yet, WrongSchema for those of another version."""
    if migrate.revision_of(database) is None:
        raise none_made(settings)
    migrate.check(database)


def none_made(settings: Settings) -> UsageError:
    """What to say where nothing was initialised."""
    return UsageError(
        f"There is no platform in {settings.home} yet.",
        hint="Run `matcher init` first, or name its folder with --home.",
    )


def initialise(platform: Platform, *, upgrade: bool = False, node_name: str = "") -> Initialised:
    """Make the tables and the first node, or see that they are there; name the node if asked to.

    Raises WrongSchema for a database of another version, but for an older one with `upgrade`.
    """
    database = platform.database
    before = migrate.revision_of(database)
    if before is not None and not upgrade:
        _require_newest(database)
    migrate.upgrade(database)
    if before not in (None, migrate.newest()):
        _note_upgrade(platform)
    node = _first_node(platform, node_name.strip())
    return Initialised(platform.settings.home, database.url, before, migrate.newest(), node)


def _require_newest(database: Database) -> None:
    try:
        migrate.check(database)
    except WrongSchema as error:
        hint = f"{_COPY} {error.hint}"
        raise WrongSchema(error.message, hint=hint, **error.values) from error


def _note_upgrade(platform: Platform) -> None:
    """Behind the upgrade: the tables that there were may have had no place for it."""
    with platform.database.writing() as session:
        note(session, OPERATOR, "schema_upgraded", platform.now())


def _first_node(platform: Platform, name: str) -> Node:
    with platform.database.writing() as session:
        at, there = platform.now(), bool(nodes.every(session))
        node = nodes.get(session, nodes.ensure_core(session, at=at))
        if node is None:
            raise NotFound("The first node was just made and isn't there.", hint="Try again.")
        if name and name != node.name:
            node = replace(node, name=name, name_en="")
            nodes.put(session, [node], at=at)
            if there:
                note(session, OPERATOR, "node_renamed", at, Subject(noun=Noun.NODE, id=node.id))
        if not there:
            note(session, OPERATOR, "node_added", at, Subject(noun=Noun.NODE, id=node.id))
        return node
