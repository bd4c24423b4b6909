"""The queue, the same on SQLite and on PostgreSQL: ids come out as they went in, once each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from huey.registry import Message

from matcher.domain.job import Job, JobKind
from matcher.errors import StoreUnavailable, UnwritableOutput
from matcher.jobs import queue as queues
from matcher.jobs.queue import FILE, Queue, Signed, opened, send
from matcher.settings import Settings
from tests.platforms import NOW

JOB = Job(id="J-1", kind=JobKind.EXPORT, account="a1", made_at=NOW, run_at=NOW)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database=database_url)  # type: ignore[arg-type]


@pytest.fixture
def taken() -> list[str]:
    """The ids whose jobs were carried out."""
    return []


@pytest.fixture
def queue(settings: Settings, taken: list[str]) -> Iterator[Queue]:
    with opened(settings, taken.append) as queue:
        yield queue


def take(queue: Queue) -> bool:
    """Do what a worker does with the next id; whether there was one."""
    task = queue.huey.storage.dequeue()
    if task is not None:
        queue.huey.execute(queue.huey.deserialize_task(task))
    return task is not None


def test_ids_are_taken_in_their_order_once_each(
    settings: Settings, queue: Queue, taken: list[str]
) -> None:
    """Who sends is another process than who works."""
    for number in range(3):
        send(settings, replace(JOB, id=f"J-{number}"))
    assert queue.waiting() == 3
    queue.huey.storage.blocking = False
    while take(queue):
        pass
    assert (taken, queue.waiting()) == (["J-0", "J-1", "J-2"], 0)


def test_of_many_workers_one_gets_an_id(settings: Settings, queue: Queue, taken: list[str]) -> None:
    for number in range(20):
        queue.put(f"J-{number}", 0.0)
    queue.huey.storage.blocking = False

    def until_empty() -> None:
        while take(queue):
            pass

    workers = [Thread(target=until_empty) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(f"J-{number}" for number in range(20))


def test_what_is_put_off_comes_back_when_it_is_due(queue: Queue, taken: list[str]) -> None:
    queue.huey.storage.blocking = False
    queue.put("J-1", 3600.0)
    assert take(queue)
    assert (taken, queue.huey.scheduled_count()) == ([], 1)
    [task] = queue.huey.read_schedule(NOW.replace(year=2100, tzinfo=None))
    queue.huey.enqueue(task)
    queue.huey.execute(queue.huey.dequeue(), NOW.replace(year=2100, tzinfo=None))
    assert taken == ["J-1"]


def test_what_others_wrote_is_not_read(queue: Queue, taken: list[str]) -> None:
    forged = json.dumps(["x", "matcher.jobs.queue.run_job"]).encode() + b":" + b"0" * 40
    queue.huey.storage.enqueue(forged)
    with pytest.raises(ValueError, match="mismatch"):
        queue.huey.dequeue()
    assert taken == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_queue_that_is_gone_is_no_error_for_who_asks(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.home / FILE).mkdir()
    send(settings, JOB)
    assert "J-1 waits to be found" in caplog.text
    with pytest.raises(StoreUnavailable), opened(settings):
        pass


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_secret_that_cannot_be_kept_is_no_error_for_who_asks_either(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise UnwritableOutput("can't be written.", file="secrets")

    monkeypatch.setattr(queues, "secret", refuse)
    send(settings, JOB)
    assert "J-1 waits to be found" in caplog.text


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_file_is_its_owners_alone(settings: Settings) -> None:
    send(settings, JOB)
    assert (settings.home / FILE).stat().st_mode & 0o077 == 0


def test_a_message_is_plain_text_and_comes_back() -> None:
    message = Message("1", "run", eta=NOW, retries=0, args=("J-1",), kwargs={})
    written = Signed(secret="s").serialize(message)  # noqa: S106
    assert written.startswith(b'["1", "run", "2026-11-01T09:00:00+00:00"')
    assert Signed(secret="s").deserialize(written) == message._replace(args=["J-1"])  # noqa: S106
    with pytest.raises(ValueError, match="mismatch"):
        Signed(secret="other").deserialize(written)  # noqa: S106
