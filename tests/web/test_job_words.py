"""Every kind of job has a name in both languages, and every fault says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.domain.enums import Language
from matcher.domain.job import Job, JobKind
from matcher.errors import MatcherError
from matcher.web.job_words import fault_words, job_title
from matcher.web.say import Say

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def job(kind: JobKind, **arguments: object) -> Job:
    return Job(id="j", kind=kind, account="a", arguments=arguments, made_at=NOW, run_at=NOW)


@pytest.mark.parametrize("kind", list(JobKind))
def test_every_kind_has_a_name_of_its_own_in_both_languages(kind: JobKind) -> None:
    zh, en = (job_title(job(kind), "f.xlsx", Say(one, NOW)) for one in Language)
    assert zh != en
    assert any("一" <= char <= "鿿" for char in zh)
    assert en[0].isupper()


def test_a_check_is_no_import() -> None:
    say = Say(Language.EN, NOW)
    one = job(JobKind.IMPORT, noun="needs", file="n.xlsx", dry_run=True)
    assert job_title(one, "", say).startswith("Check of")


@pytest.mark.parametrize("code", [MatcherError.code, "store_unavailable", "no_such_code"])
def test_every_fault_says_what_to_do(code: str) -> None:
    what, act = fault_words(code)
    assert all(what)
    assert all(act)
