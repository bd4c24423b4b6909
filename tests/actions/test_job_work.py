"""Carrying out: whose rights count, what is tried again and what isn't, and who takes over."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest

from matcher.actions import accounts, job_attempt, job_work, jobs
from matcher.actions.job_attempt import Attempt
from matcher.actions.job_files import FOLDER, has_upload, make_folder
from matcher.actions.job_work import due, forget_old, recover, run_job
from matcher.actions.job_workers import registered
from matcher.actions.platform import Platform
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EncoderUnavailable, InvalidValue, StoreUnavailable, UsageError
from matcher.store import jobs as kept_jobs
from tests.actions.job_cases import WORKER, asked, done, signed_up, viewer
from tests.platforms import NOW

Handler = Callable[[Platform, Any, Any, Attempt], dict[str, Any]]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Handler], None]:
    """Has an export do something else; looks are quick."""
    monkeypatch.setattr(job_attempt, "LOOK_SECONDS", 0.01)

    def set_to(handler: Handler) -> None:
        monkeypatch.setattr(job_work, "HANDLERS", {JobKind.EXPORT: handler})

    return set_to


def export(platform: Platform) -> Job:
    return asked(platform, SYSTEM, JobKind.EXPORT, noun="needs")


def raising(error: Exception) -> Handler:
    def handler(*_: object) -> dict[str, Any]:
        raise error

    return handler


@pytest.mark.parametrize(
    "error", [StoreUnavailable("gone"), EncoderUnavailable("down"), OSError(28, "No space left")]
)
def test_what_may_pass_is_tried_again_later_and_in_the_end_fails(
    platform: Platform, doing: Callable[[Handler], None], error: Exception
) -> None:
    job, at = export(platform), NOW
    doing(raising(error))
    for seconds in (10, 60, 300):
        job = done(replace(platform, now=lambda at=at: at), job)  # type: ignore[misc]
        assert (job.state, job.run_at) == (JobState.WAITING, at + timedelta(seconds=seconds))
        assert run_job(platform, job.id, WORKER) is None
        at = job.run_at
        assert due(replace(platform, now=lambda at=at: at)) == (job.id,)  # type: ignore[misc]
    job = done(replace(platform, now=lambda: at), job)
    assert (job.state, job.attempts) == (JobState.FAILED, 4)
    assert job.error["message"]


def test_what_is_the_callers_fault_fails_at_once_and_can_be_retried(
    platform: Platform, doing: Callable[[Handler], None]
) -> None:
    job = export(platform)
    doing(raising(InvalidValue("wrong", file="/srv/home/x", row=3, hint="Correct it.")))
    failed = done(platform, job)
    assert failed.state is JobState.FAILED
    assert failed.error == {
        "code": "invalid_value",
        "message": "wrong",
        "hint": "Correct it.",
        "where": {"row": 3, "file": ""},
    }
    doing(lambda *_: {"rows": 1})
    assert done(platform, jobs.retry_job(platform, SYSTEM, job.id)).result == {"rows": 1}


def test_a_fault_of_the_product_fails_the_job_and_is_raised(
    platform: Platform, doing: Callable[[Handler], None]
) -> None:
    job = export(platform)
    doing(raising(ZeroDivisionError("secret")))
    with pytest.raises(ZeroDivisionError):
        run_job(platform, job.id, WORKER)
    failed = jobs.get_job(platform, SYSTEM, job.id)
    assert (failed.state, failed.error["code"]) == (JobState.FAILED, "internal")
    assert "secret" not in str(failed.error)


def test_a_running_job_is_cancelled(platform: Platform, doing: Callable[[Handler], None]) -> None:
    job, begun, kept = export(platform), Event(), []

    def until_stopped(_: Platform, __: Any, ___: Any, attempt: Attempt) -> dict[str, Any]:
        begun.set()
        while True:
            attempt.at(1)

    doing(until_stopped)
    worker = Thread(target=lambda: kept.append(run_job(platform, job.id, WORKER)))
    worker.start()
    assert begun.wait(30)
    assert jobs.cancel_job(platform, SYSTEM, job.id).cancelling
    worker.join(30)
    assert kept[0].state is JobState.CANCELLED
    assert jobs.get_job(platform, SYSTEM, job.id).can_retry


def test_a_worker_that_ends_gives_the_job_back(
    platform: Platform, doing: Callable[[Handler], None]
) -> None:
    job = export(platform)
    doing(lambda *_: {"rows": 1})
    given_back = run_job(platform, job.id, WORKER, ending=lambda: True)
    assert given_back is not None
    assert (given_back.state, given_back.attempts) == (JobState.WAITING, 0)
    assert done(platform, job).state is JobState.DONE


def test_two_workers_never_run_one_job_twice(
    platform: Platform, doing: Callable[[Handler], None]
) -> None:
    job, runs = export(platform), []
    doing(lambda *_: runs.append(1) or {"rows": 1})
    workers = [Thread(target=run_job, args=(platform, job.id, f"w{n}")) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert run_job(platform, job.id, "late") is None
    assert runs == [1]


@pytest.mark.parametrize("lost", ["account", "role"])
def test_who_may_not_any_more_has_nothing_done(platform: Platform, lost: str) -> None:
    signed_up(platform, "boss")
    east = signed_up(platform, "east", Role.ADMIN, Role.MANAGER, node="n2")
    assert east.account is not None
    job = asked(platform, viewer(platform, east.account, Role.ADMIN), JobKind.IMPORT, noun="needs")
    if lost == "account":
        accounts.set_active(platform, SYSTEM, "east", False)
    else:
        accounts.set_roles(platform, SYSTEM, "east", [Role.MANAGER])
    refused = done(platform, job)
    assert (refused.state, refused.error["code"]) == (JobState.FAILED, "not_allowed")


def test_the_node_that_was_meant_when_it_was_asked_counts(platform: Platform) -> None:
    east = signed_up(platform, "east", node="n2")
    found = [
        asked(platform, east, JobKind.IMPORT, noun="needs"),
        asked(platform, east, JobKind.PLAN, quota={"most": 1}),
    ]
    assert [job.arguments["node"] for job in found] == ["n2", "n2"]
    accounts.change_account(platform, SYSTEM, "east", {"node": "n3"})
    for job in found:
        assert done(platform, job).error["code"] == "not_allowed"


def test_the_node_that_an_admin_has_now_counts(platform: Platform) -> None:
    east = signed_up(platform, "east", node="n2")
    job = asked(platform, east, JobKind.IMPORT, noun="needs", node="n4")
    accounts.change_account(platform, SYSTEM, "east", {"node": "n3"})
    refused = done(platform, job)
    assert (refused.state, refused.error["code"]) == (JobState.FAILED, "not_allowed")


def claim(platform: Platform, job: Job, worker: str) -> None:
    with platform.database.writing() as session:
        kept_jobs.claim(session, job.id, worker, NOW)


def test_the_job_of_a_dead_worker_waits_again(platform: Platform) -> None:
    """One that is known to be dead at once; one that is known to be alive loses nothing, whatever
    the clock says; of others their silence has to tell."""
    home = platform.settings.home
    mine, dead, far = (export(platform) for _ in range(3))
    (home / "workers").mkdir()
    (home / "workers" / "killed.lock").touch()
    with registered(home) as alive:
        for job, worker in ((mine, alive), (dead, "killed"), (far, "elsewhere")):
            claim(platform, job, worker)
        assert recover(platform) == (dead.id,)
        assert recover(platform) == ()
        later = replace(platform, now=lambda: NOW + timedelta(seconds=91))
        assert recover(later) == (far.id,)
        assert jobs.get_job(platform, SYSTEM, mine.id).state is JobState.RUNNING
    waits = jobs.get_job(platform, SYSTEM, dead.id)
    assert (waits.state, waits.run_at) == (JobState.WAITING, NOW + timedelta(seconds=10))
    assert waits.error["code"] == "worker_lost"


def test_a_worker_finds_what_it_could_not_write_the_end_of(platform: Platform) -> None:
    kept, lost = export(platform), export(platform)
    later = replace(platform, now=lambda: NOW + timedelta(seconds=91))
    with registered(platform.settings.home) as alive:
        for job in (kept, lost):
            claim(platform, job, alive)
        assert recover(platform, alive, {kept.id}) == ()
        assert recover(later, "another", ()) == ()
        assert recover(later, alive, {kept.id}) == (lost.id,)


def test_the_late_word_of_a_worker_that_was_given_up_changes_nothing(
    platform: Platform, doing: Callable[[Handler], None]
) -> None:
    job = export(platform)

    def given_up(*_: object) -> dict[str, Any]:
        recover(replace(platform, now=lambda: NOW + timedelta(seconds=91)))
        return {"rows": 1}

    doing(given_up)
    assert run_job(platform, job.id, WORKER) is None
    assert jobs.get_job(platform, SYSTEM, job.id).state is JobState.WAITING


def test_what_is_begun_anew_just_now_is_not_forgotten(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is faster between the look and the deed."""
    job = asked(platform, SYSTEM, JobKind.IMPORT, noun="needs")
    jobs.cancel_job(platform, SYSTEM, job.id)
    later = replace(platform, now=lambda: NOW + timedelta(days=31))

    def first(*looked: Any) -> bool:
        monkeypatch.undo()
        jobs.retry_job(platform, SYSTEM, job.id)
        return True

    monkeypatch.setattr(job_work, "has_upload", first)
    assert forget_old(later) == ()
    assert jobs.get_job(platform, SYSTEM, job.id).state is JobState.WAITING
    assert has_upload(platform.settings.home, job.id)


