"""The versions of the schema: which one a database has, and from one to another.

A migration is a module of `migrations/versions`: `revision`, `down_revision`, `upgrade()` and
`downgrade()`, written with `alembic.op`. All steps of one call run in one transaction, on SQLite
too: a step that fails leaves the database as it was before the first.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from matcher.errors import WrongSchema
from matcher.store.database import Database

_FOLDER = Path(__file__).resolve().parent / "migrations"
VERSIONS = _FOLDER / "versions"
"""The folder of the product's migrations."""


def upgrade(database: Database, to: str = "head", *, versions: Path = VERSIONS) -> None:
    """Bring the schema up to revision `to`, "head" being the newest; rows are kept.

    Does nothing where it is there already. Raises WrongSchema for a database of a newer product.
    """
    with database.rebuilding() as session:
        _refuse_unknown(revision_in(session), versions)
        command.upgrade(_config(versions, session), to)


def downgrade(database: Database, to: str, *, versions: Path = VERSIONS) -> None:
    """Take the schema back to revision `to`, "base" being an empty database.

    Columns and tables that the older revision doesn't have are lost with what is in them.
    """
    with database.rebuilding() as session:
        _refuse_unknown(revision_in(session), versions)
        command.downgrade(_config(versions, session), to)


def revision_of(database: Database) -> str | None:
    """Return the revision of the database's schema, None where it has no tables of ours."""
    with database.reading() as session:
        return revision_in(session)


def revision_in(session: Session) -> str | None:
    """Like `revision_of`, inside a transaction."""
    return MigrationContext.configure(session.connection()).get_current_revision()


def newest(versions: Path = VERSIONS) -> str:
    """Return the revision that this version of the product works with."""
    return str(_script(versions).get_current_head())


def check(database: Database, *, versions: Path = VERSIONS) -> None:
    """Raise WrongSchema unless the schema is the one this version of the product works with."""
    found, wanted = revision_of(database), newest(versions)
    if found == wanted:
        return
    _refuse_unknown(found, versions)
    what = "has no tables yet" if found is None else f"has the older schema {found}"
    step = "matcher init" if found is None else "matcher init --upgrade"
    raise WrongSchema(
        f"The database {database.url} {what}.",
        hint=f"Run `{step}`.",
        found=found,
        wanted=wanted,
    )


def _refuse_unknown(found: str | None, versions: Path) -> None:
    known = {script.revision for script in _script(versions).walk_revisions()}
    if found is not None and found not in known:
        raise WrongSchema(
            f"The database has the schema {found}, which this version doesn't know.",
            hint="Install the newer version of the product that made it.",
            found=found,
            wanted=newest(versions),
        )


def _script(versions: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(versions))


def _config(versions: Path, session: Session | None = None) -> Config:
    config = Config()
    # A % starts a reference in such a file's values.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    if session is not None:
        config.attributes["connection"] = session.connection()
    return config
