"""What each kind of job does, and the few values that say what came of it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from matcher.actions import job_work, jobs, model_comparison
from matcher.actions import train as actions_of_train
from matcher.actions.job_attempt import Attempt
from matcher.actions.job_files import FOLDER, folder_of
from matcher.actions.job_handlers import HANDLERS, import_id, plan_id
from matcher.actions.job_work import recover, run_job
from matcher.actions.models import publish_model
from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.domain.enums import Noun
from matcher.domain.job import JobKind, JobState
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, NotFound
from matcher.store import events, imports, notices, plans, records
from matcher.store import jobs as kept_jobs
from matcher.store.prompts import PROMPTED
from tests.actions.job_cases import asked, done, upload
from tests.actions.pursuits import sign_up
from tests.actions.test_models import again
from tests.platforms import NOW, outcome, put

APART = (JobKind.TRAINING, JobKind.COMPARISON)
"""The one has a test of its own; the other leaves nothing behind."""
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def count(platform: Platform, noun: Noun) -> int:
    with platform.database.reading() as session:
        return records.count(session, noun)


def test_every_kind_has_one() -> None:
    assert set(HANDLERS) == set(JobKind)


@SQLITE
def test_an_import_and_taking_it_back(platform: Platform) -> None:
    job = done(platform, asked(platform, SYSTEM, JobKind.IMPORT, noun="outcomes"))
    assert (job.state, job.result["import"]) == (JobState.DONE, import_id(job))
    assert job.result["counts"]["created"] == 2
    assert count(platform, Noun.OUTCOME) == 7
    with platform.database.reading() as session:
        run = imports.get(session, job.result["import"])
    assert run is not None
    assert run.file == "成果.jsonl"
    folder = folder_of(platform.settings.home, job.id)
    assert [path.name for path in folder.iterdir()] == ["report.csv"]
    assert "created" in jobs.job_file(platform, SYSTEM, job.id).read_text(encoding="utf-8-sig")
    undone = done(platform, asked(platform, SYSTEM, JobKind.IMPORT_UNDO, id=run.id))
    assert (undone.state, undone.result["import"]) == (JobState.DONE, run.id)
    assert count(platform, Noun.OUTCOME) == 5


@SQLITE
def test_a_refused_import_says_why_and_has_its_report(platform: Platform) -> None:
    rows = ({"id": "x1", "title": "t"}, {"id": "x1", "title": "again"})
    asked_for = {"noun": "outcome"}
    job = jobs.ask(platform, SYSTEM, JobKind.IMPORT, asked_for, upload=upload(*rows))
    job = done(platform, job)
    assert (job.state, job.error["code"]) == (JobState.FAILED, "import_refused")
    assert job.error["where"] == {"file": "成果.jsonl"}
    assert str(platform.settings.home) not in str(job.error)
    assert count(platform, Noun.OUTCOME) == 5
    assert "x1" in jobs.job_file(platform, SYSTEM, job.id).read_text(encoding="utf-8-sig")


@SQLITE
def test_an_import_whose_worker_died_before_it_could_say_so_is_not_made_twice(
    platform: Platform,
) -> None:
    job = asked(platform, SYSTEM, JobKind.IMPORT, noun="outcomes")
    first = done(platform, job)
    with platform.database.writing() as session:
        kept = kept_jobs.get(session, job.id)
        assert kept is not None
        kept_jobs.save(session, job, kept.version)
    second = done(platform, job)
    assert second.result == first.result
    with platform.database.reading() as session:
        assert len(imports.recent(session)) == 1


@SQLITE
def test_a_model_is_published_and_gone_back_from(platform: Platform) -> None:
    current = platform.library.pointer().version
    job = done(platform, asked(platform, SYSTEM, JobKind.PUBLISH, version=current))
    assert (job.state, job.result["model"]) == (JobState.DONE, current)
    second = again(platform, seq=99)
    assert done(platform, asked(platform, SYSTEM, JobKind.PUBLISH, version=second)).result
    assert platform.library.pointer().version == second
    back = asked(platform, SYSTEM, JobKind.ROLLBACK)
    assert back.arguments["version"] == current
    assert done(platform, back).result == {"model": current, "published": True}
    # What is current already is where one wanted to go.
    there = done(platform, asked(platform, SYSTEM, JobKind.ROLLBACK, version=current))
    assert (there.state, platform.library.pointer().version) == (JobState.DONE, current)


@SQLITE
def test_two_models_are_asked_the_same(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = again(platform, seq=99), platform.library.pointer().version
    moved = {"need": "w1", "overlap": 0.5, "first": ["o1"], "second": ["o2"]}
    seen: list[list[str]] = []

    def run(_: object, arguments: list[str], **__: object) -> dict[str, Any]:
        seen.append(arguments)
        return {"why": "too few", "metrics": {}, "moved": [moved]}

    monkeypatch.setattr(model_comparison, "run_training", run)
    job = done(platform, asked(platform, SYSTEM, JobKind.COMPARISON, first=first, second=second))
    assert job.result == {"why": "too few", "metrics": {}, "moved": [moved]}
    assert seen == [["compare", "--moved", "10", "--", first, second]]


@SQLITE
def test_a_training_by_a_recipe_of_ones_own_names_its_file(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = platform.settings.home / "recipes"
    folder.mkdir()
    (folder / "mine.toml").write_text("")
    seen: list[list[str]] = []

    def run(_: object, arguments: list[str], **__: object) -> dict[str, Any]:
        seen.append(arguments)
        gate = Ruling(against=None, why="").to_mapping()
        return {"version": again(platform, seq=99), "gate": gate}

    monkeypatch.setattr(actions_of_train, "run_training", run)
    wanted = {"recipe": "mine", "publish": False}
    assert done(platform, asked(platform, SYSTEM, JobKind.TRAINING, **wanted)).result["model"]
    assert str(folder / "mine.toml") in seen[0]
    with pytest.raises(NotFound):
        asked(platform, SYSTEM, JobKind.TRAINING, recipe="../mine")


@SQLITE
def test_a_plan_is_drafted(platform: Platform) -> None:
    job = done(platform, asked(platform, SYSTEM, JobKind.PLAN, quota={"most": 2}))
    assert job.state is JobState.DONE
    assert job.result["plan"].startswith("P-")
    assert job.result["lines"] > 0


def given(platform: Platform, kind: JobKind) -> dict[str, Any]:
    """Arguments of a job that would show it if it was done twice."""
    match kind:
        case JobKind.IMPORT_UNDO:
            made = done(platform, asked(platform, SYSTEM, JobKind.IMPORT, noun="outcomes"))
            return {"id": made.result["import"]}
        case JobKind.PUBLISH:
            return {"version": again(platform, seq=99)}
        case JobKind.ROLLBACK:
            for seq in (98, 99):
                publish_model(platform, SYSTEM, again(platform, seq=seq))
        case JobKind.PROMPTS:
            expired = outcome("expired", "t", valid_until=NOW.date() - timedelta(1))
            put(platform, Noun.OUTCOME, expired)
        case JobKind.NOTICES:
            sign_up(platform, "b1", manager="m1")
    arguments = {
        JobKind.IMPORT: {"noun": "outcomes"},
        JobKind.PLAN: {"quota": {"most": 2}},
        JobKind.EXPORT: {"noun": "outcomes", "format": "jsonl"},
    }
    return arguments.get(kind, {})


def effects(platform: Platform) -> dict[str, Any]:
    """All that jobs leave behind but their own rows."""
    exported = platform.settings.home.glob(f"{FOLDER}/*/*.jsonl")
    with platform.database.reading() as session:
        return {
            "outcomes": records.count(session, Noun.OUTCOME),
            "imports": [(run.id, run.state) for run in imports.recent(session)],
            "plans": [plan.id for plan in plans.newest(session)],
            "model": platform.library.pointer().version,
            "unread": notices.unread(session, "b1"),
            "prompted": len(list(events.read(session, verbs=[PROMPTED]))),
            "exports": sorted(path.name for path in exported if path.stem != "upload"),
        }


@SQLITE
@pytest.mark.parametrize("kind_", [kind for kind in JobKind if kind not in APART])
def test_a_worker_that_dies_with_the_last_word_on_its_lips_does_no_harm(
    platform: Platform, kind_: JobKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it did is done once, and the next one says so."""
    job = asked(platform, SYSTEM, kind_, **given(platform, kind_))
    before = effects(platform)
    with monkeypatch.context() as dying:
        dying.setattr(job_work, "_settled", lambda *_: None)
        run_job(platform, job.id, "killed")
    once = effects(platform)
    assert once != before
    for seconds in (91, 200):
        later = replace(platform, now=lambda at=NOW + timedelta(seconds=seconds): at)
        recover(later)
    second = done(later, job)
    assert (second.state, second.attempts) == (JobState.DONE, 2), second.error
    assert effects(platform) == once
    if kind_ is JobKind.IMPORT_UNDO:
        assert second.result["counts"]["deleted"] == 2
    if kind_ is JobKind.PLAN:
        assert (second.result["plan"], second.result["lines"] > 0) == (plan_id(job), True)
    if kind_ is JobKind.IMPORT:
        assert "created" in jobs.job_file(platform, SYSTEM, job.id).read_text(encoding="utf-8-sig")