def test_the_file_of_an_import_that_came_to_nothing_is_kept_for_a_day(platform: Platform) -> None:
    home, job = platform.settings.home, asked(platform, SYSTEM, JobKind.IMPORT, noun="needs")
    waits = asked(platform, SYSTEM, JobKind.IMPORT, noun="needs")
    jobs.cancel_job(platform, SYSTEM, job.id)
    forget_old(replace(platform, now=lambda: NOW + timedelta(days=1)))
    assert has_upload(home, job.id)
    forget_old(replace(platform, now=lambda: NOW + timedelta(days=1, seconds=1)))
    assert (has_upload(home, job.id), has_upload(home, waits.id)) == (False, True)
    with pytest.raises(UsageError, match="isn't kept any more"):
        jobs.retry_job(platform, SYSTEM, job.id)
    assert jobs.get_job(platform, SYSTEM, job.id).state is JobState.CANCELLED


def test_old_jobs_are_forgotten_with_their_files(platform: Platform) -> None:
    home, old = platform.settings.home, done(platform, export(platform))
    nobodys, waits = (
        make_folder(home, "J-nobody"),
        asked(platform, SYSTEM, JobKind.IMPORT, noun="needs"),
    )
    for folder in (home / FOLDER).iterdir():
        os.utime(folder, times=(NOW.timestamp(),) * 2)
    assert forget_old(platform) == ()
    assert nobodys.exists()
    later = replace(platform, now=lambda: NOW + timedelta(days=30, seconds=1))
    assert forget_old(later) == (old.id,)
    assert [path.name for path in (home / FOLDER).iterdir()] == [waits.id]
    assert [job.id for job in jobs.list_jobs(platform, SYSTEM).rows] == [waits.id]
