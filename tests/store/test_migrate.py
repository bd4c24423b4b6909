"""Migrations: forth and back, in one transaction, with the rows kept."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from matcher.errors import StoreUnavailable, WrongSchema
from matcher.store import migrate
from matcher.store.database import Database
from matcher.store.schema.base import Base

HEAD = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before}

"""
FIRST = """
def upgrade():
    op.create_table("author", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "work",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("author", sa.Integer, sa.ForeignKey("author.id", ondelete="CASCADE")),
    )


def downgrade():
    op.drop_table("work")
    op.drop_table("author")
"""
SECOND = """
def upgrade():
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("author", recreate=anew) as table:
        table.add_column(sa.Column("name", sa.Text, nullable=False, server_default="?"))


def downgrade():
    with op.batch_alter_table("author") as table:
        table.drop_column("name")
"""
FAILING = """
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer))
    op.execute("DELETE FROM work")
    op.execute("UPDATE author SET nonsense = 1")


def downgrade():
    op.drop_table("half")
"""
BREAKING = """
def upgrade():
    op.execute("DELETE FROM author")


def downgrade():
    pass
"""


def write(folder: Path, revision: str, before: str | None, body: str) -> None:
    head = HEAD.format(revision=revision, before=repr(before))
    (folder / f"{revision}.py").write_text(head + body, encoding="utf-8")


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Two migrations; the second makes a table anew that rows of another one refer to."""
    folder = tmp_path / "100% of the versions"
    folder.mkdir()
    write(folder, "one", None, FIRST)
    write(folder, "two", "one", SECOND)
    return folder


@pytest.fixture
def started(empty_database: Database, versions: Path) -> Database:
    """A database at revision one, with an author and a work."""
    migrate.upgrade(empty_database, "one", versions=versions)
    with empty_database.writing() as session:
        session.execute(text("INSERT INTO author (id) VALUES (7)"))
        session.execute(text("INSERT INTO work (id, author) VALUES (1, 7)"))
    return empty_database


def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.reading() as session:
        found = session.execute(select(text("*")).select_from(text(table)))
        return [tuple(row) for row in found]


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names())


def test_the_migrations_make_the_tables_of_the_schema(empty_database: Database) -> None:
    migrate.upgrade(empty_database)
    with empty_database.reading() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_going_all_the_way_back_leaves_nothing(empty_database: Database) -> None:
    migrate.upgrade(empty_database)
    migrate.downgrade(empty_database, "base")
    assert tables(empty_database) <= {"alembic_version", "sqlite_sequence"}
    assert migrate.revision_of(empty_database) is None
    migrate.upgrade(empty_database)
    assert migrate.revision_of(empty_database) == migrate.newest()


def test_what_was_stored_is_kept_going_up_and_down(started: Database, versions: Path) -> None:
    migrate.upgrade(started, versions=versions)
    assert rows(started, "author") == [(7, "?")]
    assert rows(started, "work") == [(1, 7)]
    migrate.downgrade(started, "one", versions=versions)
    assert rows(started, "author") == [(7,)]
    assert rows(started, "work") == [(1, 7)]
    assert migrate.revision_of(started) == "one"


def test_references_are_still_kept_after_a_migration(started: Database, versions: Path) -> None:
    migrate.upgrade(started, versions=versions)
    with started.writing() as session:
        session.execute(text("DELETE FROM author"))
    assert rows(started, "work") == []


def test_a_migration_that_fails_half_way_changes_nothing(started: Database, versions: Path) -> None:
    write(versions, "three", "two", FAILING)
    with pytest.raises((StoreUnavailable, WrongSchema)):
        migrate.upgrade(started, versions=versions)
    assert migrate.revision_of(started) == "one"
    assert rows(started, "author") == [(7,)]
    assert rows(started, "work") == [(1, 7)]
    assert "half" not in tables(started)


def test_a_migration_may_not_break_references(started: Database, versions: Path) -> None:
    write(versions, "three", "two", BREAKING)
    if not started.is_sqlite:
        migrate.upgrade(started, versions=versions)
        assert rows(started, "work") == []
        return
    with pytest.raises(StoreUnavailable, match="rows of author that don't exist"):
        migrate.upgrade(started, versions=versions)
    assert rows(started, "author") == [(7,)]


def test_upgrading_twice_is_upgrading_once(started: Database, versions: Path) -> None:
    migrate.upgrade(started, versions=versions)
    migrate.upgrade(started, versions=versions)
    assert rows(started, "author") == [(7, "?")]


def test_a_fresh_database_is_told_to_be_initialised(empty_database: Database) -> None:
    assert migrate.revision_of(empty_database) is None
    with pytest.raises(WrongSchema, match="`matcher init`") as caught:
        migrate.check(empty_database)
    assert caught.value.values == {"found": None, "wanted": migrate.newest()}


def test_an_older_schema_is_told_to_be_upgraded(started: Database, versions: Path) -> None:
    with pytest.raises(WrongSchema, match="`matcher init --upgrade`") as caught:
        migrate.check(started, versions=versions)
    assert caught.value.values == {"found": "one", "wanted": "two"}


def test_a_newer_schema_asks_for_the_newer_product(started: Database, versions: Path) -> None:
    migrate.upgrade(started, versions=versions)
    (versions / "two.py").unlink()
    for refused in (migrate.check, migrate.upgrade):
        with pytest.raises(WrongSchema, match="newer version of the product"):
            refused(started, versions=versions)
    assert rows(started, "author") == [(7, "?")]


def test_the_right_schema_passes(started: Database, versions: Path) -> None:
    migrate.upgrade(started, versions=versions)
    migrate.check(started, versions=versions)


def test_migrations_say_nothing_of_their_own(
    started: Database, versions: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    migrate.upgrade(started, versions=versions)
    assert capfd.readouterr() == ("", "")
