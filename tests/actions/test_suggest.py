"""Matches for a text that someone just wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.actions import suggest as module
from matcher.actions.suggest import Suggester, sample_suggester
from matcher.domain.enums import Language
from matcher.errors import MissingData
from matcher.recommend.matcher import Matcher

EN = Language.EN


@pytest.fixture
def suggester(tmp_path: Path) -> Suggester:
    outcomes, needs = tmp_path / "outcomes.csv", tmp_path / "needs.csv"
    outcomes.write_text("id,title\no1,graphene coating\no2,耐盐水稻育种\no3,graphene rice cooker\n")
    needs.write_text("id,title\nn1,salt tolerant rice\nn2,石墨烯涂层\n")
    return Suggester(outcomes, needs)


def test_it_ranks_across_languages_and_says_why(suggester: Suggester) -> None:
    found = suggester.suggest("石墨烯涂层", 1, EN)
    [row] = found.matches
    assert (row.candidate_id, row.candidate_title, row.rank) == ("o1", "graphene coating", 1)
    assert row.reason_texts[0].startswith("Terms in common: ")
    assert found.degraded == ()


def test_reasons_are_in_the_language_asked_for(suggester: Suggester) -> None:
    [row] = suggester.suggest("graphene coating", 1, Language.ZH).matches
    assert row.reason_texts[0].startswith("共同术语")


@pytest.mark.parametrize("text", ["გამარჯობა", "!?", "\ud800", "0\x00"])
def test_a_text_without_a_known_word_has_no_match(suggester: Suggester, text: str) -> None:
    assert suggester.suggest(text, 5, EN).matches == ()


def test_an_answer_does_not_depend_on_those_before(suggester: Suggester) -> None:
    first = suggester.suggest("graphene", 3, EN)
    suggester.suggest("quite other words 水稻", 3, EN)
    assert suggester.suggest("graphene", 3, EN) == first


def test_many_threads_learn_once_and_agree(
    suggester: Suggester, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[Matcher] = []
    learn = module._learn
    monkeypatch.setattr(module, "_learn", lambda *f: learned.append(m := learn(*f)) or m)
    texts = ["graphene", "水稻", "graphene coating", "rice"] * 4
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda text: suggester.suggest(text, 3, EN), texts))
    assert len(learned) == 1
    assert answers == [suggester.suggest(text, 3, EN) for text in texts]


def test_the_version_changes_with_the_files(suggester: Suggester, tmp_path: Path) -> None:
    before = suggester.suggest("rice", 1, EN).model_version
    (tmp_path / "needs.csv").write_text("id,title\nn1,another need\n")
    same_outcomes = Suggester(tmp_path / "outcomes.csv", tmp_path / "needs.csv")
    assert same_outcomes.suggest("rice", 1, EN).model_version != before


def test_a_file_that_is_not_there_is_said_when_asked(tmp_path: Path) -> None:
    suggester = Suggester(tmp_path / "none.csv", tmp_path / "none.csv")
    with pytest.raises(MissingData, match="no such file"):
        suggester.suggest("rice", 1, EN)


@pytest.mark.slow
def test_the_sample() -> None:
    found = sample_suggester().suggest("高掺钪氮化铝压电薄膜", 3, EN)
    assert found.matches[0].candidate_id == "O105"
