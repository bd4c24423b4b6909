"""`matcher search` over a platform, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role, Visibility
from matcher.settings import Settings
from matcher.store import accounts
from tests.platforms import NOW, outcome, put

Run = Callable[..., Any]

# The database is named by the settings of --home: a file.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_a_chinese_word_finds_both_languages(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher(
        "--home", standard_settings.home, "search", "锂电池 回收", "-k", "2", "--lang", "zh"
    )
    assert ran.code == 0
    assert ran.out.splitlines()[0].strip() == "锂电池 回收"
    assert "o3" in ran.out
    assert "o4" in ran.out
    assert "共同术语" in ran.out


def test_json_carries_what_a_script_needs(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher("--home", standard_settings.home, "search", "graphene", "--json")
    answer = json.loads(ran.out)
    assert answer["noun"] == "outcome"
    assert answer["model_version"].startswith("0001-")
    assert answer["matches"][0]["candidate_id"] == "o1"
    assert answer["degraded"] == []


def test_other_nouns(matcher: Run, standard_settings: Settings) -> None:
    for noun, best in (("needs", "w1"), ("managers", "m1")):
        ran = matcher("--home", standard_settings.home, "search", "石墨烯", "--in", noun, "--json")
        assert json.loads(ran.out)["matches"][0]["candidate_id"] == best


def test_without_words_the_newest(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher("--home", standard_settings.home, "search", "", "--json")
    assert json.loads(ran.out)["found"] == 5


def test_nothing_found_is_said(matcher: Run, standard_settings: Settings) -> None:
    ran = matcher("--home", standard_settings.home, "search", "გამარჯობა")
    assert (ran.code, ran.out.strip()) == (0, "")
    assert "Nothing was found" in ran.err


def test_as_an_account_one_sees_less(matcher: Run, platform: Platform) -> None:
    with platform.database.writing() as session:
        account = Account(id="a", login="li", roles=(Role.ENTERPRISE,), node="n3")
        accounts.add(session, account, at=NOW)
    hidden = outcome("secret", "zorbexite", node="n2", visibility=Visibility.MEMBERS)
    put(platform, Noun.OUTCOME, hidden)
    home = platform.settings.home
    assert "secret" in matcher("--home", home, "search", "zorbexite").out
    ran = matcher("--home", home, "search", "zorbexite", "--as", "li")
    assert "secret" not in ran.out + ran.err
    assert matcher("--home", home, "search", "x", "--as", "nobody").code == 1
