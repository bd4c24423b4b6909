"""Jobs in the store: every field comes back, one worker has one, and lists are who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind, JobState, beaten, finished, put_off
from matcher.errors import DuplicateId, EditConflict
from matcher.store import jobs
from matcher.store.database import Database

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def job(id: str, **more: object) -> Job:
    given = {"kind": JobKind.EXPORT, "account": "a1", "node": "n1", "made_at": AT, "run_at": AT}
    return Job(id=id, **{**given, **more})  # type: ignore[arg-type]


def add(database: Database, *found: Job) -> None:
    with database.writing() as session:
        for one in found:
            jobs.add(session, one)


def test_every_field_comes_back(database: Database) -> None:
    given = job("J-1", role=Role.ADMIN, arguments={"quota": {"most": 3}, "needs": ["a"]})
    add(database, given)
    with database.writing() as session:
        begun = jobs.claim(session, "J-1", "w", AT)
        assert begun is not None
        told = beaten(begun.job, AT + SECOND, "rows", 2, 5)
        jobs.save(session, put_off(told, AT, {"code": "x", "message": "\0 in a cell"}), 2)
    with database.reading() as session:
        kept = jobs.get(session, "J-1")
    assert kept is not None
    assert (kept.version, kept.job.arguments, kept.job.role) == (3, given.arguments, Role.ADMIN)
    assert (kept.job.doing, kept.job.done, kept.job.total) == ("rows", 2, 5)
    assert (kept.job.attempts, kept.job.run_at) == (1, AT + 10 * SECOND)
    assert kept.job.error["message"] == "� in a cell"
    with pytest.raises(DuplicateId), database.writing() as session:
        jobs.add(session, given)


def test_of_many_workers_one_gets_a_job(database: Database) -> None:
    add(database, job("J-1"))
    started, got = Barrier(4), []

    def take(name: str) -> None:
        started.wait()
        with database.writing() as session:
            if jobs.claim(session, "J-1", name, AT):
                got.append(name)

    workers = [Thread(target=take, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.reading() as session:
        kept = jobs.get(session, "J-1")
    assert kept is not None
    assert (got, kept.job.attempts) == ([kept.job.worker], 1)


def test_what_is_not_due_or_not_waiting_is_not_begun(database: Database) -> None:
    add(database, job("later", run_at=AT + SECOND, attempts=1))
    with database.writing() as session:
        assert jobs.claim(session, "later", "w", AT) is None
        assert jobs.claim(session, "none", "w", AT) is None
        assert jobs.due(session, AT) == ()
        assert [one.job.id for one in jobs.due(session, AT + SECOND)] == ["later"]


def test_what_was_never_tried_is_due_whatever_the_clock_of_who_asked(database: Database) -> None:
    add(database, job("new", run_at=AT + SECOND))
    with database.writing() as session:
        assert [one.job.id for one in jobs.due(session, AT)] == ["new"]
        assert jobs.claim(session, "new", "w", AT) is not None


def test_one_training_runs_at_a_time_and_the_rest_gets_on(database: Database) -> None:
    training = {"kind": JobKind.TRAINING}
    add(database, job("T-1", **training), job("T-2", **training), job("E-1"))
    with database.writing() as session:
        first = jobs.claim(session, "T-1", "w", AT)
        assert first is not None
        assert jobs.claim(session, "T-2", "w", AT) is None
        assert jobs.claim(session, "E-1", "w", AT) is not None
        jobs.save(session, finished(first.job, AT), first.version)
        assert jobs.claim(session, "T-2", "w", AT) is not None


def test_of_an_account_only_what_was_asked_in_a_role(database: Database) -> None:
    asked = {"J-1": None, "J-2": Role.ADMIN, "J-3": Role.MANAGER}
    add(database, *(job(id_, role=role) for id_, role in asked.items()))
    with database.reading() as session:
        for role, found in ((None, set(asked)), (Role.MANAGER, {"J-3"}), (Role.HOLDER, set())):
            listed = jobs.listed(session, account="a1", role=role)
            assert {kept.job.id for kept in listed} == found
        assert set(jobs.ids_of(session, "a1")) == set(asked)
        assert jobs.ids_of(session, "a2") == ()


def test_a_version_that_was_not_seen_is_not_written_over(database: Database) -> None:
    add(database, job("J-1"))
    with database.writing() as session:
        begun = jobs.claim(session, "J-1", "w", AT)
    assert begun is not None
    with pytest.raises(EditConflict), database.writing() as session:
        jobs.save(session, finished(begun.job, AT), 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"nodes": None}, ["J-4", "J-3", "J-2", "J-1"]),
        ({"account": "a1"}, ["J-2", "J-1"]),
        ({"account": "a1", "nodes": ["n2"]}, ["J-3", "J-2", "J-1"]),
        ({}, []),
        ({"nodes": [""]}, []),
        ({"nodes": None, "kinds": [JobKind.PLAN]}, ["J-4"]),
        ({"nodes": None, "states": [JobState.RUNNING]}, []),
        ({"nodes": None, "before": "J-3", "limit": 1}, ["J-2"]),
    ],
)
def test_a_list_holds_what_was_asked_for_the_newest_first(
    database: Database, asked: dict[str, object], found: list[str]
) -> None:
    others = [job("J-3", account="a2", node="n2"), job("J-4", kind=JobKind.PLAN, account="a3")]
    add(database, job("J-1"), job("J-2"), *(replace(one, made_at=AT) for one in others))
    with database.reading() as session:
        listed = jobs.listed(session, **asked)  # type: ignore[arg-type]
    assert [kept.job.id for kept in listed] == found


def test_silent_workers_and_old_jobs_are_found(database: Database) -> None:
    add(database, job("J-1"), job("J-2"), job("J-3"))
    with database.writing() as session:
        for id_, at in (("J-1", AT), ("J-2", AT + 5 * SECOND), ("J-3", AT)):
            jobs.claim(session, id_, "w", at)
        last = jobs.get(session, "J-3")
        assert last is not None
        jobs.save(session, finished(last.job, AT + SECOND), last.version)
        assert [one.job.id for one in jobs.running(session)] == ["J-1", "J-2"]
        assert [one.job.id for one in jobs.stale(session, AT + 2 * SECOND)] == ["J-1"]
        assert jobs.ended(session, AT + SECOND) == ()
        assert jobs.ended(session, AT + 2 * SECOND) == ("J-3",)
        assert jobs.unsuccessful(session, JobKind.EXPORT, AT + 2 * SECOND) == ()
        assert jobs.forget(session, AT + SECOND) == ()
        assert jobs.forget(session, AT + 2 * SECOND) == ("J-3",)
        assert jobs.known(session, ["J-1", "J-3", "\0"]) == {"J-1"}
