"""The queue between who asks and who works: huey on SQLite, on PostgreSQL where the database is.

It carries ids alone, written as JSON and signed; whatever is lost from it is found again in the
table of jobs. What isn't signed with the platform's secret is thrown away.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import SignedSerializer
from sqlalchemy import make_url

from matcher.actions.secret_file import secret
from matcher.domain.job import Job
from matcher.errors import MatcherError, StoreUnavailable
from matcher.settings import Settings

try:
    from psycopg import Error as PostgresqlError
except ImportError:  # Without PostgreSQL there are no errors of it.
    PostgresqlError = sqlite3.Error  # type: ignore[assignment,misc]

FILE = "queue.db"
_QUEUE, _TABLES, _TASK = "matcher", "matcher_queue", "run_job"
_CONNECT_SECONDS = 10
_OWNER_ALONE = 0o600
_FAILURES = (sqlite3.Error, PostgresqlError, ConfigurationError, OSError)
_log = logging.getLogger("matcher.jobs")


class Signed(SignedSerializer):  # type: ignore[misc]
    """Messages as JSON with a signature: nothing that is read can be anything but plain values."""

    def _serialize(self, message: Message) -> Any:
        return self._sign(json.dumps(message, default=datetime.isoformat).encode())

    def _deserialize(self, data: bytes) -> Message:
        message = Message(*json.loads(self._unsign(data)))
        eta = None if message.eta is None else datetime.fromisoformat(message.eta)
        return message._replace(eta=eta)


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """An open queue. `put` sends the id of a job, to be taken in so many seconds."""

    huey: Huey
    put: Callable[[str, float], None]

    def waiting(self) -> int:
        """How many ids wait to be taken. Raises StoreUnavailable."""
        with _translated():
            return int(self.huey.pending_count())


@contextmanager
def opened(settings: Settings, run: Callable[[str], None] | None = None) -> Iterator[Queue]:
    """The queue of these settings. run: carries out the job of an id; for a worker.

    Raises StoreUnavailable where it can't be reached, UnwritableOutput where its secret can't be
    kept.
    """
    with _translated():
        huey = _huey(settings)

    def run_job(id: str) -> None:
        if run is not None:
            run(id)

    task = huey.task(name=_TASK)(run_job)

    def put(id: str, seconds: float) -> None:
        with _translated():
            task.schedule((id,), delay=max(0.0, seconds))

    try:
        yield Queue(huey, put)
    finally:
        huey.storage.close()


def send(settings: Settings, job: Job) -> None:
    """Wake a worker for a job that was just asked for, or is to be begun anew now.

    Where the queue can't take it, that is logged, and a worker finds the job by itself.
    """
    try:
        with opened(settings) as queue:
            queue.put(job.id, 0.0)
    except MatcherError as error:
        _log.warning("job %s waits to be found: %s", job.id, error)


def _huey(settings: Settings) -> Huey:
    address = make_url(settings.database.get_secret_value())
    signing = Signed(secret=secret(settings, "queue").decode())
    common = {"name": _QUEUE, "results": False, "serializer": signing}
    if address.get_backend_name().startswith("sqlite"):
        path = settings.home / FILE
        path.touch(_OWNER_ALONE)
        return SqliteHuey(filename=str(path), fsync=True, **common)
    dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(dsn=dsn, table_prefix=_TABLES, connect_timeout=_CONNECT_SECONDS, **common)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        reason = str(error).strip().partition("\n")[0]
        hint = "Jobs wait until it can be reached again."
        raise StoreUnavailable(f"The queue of jobs failed: {reason}.", hint=hint) from error
