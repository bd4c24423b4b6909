"""The sample that ships: its judgements fit its records, and its slices part the pairs."""

from pathlib import Path

import pytest

from matcher.errors import InvalidValue
from matcher.resources import data_path
from training.sets import sample

NEEDS = {"n-zh": frozenset(["zh"]), "n-both": frozenset(["zh", "en"])}
OUTCOMES = {"o-zh": frozenset(["zh"]), "o-en": frozenset(["en"])}


@pytest.mark.parametrize("noun", ["outcomes", "managers"])
def test_the_sample_reads_as_a_case(noun: str) -> None:
    case = sample.CASES[noun](data_path("sample"))
    (part,) = case.parts
    assert len(part.queries) == len(case.qrels) > 50
    assert all(record["text"] or record["title"] for record in part.queries)
    assert all(max(grades.values()) >= sample.ANSWER for grades in case.qrels.values())
    assert case.depth == len(part.candidates)


def test_managers_have_portfolios_and_outcomes_have_none() -> None:
    folder = data_path("sample")
    assert any(r["portfolio"] for r in sample.managers(folder).parts[0].candidates)
    assert not any(r["portfolio"] for r in sample.outcomes(folder).parts[0].candidates)


def test_every_judged_pair_is_in_one_of_the_slices() -> None:
    case = sample.outcomes(data_path("sample"))
    same, cross = case.slices
    pairs = [(need, outcome) for need, grades in case.qrels.items() for outcome in grades]
    assert all(same.keeps(*pair) != cross.keeps(*pair) for pair in pairs)
    shares = [sum(part.keeps(*pair) for pair in pairs) / len(pairs) for part in (same, cross)]
    assert min(shares) > 0.2


def test_a_need_in_both_languages_shares_one_with_everything() -> None:
    same, cross = sample.slices(NEEDS, OUTCOMES)
    assert (same.name, cross.name) == ("same-language", "cross-language")
    assert same.keeps("n-zh", "o-zh")
    assert cross.keeps("n-zh", "o-en")
    assert all(same.keeps("n-both", outcome) for outcome in OUTCOMES)


def test_languages_are_told_by_the_fields_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "needs.jsonl"
    path.write_text(
        '{"id": "a", "title": "x"}\n{"id": "b", "problem_en": "x"}\n'
        '{"id": "c", "statement": "x", "title_en": "y"}\n{"id": "d"}\n',
        encoding="utf-8",
    )
    found = {id: sorted(spoken) for id, spoken in sample.languages(path).items()}
    assert found == {"a": ["zh"], "b": ["en"], "c": ["en", "zh"], "d": []}


def test_judgements_are_read_by_kind(tmp_path: Path) -> None:
    path = tmp_path / "judgements.tsv"
    head = "need_id\tkind\tcandidate_id\tgrade\n"
    path.write_text(f"{head}N1\toutcome\tO1\t3\nN1\tmanager\tM1\t0\n", encoding="utf-8")
    assert sample.read_judgements(path, "outcome") == {"N1": {"O1": 3}}
    assert sample.read_judgements(path, "manager") == {"N1": {"M1": 0}}
    path.write_text(f"{head}N1\toutcome\tO1\tgood\n", encoding="utf-8")
    with pytest.raises(InvalidValue, match="'good' is not a grade"):
        sample.read_judgements(path, "outcome")
