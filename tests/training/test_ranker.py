"""What a case hands to the matcher, and what it takes from its ranking."""

import pytest

from matcher.domain.enums import Language
from matcher.domain.item import Item
from training import ranker
from training.sets.case import Part, as_record

TEXTS = {
    "coating": "wear resistant graphene coating for machine guideways",
    "rice": "salt tolerant rice breeding with molecular markers",
    "battery": "solid state battery electrolyte for electric vehicles",
    "pump": "magnetic drive pump without shaft seal for acid",
}
CANDIDATES = [as_record(id, text, lang="en") for id, text in TEXTS.items()]
QUERIES = [as_record("grower", "rice breeding", lang="en"), as_record("mill", "acid pump seal")]


def ranked(part: Part, depth: int = 10) -> dict[str, list[str]]:
    run = ranker.fit(part, depth).rank(None)
    return {query: [candidate for candidate, _ in pairs] for query, pairs in run.items()}


def test_a_record_becomes_an_item() -> None:
    record = as_record("c", "text", title="t", keywords=["k"], lang="zh", portfolio=["p"])
    assert ranker.as_item(record) == Item("c", "t", "text", ("k",), Language.ZH, ("p",))
    assert ranker.as_item(as_record("q")) == Item("q")


def test_the_matcher_ranks_what_fits_first_by_each_leg_and_by_all() -> None:
    fitted = ranker.fit(Part(QUERIES, CANDIDATES), 10)
    assert {"concepts", "content"} <= set(fitted.legs)
    for weights in (None, {leg: float(leg == "concepts") for leg in fitted.legs}):
        run = fitted.rank(weights)
        assert [run[query][0][0] for query in ("grower", "mill")] == ["rice", "pump"]


@pytest.mark.parametrize("depth", [1, 2])
def test_no_more_than_the_depth_are_ranked(depth: int) -> None:
    assert max(map(len, ranked(Part(QUERIES, CANDIDATES), depth).values())) <= depth


def test_known_pairs_and_what_may_not_be_ranked_are_left_out() -> None:
    known = [("grower", "rice", 1.0), ("mill", "coating", 1.0)]
    found = ranked(Part(QUERIES, CANDIDATES, known))
    assert "rice" not in found["grower"]
    assert found["mill"][0] == "pump"
    only = ranked(Part(QUERIES, CANDIDATES, only=frozenset(["rice", "coating"])))
    assert {candidate for ranking in only.values() for candidate in ranking} <= {"rice", "coating"}
