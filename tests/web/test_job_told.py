"""A job in words, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matcher.domain.job import Job, JobKind, beaten, cancelled, claimed, failed, finished, put_off
from matcher.web.job_told import counts_told, job_told
from tests.web.import_drafted import EN, NOW, ZH

ASKED = Job(
    id="J-1",
    kind=JobKind.IMPORT,
    account="a",
    arguments={"noun": "needs", "file": "需求.xlsx"},
    made_at=NOW,
    run_at=NOW,
)
RUNNING = claimed(ASKED, "w", NOW)
LATER = NOW + timedelta(seconds=30)


def ended(kind: JobKind, **result: Any) -> Job:
    return finished(replace(RUNNING, kind=kind), LATER, result)


def test_who_waits_long_is_told_when_nobody_works() -> None:
    assert job_told(ASKED, NOW, ZH).title == "导入技术需求：需求.xlsx"
    assert not job_told(ASKED, NOW, EN, has_worker=False).nobody
    assert job_told(ASKED, LATER, EN, has_worker=False).nobody
    assert not job_told(ASKED, LATER, EN).nobody


def test_how_far_it_is_and_how_long_it_may_take() -> None:
    told = job_told(beaten(RUNNING, LATER, "rows", 1000), LATER, EN, total=4000)
    assert (told.percent, told.doing) == (25, "Reading rows: 1,000 of 4,000")
    assert told.left == "about 2 min left"
    unknown = job_told(beaten(RUNNING, LATER, "rows", 1000), LATER, EN)
    assert (unknown.percent, unknown.doing, unknown.left) == (None, "Reading rows: 1,000", "")


def test_a_count_that_was_too_low_never_says_more_than_all() -> None:
    told = job_told(beaten(RUNNING, LATER, "rows", 50), LATER, EN, total=40)
    assert (told.percent, told.doing, told.left) == (100, "Reading rows: 40 of 40", "")


def test_one_that_is_stopping_says_so() -> None:
    assert job_told(cancelled(RUNNING, LATER), LATER, EN).state == "stopping"


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (ended(JobKind.IMPORT, counts={"created": 2, "refused": 1}), "2 new, 1 refused"),
        (ended(JobKind.IMPORT, counts={}), "no records"),
        (
            ended(JobKind.IMPORT_UNDO, counts={"deleted": 3, "left": 1}, left=1),
            "3 deleted",
        ),
        (
            ended(JobKind.IMPORT_UNDO, counts={"deleted": 2, "restored": 1, "withdrawn": 0}),
            "2 deleted, 1 as before",
        ),
        (
            ended(JobKind.IMPORT_UNDO, counts={"withdrawn": 2, "left": 1}, left=1),
            "2 follow-ups withdrawn",
        ),
        (
            ended(JobKind.IMPORT_UNDO, counts={"left": 1}, left=1),
            "no record to undo",
        ),
        (ended(JobKind.EXPORT, rows=12), "12 records"),
        (ended(JobKind.PLAN, lines=4), "4 pairs"),
        (ended(JobKind.PROMPTS, due=5), "5 want a look"),
        (ended(JobKind.NOTICES, told=3, mailed=0, refused=0), "3 notices"),
        (
            ended(JobKind.NOTICES, told=30, mailed=9, refused=1),
            "30 notices, 9 mailed, 1 refused",
        ),
        (ended(JobKind.TRAINING, model="v2", published=False), "v2 · not published"),
        (ended(JobKind.COMPARISON, metrics={}, why="", moved=[]), "compared"),
        (ended(JobKind.PUBLISH, model="v2", published=True), "v2 · in use"),
    ],
)
def test_what_came_of_it_is_told(job: Job, said: str) -> None:
    assert job_told(job, LATER, EN).came_to == said


@pytest.mark.parametrize("kind", list(JobKind))
def test_every_kind_has_a_title_in_both_languages(kind: JobKind) -> None:
    job = replace(ASKED, kind=kind, arguments={})
    zh, en = (job_told(job, NOW, say).title for say in (ZH, EN))
    assert zh != en
    assert "{" not in zh + en


def test_a_check_is_no_import() -> None:
    job = replace(ASKED, arguments={**ASKED.arguments, "dry_run": True})
    assert job_told(job, NOW, EN).title == "Check of Needs: 需求.xlsx"


def test_why_it_failed_is_told_with_what_to_do() -> None:
    error = {"code": "import_refused", "message": "2 of 3 rows.", "hint": "Correct them."}
    fault = job_told(failed(RUNNING, LATER, error), LATER, ZH).fault
    assert fault is not None
    assert (fault.what, fault.detail) == (
        "有些行不能导入，所以什么也没有导入",
        "2 of 3 rows. Correct them.",
    )


def test_an_error_without_words_of_its_own_is_told_too() -> None:
    fault = job_told(put_off(RUNNING, LATER, {"code": "error", "where": {"row": 4}}), LATER, EN)
    assert fault.fault is not None
    assert fault.fault.what == "It failed; nothing is half done"
    assert fault.fault.detail.startswith("Row 4")


def test_counts_are_told_without_those_that_are_none() -> None:
    assert counts_told({"created": 0, "skipped": 2}, ZH) == "跳过 2"
