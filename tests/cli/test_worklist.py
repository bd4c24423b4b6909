"""`matcher worklist` over a platform, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.bootstrap import open_platform
from matcher.settings import Settings
from matcher.store import events

Run = Callable[..., Any]

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_a_script_gets_the_list(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher("--home", standard_settings.home, "worklist", "--manager", "m2", "--json")
    found = json.loads(ran.out)
    assert found["manager"] == "m2"
    # o4 suits the need better; o3 suits the manager so much more that the pair is worth more.
    assert [(row["need"], row["outcome"]) for row in found["rows"]][:2] == [
        ("w2", "o3"),
        ("w2", "o4"),
    ]


def test_a_person_reads_the_pair_and_why(matcher: Run, standard_settings: Settings) -> None:
    home = standard_settings.home
    ran = matcher("--home", home, "worklist", "--manager", "m2", "-n", "1", "--lang", "en")
    assert "w2  废旧电池" in ran.out.splitlines()[0]
    assert "→ o3  Lithium battery recycling" in ran.out
    assert "Terms in common" in ran.out
    assert "Watch: no price stated" in ran.out
    same = matcher("--home", home, "suggest", "--manager", "m2", "-k", "1", "--lang", "en")
    assert same.out == ran.out


def test_an_empty_list_says_why(matcher: Run, standard_settings: Settings) -> None:
    home = standard_settings.home
    worklist = ("--home", home, "worklist", "--manager", "m2", "--lang", "en")
    while rows := json.loads(matcher(*worklist, "--json").out)["rows"]:
        for row in rows:
            pair = ("--need", row["need"], "--outcome", row["outcome"], "--manager", "m2")
            matcher("--home", home, "followup", "decline", *pair, "--reason", "price")
    ran = matcher(*worklist, "--peek")
    assert (ran.code, ran.out) == (0, "")
    assert "were dealt with" in ran.err


def test_a_look_of_the_operator_counts_only_where_they_say_so(
    matcher: Run, standard_settings: Settings
) -> None:
    def shown() -> int:
        with open_platform(standard_settings) as platform, platform.database.reading() as session:
            return len(list(events.read(session, verbs=["shown", "explored"])))

    asked = ("--home", standard_settings.home, "worklist", "--manager", "m2")
    matcher(*asked)
    matcher(*asked, "--peek")
    assert shown() == 0
    assert matcher(*asked, "--count").code == 0
    assert shown() > 0


def test_what_cannot_be_is_refused(matcher: Run, standard_settings: Settings) -> None:
    home = standard_settings.home
    assert matcher("--home", home, "worklist").code == 2
    assert "'m9'" in matcher("--home", home, "worklist", "--manager", "m9").err
    assert matcher("--home", home, "worklist", "--manager", "m2", "-n", "0").code == 2
    bad_day = matcher("--home", home, "worklist", "--manager", "m2", "--day", "soon")
    assert (bad_day.code, "YYYY-MM-DD" in bad_day.err) == (2, True)
