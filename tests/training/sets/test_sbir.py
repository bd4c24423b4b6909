"""SBIR cases never show a title where it gives the answer away, nor the future of a firm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training.sets import sbir


@pytest.fixture
def folder(tmp_path: Path, objects: Callable[..., Path], qrels: Callable[..., Path]) -> Path:
    objects(
        "queries.jsonl.gz",
        {"id": "N1", "title": "Cold Lasers", "text": "need a laser", "year": 2012},
        {"id": "N2", "title": "Warm Pumps", "text": "need a pump", "year": 2014},
        {"id": "N3", "title": "Unjudged", "text": "need nothing", "year": 2012},
    )
    objects(
        "corpus.jsonl.gz",
        award("A1", "F1", 2010, "Early Work"),
        award("A2", "F1", 2013, "cold lasers"),
        award("A3", "F2", 2012, "Twice Named"),
        award("A4", "F2", 2013, "Twice named"),
        award("A5", "F3", 2015, "Late Work"),
    )
    qrels("qrels.tsv", "N1 A2", "N2 A5")
    qrels("qrels_firms.tsv", "N1 F1", "N2 F2")
    return tmp_path


def award(id: str, firm: str, year: int, title: str) -> dict:
    return {"id": id, "firm_id": firm, "year": year, "title": title, "text": f"text of {id}"}


def test_needs_look_for_awards_by_text_alone(folder: Path) -> None:
    case = sbir.technology(folder)
    (part,) = case.parts
    assert [record["text"] for record in part.queries] == ["need a laser", "need a pump"]
    assert [record["id"] for record in part.candidates] == ["A1", "A2", "A3", "A4", "A5"]
    assert not any(record["title"] for record in (*part.queries, *part.candidates))


def test_firms_are_known_by_what_they_had_won_before(folder: Path) -> None:
    early, late = sbir.firms(folder).parts
    assert [record["id"] for record in early.queries] == ["N1"]
    assert {r["id"]: r["portfolio"] for r in early.candidates} == {"F1": ("text of A1",)}
    assert [record["id"] for record in late.queries] == ["N2"]
    assert {r["id"]: r["portfolio"] for r in late.candidates} == {
        "F1": ("text of A1", "text of A2"),
        "F2": ("text of A3", "text of A4"),
    }


def test_only_titles_that_stand_for_one_award_and_no_need_are_asked(folder: Path) -> None:
    case = sbir.titles(folder)
    (part,) = case.parts
    assert sorted(record["text"] for record in part.queries) == ["Early Work", "Late Work"]
    assert not any(record["title"] for record in part.candidates)
    answers = {query: set(documents) for query, documents in case.qrels.items()}
    assert answers == {"title of A1": {"A1"}, "title of A5": {"A5"}}


def test_the_sample_of_titles_is_seeded_and_of_its_size() -> None:
    awards = [award(f"A{number}", "F", 2010, f"t{number}") for number in range(50)]
    drawn = sbir.draw(awards, {"t0"}, 20)
    assert drawn == sbir.draw(awards, {"t0"}, 20)
    assert len({found["id"] for found in drawn} - {"A0"}) == 20
