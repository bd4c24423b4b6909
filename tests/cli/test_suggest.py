"""`matcher suggest` over a platform, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.settings import Settings

Run = Callable[..., Any]

# The database is named by the settings of --home: a file.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("arguments", "noun", "best"),
    [
        (("--need", "w2"), "outcome", "o4"),
        (("--need", "w2", "--to", "managers"), "manager", "m2"),
        (("--outcome", "o5"), "need", "w3"),
        (("--outcome", "o1", "--to", "managers"), "manager", "m1"),
    ],
)
def test_the_best_of_each_relation(
    arguments: tuple[str, ...], noun: str, best: str, matcher: Run, standard_settings: Settings
) -> None:
    ran = matcher("--home", standard_settings.home, "suggest", *arguments, "--json")
    answer = json.loads(ran.out)
    assert (answer["noun"], answer["matches"][0]["candidate_id"]) == (noun, best)


def test_a_person_sees_what_for_and_why(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher("--home", standard_settings.home, "suggest", "--need", "w1", "--lang", "en")
    assert ran.out.splitlines()[0].split() == ["w1", "Graphene", "coating", "wanted"]
    assert "Terms in common" in ran.out


@pytest.mark.parametrize(
    "arguments", [(), ("--need", "w1", "--outcome", "o1"), ("--need", "w1", "--manager", "m1")]
)
def test_it_is_for_one_record(
    arguments: tuple[str, ...], matcher: Run, standard_settings: Settings
) -> None:
    ran = matcher("--home", standard_settings.home, "suggest", *arguments)
    assert ran.code == 2
    assert "--need" in ran.err


def test_what_is_not_there_and_what_does_not_go_together(
    matcher: Run, standard_settings: Settings
) -> None:
    home = standard_settings.home
    assert "'w9'" in matcher("--home", home, "suggest", "--need", "w9").err
    assert matcher("--home", home, "suggest", "--need", "w1", "--to", "needs").code == 2


def test_for_a_manager_it_is_their_worklist(matcher: Run, standard_settings: Settings) -> None:
    home = standard_settings.home
    ran = matcher("--home", home, "suggest", "--manager", "m2", "-k", "1", "--json")
    listed = matcher("--home", home, "worklist", "--manager", "m2", "-n", "1", "--json")
    assert json.loads(ran.out) == json.loads(listed.out)
    # Of the two outcomes of battery recycling, the one that suits the manager more.
    assert [row["outcome"] for row in json.loads(ran.out)["rows"]] == ["o3"]


def test_what_a_worklist_does_not_heed_is_refused(
    matcher: Run, standard_settings: Settings
) -> None:
    ran = matcher("--home", standard_settings.home, "suggest", "--manager", "m2", "--trl-min", 3)
    assert (ran.code, "trl_min" in ran.err) == (2, True)
