"""What a pooling is worth where it wasn't chosen."""

from __future__ import annotations

import numpy as np
import pytest

from training.pooling import Tried, as_lines, chosen, cross_validated, grid, transferred, tried
from training.ranker import fit
from training.sets.case import Case, Part, as_record


def found(values: list[list[float]], case: str = "firms") -> Tried:
    return Tried(case, grid(1), {"RR": np.array(values)})


def test_the_shares_of_a_grid_sum_to_1_and_no_pooling_is_there_twice() -> None:
    poolings = grid(5)
    assert len(poolings) == 21
    assert all(one.whole + one.best + one.top_three == pytest.approx(1) for one in poolings)
    assert len({(one.whole, one.best) for one in poolings}) == 21


def test_of_equals_the_first_is_chosen() -> None:
    assert chosen(found([[0, 0], [1, 0], [0, 1]])) == 1
    assert chosen(found([[0, 0], [1, 0], [0, 1]]), np.array([1])) == 2


def test_a_query_is_measured_by_what_was_chosen_without_it() -> None:
    """Each pooling is right for one query alone: chosen without it, another one is taken."""
    values = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert cross_validated(found(values), folds=3, repeats=4)["RR"].tolist() == [0, 0, 0]


def test_what_is_best_for_all_is_best_where_it_is_held_out() -> None:
    values = [[0.2] * 10, [0.9] * 10, [0.1] * 10]
    np.testing.assert_allclose(cross_validated(found(values))["RR"], 0.9)


def test_what_was_chosen_elsewhere_is_told_with_its_interval() -> None:
    here, there = found([[1, 1], [0, 0], [0, 0]], "here"), found([[0.5, 0.5], [1, 1], [0, 0]])
    assert transferred(here, there) == (
        "here → firms: whole 0, best 0, top three 1: RR 0.500 [0.500, 0.500]"
    )
    assert as_lines(there) == [
        "firms: best on all queries whole 0, best 1, top three 0",
        "  RR 1.000, cross-validated 1.000 [1.000, 1.000]",
    ]


def test_each_pooling_ranks_the_portfolios_of_a_case() -> None:
    """One good text among others is best by its best text, and not by all of them as one."""
    query = as_record("q", "graphene coating for guideways")
    others = ["rice breeding in saline soil", "weld inspection", "lithium recovery"]
    specialist = as_record("one", portfolio=["graphene coating for guideways", *others])
    generalist = as_record("many", portfolio=["graphene coating", "graphene guideways"])
    case = Case(
        name="firms",
        parts=[Part([query], [specialist, generalist])],
        qrels={"q": {"one": 1}},
        metrics=("RR",),
    )
    told = tried(case, fit, grid(1))
    worth = dict(zip(((one.whole, one.best) for one in grid(1)), told.values["RR"], strict=True))
    assert worth[0, 1].tolist() == [1.0]
    assert worth[1, 0].tolist() == [0.5]
