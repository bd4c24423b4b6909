"""The change feed: numbers grow in the order of commits and are never used twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from matcher.domain import Noun
from matcher.store import feed
from matcher.store.database import Database
from matcher.store.feed import Change
from matcher.store.schema.change import ChangeRow

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def append(database: Database, *ids: str) -> None:
    with database.writing() as session:
        feed.append(session, Noun.NEED, ids, NOW)


def since(database: Database, seq: int, limit: int = 10_000) -> list[Change]:
    with database.reading() as session:
        return feed.since(session, seq, limit)


def latest(database: Database) -> int:
    with database.reading() as session:
        return feed.latest(session)


def test_an_empty_feed_is_at_zero(database: Database) -> None:
    assert latest(database) == 0
    assert since(database, 0) == []


def test_changes_come_in_the_order_in_which_they_were_noted(database: Database) -> None:
    append(database, "b", "a")
    append(database, "b")
    append(database)
    changes = since(database, 0)
    assert [change.id for change in changes] == ["b", "a", "b"]
    assert {change.noun for change in changes} == {Noun.NEED}
    assert latest(database) == changes[-1].seq
    assert since(database, changes[0].seq, limit=1) == [changes[1]]


def test_what_is_rolled_back_is_not_in_the_feed(database: Database) -> None:
    append(database, "a")

    def failing() -> None:
        with database.writing() as session:
            feed.append(session, Noun.NEED, ["lost"], NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    append(database, "b")
    assert [change.id for change in since(database, 0)] == ["a", "b"]


def test_a_writer_that_came_first_is_numbered_and_seen_first(database: Database) -> None:
    drawn, finish, overtaken = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        with database.writing() as session:
            feed.append(session, Noun.NEED, ["slow"], NOW)
            session.flush()
            drawn.set()
            finish.wait()

    def fast() -> None:
        append(database, "fast")
        overtaken.set()

    with ThreadPoolExecutor() as pool:
        first = pool.submit(slow)
        drawn.wait()
        second = pool.submit(fast)
        assert not overtaken.wait(0.3)
        assert since(database, 0) == []
        finish.set()
        first.result()
        second.result()
    assert [change.id for change in since(database, 0)] == ["slow", "fast"]


def test_a_follower_misses_nothing_while_many_write(database: Database) -> None:
    done = threading.Event()

    def write(name: int) -> None:
        for number in range(25):
            append(database, f"{name}-{number}-a", f"{name}-{number}-b")

    def follow() -> list[Change]:
        seen: list[Change] = []
        while True:
            last_round = done.is_set()
            seen += since(database, seen[-1].seq if seen else 0, limit=7)
            if last_round and len(seen) >= 200:
                return seen

    with ThreadPoolExecutor() as pool:
        follower = pool.submit(follow)
        for writer in [pool.submit(write, name) for name in range(4)]:
            writer.result()
        done.set()
        seen = follower.result(timeout=60)
    assert seen == since(database, 0)
    assert len({change.id for change in seen}) == 200


def test_pruning_never_frees_a_number(database: Database) -> None:
    append(database, "a", "b", "c")
    newest = latest(database)
    with database.writing() as session:
        assert feed.prune(session, newest + 100) == 2
    assert latest(database) == newest
    append(database, "d")
    assert [change.id for change in since(database, 0)] == ["c", "d"]
    assert latest(database) > newest


def test_pruning_keeps_what_lies_above(database: Database) -> None:
    append(database, "a", "b", "c", "d")
    first = since(database, 0)[0].seq
    with database.writing() as session:
        assert feed.prune(session, first + 2) == 2
    assert [change.id for change in since(database, 0)] == ["c", "d"]


def test_a_number_is_not_used_again_even_after_all_rows_are_gone(database: Database) -> None:
    append(database, "a", "b")
    newest = latest(database)
    with database.writing() as session:
        session.execute(delete(ChangeRow))
    append(database, "c")
    assert latest(database) > newest


def test_a_follower_learns_that_it_missed_something(database: Database) -> None:
    with database.reading() as session:
        assert feed.covers(session, 0)
        assert not feed.covers(session, 1)
    append(database, "a", "b", "c", "d")
    first = since(database, 0)[0].seq
    with database.writing() as session:
        feed.prune(session, first + 2)
    with database.reading() as session:
        covered = [seq for seq in range(first - 1, first + 6) if feed.covers(session, seq)]
    assert covered == [first + 1, first + 2, first + 3]