@SQLITE
def test_what_somebody_else_undid_is_undone_by_no_job(platform: Platform) -> None:
    made = done(platform, asked(platform, SYSTEM, JobKind.IMPORT, noun="outcomes"))
    first, second = (
        asked(platform, SYSTEM, JobKind.IMPORT_UNDO, id=made.result["import"]) for _ in range(2)
    )
    assert done(platform, first).state is JobState.DONE
    late = done(platform, second)
    assert (late.state, late.error["code"]) == (JobState.FAILED, "edit_conflict")
    with pytest.raises(EditConflict, match="undone already"):
        asked(platform, SYSTEM, JobKind.IMPORT_UNDO, id=made.result["import"])


@SQLITE
def test_a_worker_that_dies_once_its_model_is_there_leaves_one_model(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next attempt finds it, publishes it, and says so."""
    job = asked(platform, SYSTEM, JobKind.TRAINING)
    gate = Ruling(against=None, why="first").to_mapping()

    def trained(_: object, arguments: list[str], **__: object) -> dict[str, Any]:
        assert arguments[-2:] == ["--job", job.id]
        return {"version": again(platform, job=job.id), "gate": gate}

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions_of_train, "run_training", trained)
    with monkeypatch.context() as dying:
        dying.setattr(actions_of_train, "_tell", killed)
        with pytest.raises(KeyboardInterrupt):
            run_job(platform, job.id, "killed")
    assert len(platform.library.versions()) == 2
    later = replace(platform, now=lambda: NOW + timedelta(seconds=91))
    assert recover(later) == (job.id,)
    second = done(replace(platform, now=lambda: NOW + timedelta(seconds=200)), job)
    assert (second.state, second.attempts) == (JobState.DONE, 2), second.error
    assert len(platform.library.versions()) == 2
    assert second.result["model"] == platform.library.pointer().version
    with platform.database.reading() as session:
        told = [event for _, event in events.read(session, verbs=["trained"])]
    assert [event.subjects[0].id for event in told] == [second.result["model"]]


SCRIPT = """#!/bin/sh
echo '[1/6] ingest: 5 outcomes (0.1 s)' >&2
echo '      gate: nothing' >&2
echo '[2/6] features: 8 documents (0.1 s)' >&2
echo '{{"version": "{version}", "gate": {gate}}}'
"""


@SQLITE
def test_a_training_tells_its_steps_and_publishes(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = platform.library.pointer().version
    gate = json.dumps(Ruling(against=None, why="first").to_mapping())
    program = tmp_path / "child"
    program.write_text(SCRIPT.format(version=version, gate=gate))
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(Attempt, "note", lambda _, *step: told.append(step))
    job = done(platform, asked(platform, SYSTEM, JobKind.TRAINING))
    assert job.state is JobState.DONE, job.error
    assert told == [("ingest", 1, 6), ("features", 2, 6)]
    assert job.result == {"model": version, "verdict": "not_comparable", "published": True}
    kept = done(platform, asked(platform, SYSTEM, JobKind.TRAINING, publish=False))
    assert kept.result["published"] is False
