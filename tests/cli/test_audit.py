"""`matcher audit`: what was done, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.actions.platform import Platform
from matcher.actions.tokens import new_token
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from tests.actions.pursuits import sign_up

Run = Callable[..., Any]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def home(platform: Platform) -> Any:
    sign_up(platform, "firm", Role.ENTERPRISE)
    for name in ("one", "two"):
        new_token(platform, SYSTEM, "firm", name, None, 30)
    return platform.settings.home


def test_it_lists_who_did_what_to_what(matcher: Run, home: Any) -> None:
    ran = matcher("--home", home, "audit", "--limit", "1")
    assert ran.code == 0
    heading, line = ran.out.splitlines()
    assert heading.split() == ["SEQ", "AT", "WHO", "VERB", "SUBJECTS"]
    assert line.split()[2:5] == ["operator", "token_made", "account:firm,"]
    assert "--before 2" in ran.err


def test_json(matcher: Run, home: Any) -> None:
    told = json.loads(matcher("--home", home, "audit", "--json", "--about", "account:firm").out)
    assert [event["seq"] for event in told["events"]] == [2, 1]
    first = told["events"][0]
    assert (first["actor"], first["login"], first["verb"]) == ("operator", "", "token_made")
    assert first["subjects"][0] == {"noun": "account", "id": "firm"}
    assert told["next"] is None


@pytest.mark.parametrize("wrong", [("--about", "w1"), ("--since", "now"), ("--limit", "0")])
def test_what_is_no_question_is_refused(matcher: Run, home: Any, wrong: tuple[str, str]) -> None:
    ran = matcher("--home", home, "audit", *wrong)
    assert (ran.code, ran.out) == (2, "")


def test_a_noun_that_there_is_not_is_told(matcher: Run, home: Any) -> None:
    ran = matcher("--home", home, "audit", "--about", "song:1")
    assert (ran.code, ran.out) == (1, "")
    assert "song" in ran.err
