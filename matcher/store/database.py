"""The database: opening it, and transactions that read or write.

SQLite is used with a write-ahead log, so that readers never wait for the writer; PostgreSQL gives
each reader a snapshot. Writers stand in line on both: a change's number tells the order of commits.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from matcher.errors import StoreUnavailable
from matcher.store.address import SQLITE, parse_address, shown_address
from matcher.store.failures import translated

LOCK_SECONDS = 60
"""How long a writer stands in line before StoreUnavailable."""

_CONNECT_SECONDS = 10
_AGAIN_SECONDS = 0.01
# Any number will do, as long as nothing else in the same database locks it.
_WRITERS_LOCK = 7_236_514_908
_OWNER_ALONE = 0o600


class _Purpose(Enum):
    READ = auto()
    WRITE = auto()
    REBUILD = auto()


class Database:
    """One database, for any number of threads; each process opens its own.

    Blocks must not be nested in one thread: the inner one would wait for the outer one's lock.
    What the database refuses inside a block comes out as StoreUnavailable, EditConflict,
    InvalidValue or WrongSchema.
    """

    def __init__(self, address: URL) -> None:
        self.url = shown_address(address)
        """The address, safe to show: without password."""
        self.is_sqlite = address.drivername == SQLITE
        self._engine = _sqlite_engine(address) if self.is_sqlite else _postgresql_engine(address)
        # Made once: a transaction is begun several times in every request.
        self._engines = {purpose: self._engine_for(purpose) for purpose in _Purpose}

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `sqlite:///path` or `postgresql://user:password@host/name`.

        A missing SQLite file is created, readable by its owner alone. Raises UsageError for an
        address that isn't understood and StoreUnavailable where nothing answers.
        """
        address = parse_address(url)
        database = cls(address)
        if database.is_sqlite:
            _create_file(address)
        try:
            with database.reading() as session:
                database._check_encoding(session)
        except BaseException:
            database.dispose()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one snapshot, taken by its first statement, and can't write."""
        with self._session(_Purpose.READ) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end of the block and rolls back on any exception.

        One writer at a time, over all processes; the next one waits up to LOCK_SECONDS.
        """
        with self._session(_Purpose.WRITE) as session:
            self._stand_in_line(session)
            yield session

    @contextmanager
    def rebuilding(self) -> Iterator[Session]:
        """Like `writing`, for migrations: SQLite checks references at the end, not in between.

        To change a table there is to make it anew, which would drop the rows that refer to it.
        """
        with self._session(_Purpose.REBUILD) as session:
            self._stand_in_line(session)
            yield session
            if self.is_sqlite:
                self._check_references(session)

    def dispose(self) -> None:
        """Close all connections that aren't in use."""
        self._engine.dispose()

    @contextmanager
    def _session(self, purpose: _Purpose) -> Iterator[Session]:
        with (
            translated(self.url),
            Session(self._engines[purpose], expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def _engine_for(self, purpose: _Purpose) -> Engine:
        """All share the connections."""
        options = {"purpose": purpose} if self.is_sqlite else _postgresql_options(purpose)
        return self._engine.execution_options(**options)

    def _stand_in_line(self, session: Session) -> None:
        """On SQLite BEGIN IMMEDIATE has waited; PostgreSQL lets writers in side by side."""
        if not self.is_sqlite:
            session.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            session.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))
        else:
            session.connection()

    def _check_references(self, session: Session) -> None:
        broken = session.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise StoreUnavailable(
                f"Rows of {broken[0]} would refer to rows of {broken[2]} that don't exist.",
                hint="Nothing was changed. Restore a backup, or report the problem.",
            )

    def _check_encoding(self, session: Session) -> None:
        if self.is_sqlite:
            session.execute(text("SELECT 1"))
            return
        encoding = session.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreUnavailable(
                f"The database {self.url} keeps texts in {encoding}.",
                hint="Create it with ENCODING 'UTF8'.",
            )


def _create_file(address: URL) -> None:
    """The log files beside it take over the file's permissions.

    One that is there isn't opened: closing it would take from this process the locks that other
    connections of it hold (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    path = str(address.database)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreUnavailable(
            f"The database {shown_address(address)} can't be opened: {error.strerror}.",
            hint="Check that the folder exists and may be written to.",
        ) from error


def _sqlite_engine(address: URL) -> Engine:
    engine = create_engine(
        address, connect_args={"timeout": LOCK_SECONDS}, pool_timeout=LOCK_SECONDS
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes late, or never before DDL; `_begin_sqlite` replaces it.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
    _keep_log(connection)
    # FULL: what was committed is there after a power cut. NORMAL could lose the last commits,
    # after people were told that they are saved.
    connection.execute("PRAGMA synchronous = FULL")


def _keep_log(connection: Any) -> None:
    """Write to a log beside the file. Of several who find a new file at once SQLite turns all but
    one away without waiting (https://www.sqlite.org/c3ref/busy_handler.html)."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_AGAIN_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    purpose = connection.get_execution_options().get("purpose", _Purpose.READ)
    wanted = {
        "query_only": int(purpose is _Purpose.READ),
        "foreign_keys": int(purpose is not _Purpose.REBUILD),
    }
    for name, value in wanted.items():
        # The connection keeps what it was told, and `info` is kept as long as it is.
        if connection.info.get(name) != value:
            connection.exec_driver_sql(f"PRAGMA {name} = {value}")
            connection.info[name] = value
    connection.exec_driver_sql("BEGIN" if purpose is _Purpose.READ else "BEGIN IMMEDIATE")


def _postgresql_engine(address: URL) -> Engine:
    try:
        return create_engine(
            address,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
            pool_pre_ping=True,
            pool_timeout=LOCK_SECONDS,
        )
    except ImportError as error:
        raise StoreUnavailable(
            "What is needed to talk to PostgreSQL isn't installed.",
            hint="Install tech-matcher[postgresql].",
        ) from error


def _postgresql_options(purpose: _Purpose) -> dict[str, Any]:
    if purpose is _Purpose.READ:
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
