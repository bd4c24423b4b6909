"""Transactions: whole or not at all, in line, with a snapshot for readers."""

import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

import matcher.store.database
from matcher.errors import StoreUnavailable, UsageError
from matcher.store.database import Database

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

WRITE = """
import sys
from sqlalchemy import select, text
from matcher.store.database import Database

database = Database.open(sys.argv[1])
for _ in range(30):
    with database.writing() as session:
        value = session.execute(text("SELECT value FROM counter")).scalar_one()
        session.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})
"""
DIE = """
import os, signal, sys
from sqlalchemy import text
from matcher.store.database import Database

with Database.open(sys.argv[1]).writing() as session:
    session.execute(text("UPDATE counter SET value = 7"))
    os.kill(os.getpid(), signal.SIGKILL)
"""
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def counter(empty_database: Database) -> Database:
    """A database with one number in it, 0."""
    with empty_database.writing() as session:
        session.execute(text("CREATE TABLE counter (value INTEGER NOT NULL)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    return empty_database


def value_in(session: Session) -> int:
    return session.execute(text("SELECT value FROM counter")).scalar_one()


def value(database: Database) -> int:
    with database.reading() as session:
        return value_in(session)


def add_one(database: Database) -> None:
    with database.writing() as session:
        new = value_in(session) + 1
        session.execute(text("UPDATE counter SET value = :new"), {"new": new})


def test_what_was_committed_is_there_after_reopening(counter: Database, empty_url: str) -> None:
    add_one(counter)
    counter.dispose()
    again = Database.open(empty_url)
    assert value(again) == 1
    again.dispose()


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_exception_undoes_the_block(counter: Database, failure: type[BaseException]) -> None:
    def interrupted() -> None:
        with counter.writing() as session:
            session.execute(text("UPDATE counter SET value = 5"))
            session.execute(text("CREATE TABLE other (x INTEGER)"))
            raise failure

    with pytest.raises(failure):
        interrupted()
    assert value(counter) == 0
    with counter.writing() as session:
        session.execute(text("CREATE TABLE other (x INTEGER)"))


def test_a_reader_keeps_its_snapshot_and_does_not_stop_the_writer(counter: Database) -> None:
    with counter.reading() as session:
        assert value_in(session) == 0
        with ThreadPoolExecutor() as pool:
            pool.submit(add_one, counter).result()
        assert value_in(session) == 0
    assert value(counter) == 1


def test_what_is_not_committed_is_not_seen(counter: Database) -> None:
    with counter.writing() as session:
        session.execute(text("UPDATE counter SET value = 9"))
        with ThreadPoolExecutor() as pool:
            assert pool.submit(value, counter).result() == 0


def test_a_reader_cannot_write_and_the_next_writer_can(counter: Database) -> None:
    with pytest.raises(StoreUnavailable), counter.reading() as session:
        session.execute(text("UPDATE counter SET value = 5"))
    add_one(counter)
    assert value(counter) == 1


def test_no_increment_of_many_threads_is_lost(counter: Database) -> None:
    def several() -> None:
        for _ in range(20):
            add_one(counter)
            value(counter)

    with ThreadPoolExecutor(6) as pool:
        for future in [pool.submit(several) for _ in range(6)]:
            future.result()
    assert value(counter) == 120


@pytest.mark.slow
def test_no_increment_of_several_processes_is_lost(counter: Database, empty_url: str) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, empty_url], cwd=CHECKOUT) for _ in range(3)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    assert value(counter) == 90


@pytest.mark.slow
def test_a_process_killed_in_the_middle_leaves_nothing_behind(
    counter: Database, empty_url: str
) -> None:
    run = subprocess.run([sys.executable, "-c", DIE, empty_url], cwd=CHECKOUT, check=False)
    assert run.returncode == -signal.SIGKILL
    add_one(counter)
    assert value(counter) == 1


def test_a_writer_waits_only_so_long(
    counter: Database, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher.store.database, "LOCK_SECONDS", 1)
    impatient = Database.open(empty_url)
    with counter.writing() as session:
        session.execute(text("UPDATE counter SET value = 1"))
        with pytest.raises(StoreUnavailable, match="Another process is writing"):
            add_one(impatient)
    add_one(impatient)
    assert value(counter) == 2
    impatient.dispose()


