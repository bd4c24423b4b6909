"""A case can't be built so that it would measure something else than it says."""

import pytest

from matcher.errors import InvalidValue
from training.sets.case import Case, Part, Slice, among, answerable, as_record, asked


def records(*ids: str) -> list:
    return [as_record(id) for id in ids]


def case(parts: list[Part], qrels: dict[str, dict[str, int]], least: int = 1) -> Case:
    return Case("set/what", parts, qrels, ("RR",), least=least)


def test_a_record_has_every_key() -> None:
    assert as_record("a", "text") == {
        "id": "a",
        "title": "",
        "text": "text",
        "keywords": (),
        "lang": "",
        "portfolio": (),
    }


def test_a_part_may_rank_all_or_only_some_of_its_candidates() -> None:
    assert Part([], records("a", "b")).rankable == {"a", "b"}
    assert Part([], records("a", "b"), only=frozenset("bz")).rankable == {"b"}
    assert Part([], records("a"), only=frozenset()).rankable == set()


def test_queries_in_several_parts_make_one_case() -> None:
    parts = [Part(records("q"), records("a")), Part(records("r"), records("b"))]
    assert case(parts, {"q": {"a": 1}, "r": {"b": 1}}).qrels["r"] == {"b": 1}


@pytest.mark.parametrize(
    ("parts", "qrels", "message"),
    [
        ([Part(records("q"), records("a"))], {"r": {"a": 1}}, "'r' is not among the queries"),
        ([Part(records("q"), records("a"))] * 2, {"q": {"a": 1}}, "'q' is asked twice"),
        ([Part(records("q"), records("a"))], {"q": {"b": 1}}, "'b' can't be ranked"),
        ([Part(records("q"), records("a", "b"), only=frozenset("a"))], {"q": {"b": 1}}, "'b'"),
        ([Part(records("q"), records("a"))], {"q": {"a": 0}}, "'q' has no answer"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(
    parts: list[Part], qrels: dict[str, dict[str, int]], message: str
) -> None:
    with pytest.raises(InvalidValue, match=message) as raised:
        case(parts, qrels)
    assert "set/what" in str(raised.value)


def test_the_least_grade_makes_an_answer() -> None:
    parts = [Part(records("q"), records("a"))]
    assert case(parts, {"q": {"a": 2}}, least=2)
    with pytest.raises(InvalidValue, match="no answer"):
        case(parts, {"q": {"a": 1}}, least=2)


def test_a_slice_cuts_ranking_and_judgements_alike() -> None:
    same = Slice("same", lambda query, candidate: query[0] == candidate[0])
    run = {"a1": [("b1", 3.0), ("a2", 2.0), ("a1", 1.0)], "c1": [("a1", 1.0)]}
    assert same.run(run) == {"a1": [("a2", 2.0), ("a1", 1.0)], "c1": []}
    qrels = {"a1": {"a2": 2, "b1": 3}, "b1": {"a1": 3, "b1": 1}}
    assert same.qrels(qrels, least=1) == {"a1": {"a2": 2}, "b1": {"b1": 1}}
    assert same.qrels(qrels, least=2) == {"a1": {"a2": 2}}


def test_queries_that_nothing_answers_are_left_out() -> None:
    qrels = {"q": {"a": 2, "b": 0}, "r": {"a": 1}, "s": {}}
    assert answerable(qrels, 2) == {"q": {"a": 2, "b": 0}}
    assert among(qrels, records("b")) == {}
    assert among(qrels, records("a")) == {"q": {"a": 2}, "r": {"a": 1}}
    assert [record["id"] for record in asked(records("q", "x"), qrels)] == ["q"]
