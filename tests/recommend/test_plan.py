"""Pairs to managers: the optimum, compared with every possibility, and each rule that bound."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.plan import Shortfall, Unmet
from matcher.errors import InvalidValue, UsageError
from matcher.recommend.plan import MOST_LOST, NOBODY, Assignment, Permitted, Terms, assign


def permitted(
    table: dict[tuple[int, int], float],
    needs: list[int],
    outcomes: list[int] | None = None,
    conflicted: list[int] | None = None,
) -> Permitted:
    """table: value by pair and manager."""
    pairs, managers = zip(*table, strict=True) if table else ((), ())
    barred = np.zeros(len(needs), bool)
    barred[conflicted or []] = True
    return Permitted(
        np.array(pairs, np.int64),
        np.array(managers, np.int64),
        np.array(list(table.values()), np.float64),
        np.array(needs, np.int64),
        np.array(outcomes or range(len(needs)), np.int64),
        barred,
    )


def solved(
    table: dict[tuple[int, int], float],
    least: list[int],
    most: list[int],
    needs: list[int] | None = None,
    outcomes: list[int] | None = None,
    **terms: Any,
) -> Assignment:
    count = 1 + max((pair for pair, _ in table), default=-1)
    given_ = permitted(table, needs or list(range(count)), outcomes)
    return assign(given_, np.array(least), np.array(most), Terms(**terms))


def test_the_sum_counts_not_the_best_pair_alone() -> None:
    """Greedy takes .9 and is left with .1; .8 + .7 is more."""
    found = solved({(0, 0): 0.9, (0, 1): 0.7, (1, 0): 0.8, (1, 1): 0.1}, [0, 0], [1, 1])
    assert found.managers.tolist() == [1, 0]
    assert found.value == pytest.approx(1.5)
    assert found.best == pytest.approx(1.5)
    assert (found.unmet, found.short) == ({}, {})


def test_a_least_quota_counts_for_more_than_value() -> None:
    table = {(0, 0): 1.0, (0, 1): 0.1, (1, 0): 1.0, (1, 1): 0.2}
    assert solved(table, [0, 0], [2, 2]).managers.tolist() == [0, 0]
    assert solved(table, [0, 1], [2, 2]).managers.tolist() == [0, 1]


def test_each_pair_without_a_manager_says_which_rule_bound() -> None:
    table = {(0, 0): 0.9, (1, 0): 0.8, (2, 1): 0.05, (4, 1): 0.7, (5, 1): 0.6}
    given_ = permitted(table, [0, 1, 2, 3, 4, 4, 5], None, conflicted=[6])
    found = assign(given_, np.array([0, 0]), np.array([1, 9]), Terms(per_need=1, floor=0.1))
    assert found.managers.tolist() == [0, NOBODY, NOBODY, NOBODY, 1, NOBODY, NOBODY]
    assert found.unmet == {
        1: Unmet.QUOTA,
        2: Unmet.BELOW_FLOOR,
        3: Unmet.NO_MANAGER,
        5: Unmet.LIMIT,
        6: Unmet.CONFLICT,
    }


def test_a_manager_who_stays_below_the_least_says_why() -> None:
    """0 has no pair, 1 no room, 2 and 3 share one; 4 has what they want."""
    table = {(0, 1): 0.5, (1, 2): 0.5, (1, 3): 0.5, (2, 4): 0.5}
    found = solved(table, [1, 2, 1, 1, 1], [1, 1, 1, 1, 1])
    assert found.short[0] == (1, Shortfall.NO_PAIR)
    assert found.short[1] == (1, Shortfall.NO_ROOM)
    assert sorted(found.short) in ([0, 1, 2], [0, 1, 3])
    assert found.short[max(found.short)] == (1, Shortfall.SHARED)


def test_nothing_to_assign_is_an_empty_plan() -> None:
    found = solved({}, [1], [2], needs=[])
    assert (len(found.managers), found.value, found.unmet) == (0, 0.0, {})
    assert found.short == {0: (1, Shortfall.NO_PAIR)}
    nothing = solved({(0, 0): 0.0}, [0], [1])
    assert nothing.unmet == {0: Unmet.BELOW_FLOOR}


def test_limits_that_cross_are_solved_over_whole_numbers() -> None:
    """Any two of the three share a need, an outcome or a manager; three halves would be more."""
    table = {(0, 0): 0.8, (1, 1): 0.9, (2, 0): 0.7}
    found = solved(table, [0, 0], [1, 1], [0, 0, 1], [0, 1, 1], per_need=1, per_outcome=1)
    assert found.managers.tolist() == [NOBODY, 1, NOBODY]
    assert found.unmet == {0: Unmet.LIMIT, 2: Unmet.LIMIT}


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_a_value_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(InvalidValue, match="can't be worth"):
        solved({(0, 0): value}, [0], [1])


@pytest.mark.parametrize(
    "terms", [{"floor": 2}, {"fairness": -1}, {"per_need": 0}, {"per_outcome": 0}]
)
def test_terms_that_make_no_sense_are_refused(terms: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Terms(**terms)


PAIRS, MANAGERS = 4, 3
VALUES = st.dictionaries(
    st.tuples(st.integers(0, PAIRS - 1), st.integers(0, MANAGERS - 1)),
    st.integers(0, 8).map(lambda eighths: eighths / 8),
)
QUOTAS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=MANAGERS, max_size=MANAGERS
)
CODES = st.lists(st.integers(0, 2), min_size=PAIRS, max_size=PAIRS)
LIMIT = st.none() | st.integers(1, 2)


def brute_force(
    table: dict[tuple[int, int], float],
    quotas: list[tuple[int, int]],
    needs: list[int],
    outcomes: list[int],
    per_need: int | None,
    per_outcome: int | None,
) -> tuple[int, float]:
    """The least that must be missing of the least quotas, and the most value that goes with it."""
    options = [
        [None, *(m for m in range(MANAGERS) if table.get((pair, m), 0) > 0)]
        for pair in range(PAIRS)
    ]
    best = (math.inf, 0.0)
    for choice in itertools.product(*options):
        loads = [choice.count(m) for m in range(MANAGERS)]
        held = [pair for pair, m in enumerate(choice) if m is not None]
        if any(load > most for load, (_, most) in zip(loads, quotas, strict=True)):
            continue
        if exceeded(needs, held, per_need) or exceeded(outcomes, held, per_outcome):
            continue
        missing = sum(
            max(0, min(least, most) - load)
            for load, (least, most) in zip(loads, quotas, strict=True)
        )
        value = sum(table[(pair, choice[pair])] for pair in held)
        best = min(best, (missing, -value))
    return int(best[0]), -best[1]


def exceeded(codes: list[int], held: list[int], most: int | None) -> bool:
    counts = [sum(codes[pair] == code for pair in held) for code in set(codes)]
    return most is not None and max(counts) > most


@given(VALUES, QUOTAS, CODES, CODES, LIMIT, LIMIT)
def test_no_other_plan_is_better(
    table: dict[tuple[int, int], float],
    quotas: list[tuple[int, int]],
    needs: list[int],
    outcomes: list[int],
    per_need: int | None,
    per_outcome: int | None,
) -> None:
    least, most = (np.array(column) for column in zip(*quotas, strict=True))
    terms = Terms(per_need=per_need, per_outcome=per_outcome)
    found = assign(permitted(table, needs, outcomes), least, most, terms)
    loads = np.bincount(found.managers[found.managers != NOBODY], minlength=MANAGERS)
    missing = np.maximum(np.minimum(least, most) - loads, 0).sum()
    wanted = brute_force(table, quotas, needs, outcomes, per_need, per_outcome)
    assert (missing, pytest.approx(found.value)) == wanted
    assert (loads <= most).all()
    held = np.flatnonzero(found.managers != NOBODY).tolist()
    assert not exceeded(needs, held, per_need)
    assert not exceeded(outcomes, held, per_outcome)
    assert all(table[(pair, found.managers[pair])] == found.values[pair] for pair in held)
    assert set(found.unmet) == set(range(PAIRS)) - set(held)
    for pair, rule in found.unmet.items():
        who = [m for m in range(MANAGERS) if table.get((pair, m), 0) > 0]
        if rule is Unmet.QUOTA:
            assert who
            assert all(loads[m] == most[m] for m in who)
        else:
            assert bool(who) is (rule is Unmet.LIMIT)
    assert found.short.keys() == set(np.flatnonzero(loads < least).tolist())


def random_plan(seed: int, fairness: float, pairs: int = 120, managers: int = 20) -> Assignment:
    random = np.random.default_rng(seed)
    values = 1 / (1 + np.exp(-random.normal(size=(pairs, managers)) - random.normal(size=managers)))
    each, who = np.indices(values.shape)
    order = random.permutation(values.size)
    given_ = Permitted(
        each.ravel()[order],
        who.ravel()[order],
        values.ravel()[order],
        np.arange(pairs),
        np.arange(pairs),
        np.zeros(pairs, bool),
    )
    return assign(given_, np.full(managers, 1), np.full(managers, 15), Terms(fairness=fairness))


@pytest.mark.slow
@given(st.integers(0, 10**6), st.floats(0, 1))
@settings(max_examples=10)
def test_spreading_costs_no_more_than_it_may_and_never_spreads_less(
    seed: int, fairness: float
) -> None:
    plain, fair = random_plan(seed, 0), random_plan(seed, fairness)
    assert plain.value == pytest.approx(plain.best)
    assert fair.best == pytest.approx(plain.best)
    assert fair.value >= (1 - MOST_LOST * fairness) * plain.best - 1e-9
    assert (fair.managers != NOBODY).sum() == (plain.managers != NOBODY).sum()
    squares = [int((np.bincount(one.managers, minlength=20) ** 2).sum()) for one in (plain, fair)]
    assert squares[1] <= squares[0]


def test_more_fairness_spreads_the_load_more() -> None:
    spread = [np.bincount(random_plan(3, one).managers, minlength=20).std() for one in (0, 0.5, 1)]
    assert spread[0] > 1.3 * spread[1] > spread[2]


def test_the_order_of_the_entries_does_not_matter() -> None:
    table = {(0, 0): 0.5, (0, 1): 0.5, (1, 0): 0.5, (1, 1): 0.5, (2, 1): 0.5}
    plans = {
        tuple(solved(dict(order), [0, 0], [1, 1]).managers)
        for order in itertools.permutations(table.items())
    }
    assert len(plans) == 1