def test_several_may_open_a_new_database_at_once(empty_url: str) -> None:
    start = threading.Barrier(8)

    def open_it() -> None:
        start.wait()
        database = Database.open(empty_url)
        with database.writing() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS counter (value INTEGER)"))
            session.execute(text("INSERT INTO counter VALUES (1)"))
        database.dispose()

    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(open_it) for _ in range(8)]:
            future.result()
    database = Database.open(empty_url)
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM counter")).scalar_one() == 8
    database.dispose()


@on_postgresql
def test_a_lost_connection_is_told_and_the_next_one_works(counter: Database) -> None:
    def interrupted() -> None:
        with counter.writing() as session:
            session.execute(text("UPDATE counter SET value = 5"))
            with ThreadPoolExecutor() as pool:
                assert pool.submit(kill_connections, counter).result() >= 1
            session.execute(text("UPDATE counter SET value = 6"))

    with pytest.raises(StoreUnavailable):
        interrupted()
    assert value(counter) == 0
    add_one(counter)
    assert value(counter) == 1


@on_postgresql
def test_a_connection_that_died_in_the_pool_goes_unnoticed(counter: Database) -> None:
    with counter.reading() as first, counter.reading() as second:
        assert value_in(first) == value_in(second) == 0
    assert kill_connections(counter) >= 1
    with counter.reading() as first, counter.reading() as second:
        assert value_in(first) == value_in(second) == 0


def kill_connections(database: Database) -> int:
    """End all connections to the database but the one that does it; return how many."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    query = select(text("pg_terminate_backend(pid)")).select_from(text("pg_stat_activity"))
    with database.reading() as session:
        return len(session.execute(query.where(text(others))).all())


@on_sqlite
def test_a_full_disk_is_told_and_loses_nothing(counter: Database) -> None:
    def filling() -> None:
        with counter.writing() as session:
            session.execute(text("PRAGMA max_page_count = 4"))
            session.execute(text("UPDATE counter SET value = 5"))
            session.execute(text("CREATE TABLE big (x BLOB)"))
            session.execute(text("INSERT INTO big VALUES (zeroblob(1000000))"))

    with pytest.raises(StoreUnavailable, match="Free space"):
        filling()
    assert value(counter) == 0


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="Check that the folder exists"):
        Database.open(f"sqlite:///{tmp_path}/missing/matcher.db")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are notes. " * 100)
    with pytest.raises(StoreUnavailable, match="damaged or no database"):
        Database.open(f"sqlite:///{path}")
    assert path.read_text() == "These are notes. " * 100


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Database.open("postgresql://me:secret@127.0.0.1:1/matcher")
    assert "me:***@127.0.0.1:1/matcher" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.hint


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable, match=r"tech-matcher\[postgresql\]"):
        Database.open("postgresql://host/name")


def test_an_unknown_kind_of_database_is_told() -> None:
    with pytest.raises(UsageError):
        Database.open("oracle://host/name")


def test_the_address_is_shown_without_the_password() -> None:
    assert shown("postgresql://me:secret@host/name") == "postgresql://me:***@host/name"


def shown(url: str) -> str:
    return Database(matcher.store.database.parse_address(url)).url


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/new.db")
    with database.writing() as session:
        session.execute(text("CREATE TABLE secret (x INTEGER)"))
        modes = {stat.S_IMODE(os.stat(path).st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o600}
    database.dispose()


@on_sqlite
def test_sqlite_is_durable_and_checks_references(counter: Database) -> None:
    with counter.writing() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
    }


@on_sqlite
def test_a_connection_does_what_each_transaction_is_for(counter: Database) -> None:
    def told() -> tuple[int, int]:
        names = ("query_only", "foreign_keys")
        one, other = (session.execute(text(f"PRAGMA {name}")).scalar_one() for name in names)
        return one, other

    found = []
    for begun in (
        *(counter.writing, counter.reading, counter.rebuilding),
        *(counter.reading, counter.reading, counter.writing),
    ):
        with begun() as session:
            found.append(told())
    assert found == [(0, 1), (1, 1), (0, 0), (1, 1), (1, 1), (0, 1)]
