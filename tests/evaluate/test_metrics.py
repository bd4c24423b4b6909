"""Metrics against values worked out by hand, and what an interval must do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate.metrics import Estimate, estimate, measure

DOCUMENTS = [f"d{number}" for number in range(8)]


def ranked(*documents: str) -> list[tuple[str, float]]:
    return [(document, 1.0 / (place + 1)) for place, document in enumerate(documents)]


def test_values_worked_out_by_hand() -> None:
    run = {"q": ranked("a", "b", "c", "d")}
    qrels = {"q": {"b": 1, "d": 1, "z": 1}}
    found = measure(run, qrels, ["nDCG@10", "RR", "R@3", "P@4", "Success@1", "hit@2"])
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["nDCG@10"] == pytest.approx([(1 / math.log2(3) + 1 / math.log2(5)) / ideal])
    assert found["RR"] == pytest.approx([1 / 2])
    assert found["R@3"] == pytest.approx([1 / 3])
    assert found["P@4"] == pytest.approx([2 / 4])
    assert found["Success@1"] == pytest.approx([0])
    assert found["hit@2"] == pytest.approx([1])


def test_ndcg_takes_the_grade_as_gain() -> None:
    run = {"q": ranked("one", "three")}
    found = measure(run, {"q": {"three": 3, "one": 1}}, ["nDCG@10"])["nDCG@10"]
    assert found == pytest.approx([(1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))])


def test_rel_sets_the_lowest_grade_that_counts() -> None:
    run = {"q": ranked("one", "two", "other")}
    qrels = {"q": {"one": 1, "two": 2, "three": 3}}
    found = measure(run, qrels, ["RR", "RR(rel=2)", "R(rel=2)@20", "Success(rel=3)@10"])
    assert [values.tolist() for values in found.values()] == [[1.0], [0.5], [0.5], [0.0]]


def test_a_query_without_results_counts_as_zero_in_the_order_of_the_qrels() -> None:
    qrels = {"late": {"a": 1}, "empty": {"a": 1}, "absent": {"a": 1}, "early": {"a": 1}}
    run = {"early": ranked("a"), "empty": [], "late": ranked("b", "a"), "unjudged": ranked("a")}
    assert measure(run, qrels, ["RR"])["RR"].tolist() == [0.5, 0.0, 0.0, 1.0]


def test_the_order_counts_and_not_the_scores() -> None:
    tied = {"q": [("z", 1.0), ("a", 1.0), ("m", float("nan"))]}
    found = [measure(tied, {"q": {document: 1}}, ["RR"])["RR"][0] for document in "zam"]
    assert found == pytest.approx([1, 1 / 2, 1 / 3])


def test_without_queries_there_are_no_values() -> None:
    assert measure({}, {}, ["RR"])["RR"].shape == (0,)


def test_a_document_ranked_twice_is_refused() -> None:
    with pytest.raises(InvalidValue, match="twice for the query 'q'"):
        measure({"q": ranked("a", "a")}, {"q": {"a": 1}}, ["RR"])


@pytest.mark.parametrize("name", ["ndcg@10", "nDCG", "nDCG@x", "R@", "", "RR(rel=x)", "P@10 "])
def test_an_unknown_metric_is_refused_and_the_known_ones_named(name: str) -> None:
    with pytest.raises(UsageError, match="not a metric") as raised:
        measure({}, {}, [name])
    assert "nDCG@10" in str(raised.value)


@given(
    order=st.permutations(DOCUMENTS),
    grades=st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), min_size=1),
)
def test_metrics_stay_between_none_and_all_and_the_best_order_reaches_one(
    order: list[str], grades: dict[str, int]
) -> None:
    names = ["nDCG@10", "R@3", "P@3", "RR", "hit@3"]
    found = measure({"q": ranked(*order)}, {"q": grades}, names)
    assert all(0 <= values[0] <= 1 for values in found.values())
    best = sorted(DOCUMENTS, key=lambda document: -grades.get(document, 0))
    ideal = measure({"q": ranked(*best)}, {"q": grades}, names)
    assert ideal["nDCG@10"][0] == pytest.approx(float(any(grades.values())))
    assert all(ideal[name][0] >= found[name][0] - 1e-9 for name in names)


def test_the_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    values = np.random.default_rng(1).random(400)
    few, many = estimate(values[:40]), estimate(values)
    assert few.low < few.mean < few.high
    assert many.mean == pytest.approx(values.mean())
    assert many.high - many.low < (few.high - few.low) / 2
    assert many.queries == 400


def test_the_interval_is_that_of_the_normal_law_where_that_law_holds() -> None:
    values = np.random.default_rng(2).normal(0.5, 0.1, 500)
    found = estimate(values)
    half = 1.96 * values.std() / math.sqrt(500)
    assert found.low == pytest.approx(values.mean() - half, abs=half / 5)
    assert found.high == pytest.approx(values.mean() + half, abs=half / 5)


def test_the_interval_is_seeded() -> None:
    values = np.random.default_rng(3).random(30)
    assert estimate(values) == estimate(values)
    assert estimate(values, seed=1) != estimate(values, seed=2)


def test_a_constant_list_has_an_interval_without_width() -> None:
    assert estimate(np.full(5, 0.25)) == Estimate(0.25, 0.25, 0.25, 5)


def test_one_query_has_no_interval() -> None:
    with pytest.raises(UsageError, match="at least two queries, not 1"):
        estimate(np.array([0.5]))
