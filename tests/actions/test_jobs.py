"""Asking for jobs, looking at them, cancelling, retrying: by whom, and what is checked at once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.actions import jobs
from matcher.actions.job_files import FOLDER, Upload, drop_folder
from matcher.actions.platform import Platform
from matcher.domain.enums import Role
from matcher.domain.job import SCHEDULE, JobKind, JobState
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import (
    EditConflict,
    IllegalTransition,
    MatcherError,
    NotAllowed,
    NotFound,
    UsageError,
)
from tests.actions.job_cases import asked, done, signed_up, upload, viewer
from tests.platforms import NOW

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def folders(platform: Platform) -> list[Path]:
    there = platform.settings.home / FOLDER
    return list(there.iterdir()) if there.exists() else []


def test_a_job_is_kept_with_its_file_and_is_its_askers_and_their_admins(
    platform: Platform,
) -> None:
    east, boss = signed_up(platform, "east", node="n2"), signed_up(platform, "boss")
    manager = signed_up(platform, "zhang", Role.MANAGER, node="n2")
    west, port = signed_up(platform, "west", node="n3"), signed_up(platform, "port", node="n4")
    job = asked(platform, east, JobKind.IMPORT, noun="outcomes")
    assert (job.node, job.role, job.state) == ("n2", Role.ADMIN, JobState.WAITING)
    assert job.account == east.account.id  # type: ignore[union-attr]
    assert job.arguments["file"] == "成果.jsonl"
    [folder] = folders(platform)
    assert [path.name for path in folder.iterdir()] == ["upload.jsonl"]
    for who in (east, boss, SYSTEM):
        assert jobs.get_job(platform, who, job.id) == job
        assert jobs.list_jobs(platform, who).rows == (job,)
    for who in (west, port, manager, ANONYMOUS):
        assert jobs.list_jobs(platform, who).rows == ()
        for deal in (jobs.get_job, jobs.cancel_job, jobs.retry_job, jobs.job_file):
            with pytest.raises(NotFound, match="There is no job"):
                deal(platform, who, job.id)
    assert jobs.get_job(platform, east, job.id) == job


@pytest.mark.parametrize(
    ("kind_", "arguments", "said"),
    [
        (JobKind.IMPORT, {"noun": "nonsense"}, "nonsense"),
        (JobKind.IMPORT, {"noun": "needs", "mapping": "../../etc/passwd"}, "no such mapping"),
        (JobKind.IMPORT, {"noun": "needs", "mapping": "none"}, "no such mapping"),
        (JobKind.IMPORT, {"noun": "needs", "node": "n9"}, "no node"),
        (JobKind.IMPORT, {"noun": "needs", "source": "a b"}, "name of a source"),
        (JobKind.IMPORT, {"noun": "needs", "report": "x.csv"}, "no such field"),
        (JobKind.IMPORT_UNDO, {"id": "none"}, "no import"),
        (JobKind.PUBLISH, {}, "version is missing"),
        (JobKind.TRAINING, {"seed": -1}, "seed"),
        (JobKind.TRAINING, {"encoder": "http://inside"}, "no such field"),
        (JobKind.PLAN, {"quota": {"most": 0}}, "between"),
        (JobKind.PLAN, {"quota": {"most": 1}, "fairness": 2}, "fairness"),
        (JobKind.PLAN, {"quota": {"most": 1}, "field": "nonsense"}, "no field"),
        (JobKind.EXPORT, {"noun": "need", "format": "pdf"}, "pdf"),
    ],
)
def test_what_is_wrong_is_said_at_once_and_nothing_is_left(
    platform: Platform, kind_: JobKind, arguments: dict[str, object], said: str
) -> None:
    with pytest.raises(MatcherError, match=said):
        asked(platform, SYSTEM, kind_, **arguments)
    assert jobs.list_jobs(platform, SYSTEM).rows == ()
    assert folders(platform) == []


def test_a_file_that_cannot_be_taken_leaves_nothing(platform: Platform) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError("gone")

    for name, stream in (
        ("a.jsonl", Broken()),
        ("a.jsonl", io.BytesIO()),
        ("a.exe", io.BytesIO(b"x")),
        ("a", io.BytesIO(b"x")),
        ("..", io.BytesIO(b"x")),
    ):
        with pytest.raises(MatcherError):
            jobs.ask(
                platform, SYSTEM, JobKind.IMPORT, {"noun": "need"}, upload=Upload(name, stream)
            )
    with pytest.raises(UsageError, match="needs a file"):
        jobs.ask(platform, SYSTEM, JobKind.IMPORT, {"noun": "need"})
    with pytest.raises(UsageError, match="takes no file"):
        jobs.ask(platform, SYSTEM, JobKind.EXPORT, {"noun": "need"}, upload=upload())
    assert folders(platform) == []
    assert jobs.list_jobs(platform, SYSTEM).rows == ()


def test_only_who_may_do_it_may_ask_for_it(platform: Platform) -> None:
    east = signed_up(platform, "east", node="n2")
    manager = signed_up(platform, "zhang", Role.MANAGER)
    for kind in (JobKind.TRAINING, JobKind.ROLLBACK, JobKind.PROMPTS):
        for who in (east, manager):
            with pytest.raises(NotAllowed):
                asked(platform, who, kind)
    with pytest.raises(NotAllowed):
        asked(platform, east, JobKind.IMPORT, noun="needs", node="n1")
    with pytest.raises(NotAllowed):
        asked(platform, manager, JobKind.PLAN, quota={"most": 1})
    with pytest.raises(NotAllowed, match="signed in"):
        asked(platform, ANONYMOUS, JobKind.EXPORT, noun="needs")
    assert asked(platform, manager, JobKind.EXPORT, noun="needs").node == "n1"


def test_the_role_that_was_acted_in_is_kept(platform: Platform) -> None:
    both = signed_up(platform, "both", Role.ADMIN, Role.MANAGER)
    assert both.account is not None
    acting = viewer(platform, both.account, Role.MANAGER)
    assert asked(platform, acting, JobKind.EXPORT, noun="needs").role is Role.MANAGER
    assert asked(platform, both, JobKind.EXPORT, noun="needs").role is None


def test_who_acts_in_one_role_does_not_get_at_what_was_asked_in_another(
    platform: Platform,
) -> None:
    both = signed_up(platform, "both", Role.ADMIN, Role.MANAGER)
    assert both.account is not None
    admin, manager = (viewer(platform, both.account, role) for role in (Role.ADMIN, Role.MANAGER))
    found = [asked(platform, who, JobKind.EXPORT, noun="needs") for who in (admin, both)]
    for job in found:
        assert done(platform, job).state is JobState.DONE
        for deal in (jobs.get_job, jobs.cancel_job, jobs.retry_job, jobs.job_file):
            with pytest.raises(NotFound, match="There is no job"):
                deal(platform, manager, job.id)
    own = asked(platform, manager, JobKind.EXPORT, noun="needs")
    assert jobs.list_jobs(platform, manager).rows == (own,)
    assert jobs.cancel_job(platform, manager, own.id).state is JobState.CANCELLED
    assert jobs.job_file(platform, both, found[0].id).is_file()
    assert len(jobs.list_jobs(platform, both).rows) == 3
    # An admin of the node knows of it, but the file is of what was asked in the other role.
    with pytest.raises(NotFound, match="no file"):
        jobs.job_file(platform, admin, found[1].id)


def test_a_list_goes_on_where_it_ended(platform: Platform) -> None:
    seconds = iter(range(100))
    ticking = replace(platform, now=lambda: NOW + timedelta(seconds=next(seconds)))
    ids = [asked(ticking, SYSTEM, JobKind.EXPORT, noun="needs").id for _ in range(3)]
    first = jobs.list_jobs(platform, SYSTEM, limit=2)
    assert [job.id for job in first.rows] == ids[:0:-1]
    last = jobs.list_jobs(platform, SYSTEM, limit=2, before=first.next)
    assert ([job.id for job in last.rows], last.next) == (ids[:1], None)
    assert jobs.list_jobs(platform, SYSTEM, kinds=[JobKind.PLAN]).rows == ()


def test_one_account_cannot_fill_the_queue(platform: Platform) -> None:
    zhang = signed_up(platform, "zhang", Role.MANAGER)
    for _ in range(jobs.MOST_OPEN):
        last = asked(platform, zhang, JobKind.EXPORT, noun="needs")
    with pytest.raises(UsageError, match="aren't over"):
        asked(platform, zhang, JobKind.EXPORT, noun="needs")
    jobs.cancel_job(platform, zhang, last.id)
    assert asked(platform, zhang, JobKind.EXPORT, noun="needs")
    with pytest.raises(UsageError, match="aren't over"):
        jobs.retry_job(platform, zhang, last.id)
    assert jobs.get_job(platform, zhang, last.id).state is JobState.CANCELLED


def test_one_account_cannot_fill_the_disk(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = signed_up(platform, "boss")
    monkeypatch.setattr(jobs, "MOST_KEPT", 3 * len(upload().stream.read()) - 1)
    for _ in range(2):
        kept = asked(platform, boss, JobKind.IMPORT, noun="outcomes")
    with pytest.raises(UsageError, match="take more than"):
        asked(platform, boss, JobKind.IMPORT, noun="outcomes")
    assert len(folders(platform)) == len(jobs.list_jobs(platform, boss).rows) == 2
    assert asked(platform, SYSTEM, JobKind.IMPORT, noun="outcomes")
    drop_folder(platform.settings.home, kept.id)
    assert asked(platform, boss, JobKind.IMPORT, noun="outcomes")


def test_what_waits_is_cancelled_and_can_be_retried(platform: Platform) -> None:
    zhang = signed_up(platform, "zhang", Role.MANAGER)
    job = asked(platform, zhang, JobKind.EXPORT, noun="needs")
    assert jobs.cancel_job(platform, zhang, job.id).state is JobState.CANCELLED
    assert done(platform, job).state is JobState.CANCELLED
    with pytest.raises(IllegalTransition):
        jobs.cancel_job(platform, zhang, job.id)
    assert jobs.retry_job(platform, zhang, job.id).state is JobState.WAITING
    assert done(platform, job).state is JobState.DONE
    with pytest.raises(IllegalTransition):
        jobs.retry_job(platform, zhang, job.id)


def test_an_export_is_fetched_by_who_asked_alone(platform: Platform) -> None:
    zhang, boss = signed_up(platform, "zhang", Role.MANAGER), signed_up(platform, "boss")
    job = asked(platform, zhang, JobKind.EXPORT, noun="needs", format="jsonl")
    with pytest.raises(NotFound, match="no file"):
        jobs.job_file(platform, zhang, job.id)
    assert done(platform, job).result == {"rows": 3, "file": "need.jsonl"}
    path = jobs.job_file(platform, zhang, job.id)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    assert jobs.get_job(platform, boss, job.id).state is JobState.DONE
    with pytest.raises(NotFound, match="no file"):
        jobs.job_file(platform, boss, job.id)


def test_a_model_that_is_not_there_is_said_at_once(platform: Platform) -> None:
    for kind_, given in (
        (JobKind.PUBLISH, {"version": "none"}),
        (JobKind.ROLLBACK, {"version": "none"}),
        (JobKind.ROLLBACK, {}),
    ):
        with pytest.raises((NotFound, EditConflict)):
            asked(platform, SYSTEM, kind_, **given)
    assert jobs.list_jobs(platform, SYSTEM).rows == ()


def test_the_clock_asks_once_for_a_minute(platform: Platform) -> None:
    job = jobs.ask_on_schedule(platform, JobKind.PROMPTS, NOW)
    assert job is not None
    assert (job.account, job.node, job.run_at) == (SCHEDULE, "n1", NOW)
    assert jobs.ask_on_schedule(platform, JobKind.PROMPTS, NOW) is None
    assert jobs.ask_on_schedule(platform, JobKind.PROMPTS, NOW + timedelta(days=1)) is None
    assert jobs.ask_on_schedule(platform, JobKind.TRAINING, NOW) is not None
    assert done(platform, job).state is JobState.DONE
