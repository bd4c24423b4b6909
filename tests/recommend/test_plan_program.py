"""The program of a plan: whole solutions, least quotas before value, limits that cross."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest

from matcher.errors import MatcherError
from matcher.recommend.plan_program import Limit, Program

# Any two entries share a need, an outcome or a manager.
PAIRS, MANAGERS = [0, 1, 2], [0, 1, 0]
NEEDS, OUTCOMES = np.array([0, 0, 1]), np.array([0, 1, 1])
CROSSING = [Limit(NEEDS, 1), Limit(OUTCOMES, 1)]


def program(
    values: Sequence[float],
    least: Sequence[int] = (0, 0),
    most: Sequence[int] = (1, 1),
    limits: Sequence[Limit] = (),
) -> Program:
    arrays = np.array(PAIRS), np.array(MANAGERS), np.array(values, np.float64)
    return Program(*arrays, np.array(least), np.array(most), limits)


def test_the_best_of_what_quotas_allow_is_chosen() -> None:
    assert program([0.8, 0.9, 0.7]).best().tolist() == [True, True, False]
    assert program([0.8, 0.9, 0.7], most=(2, 1)).best().all()
    assert not program([0.8, 0.9, 0.7], most=(0, 0)).best().any()


def test_limits_that_cross_give_a_whole_choice() -> None:
    assert program([0.8, 0.9, 0.7], limits=CROSSING).best().tolist() == [False, True, False]


def test_least_quotas_come_before_value() -> None:
    plain = program([0.1, 0.9, 0.1], limits=CROSSING).best()
    wanted = program([0.1, 0.9, 0.2], least=(1, 0), limits=CROSSING).best()
    assert (plain.tolist(), wanted.tolist()) == ([False, True, False], [False, False, True])


def test_what_nobody_can_meet_leaves_the_rest_as_it_was() -> None:
    assert program([0.8, 0.9, 0.7], least=(3, 1), most=(3, 2)).best().all()


def test_a_falling_bonus_brings_loads_nearer_to_each_other() -> None:
    pairs, managers = np.repeat(np.arange(4), 2), np.tile([0, 1], 4)
    values = np.tile([0.6, 0.5], 4)
    one = Program(pairs, managers, values, np.zeros(2, np.int64), np.array([4, 4]))
    assert np.bincount(managers[one.best()], minlength=2).tolist() == [4, 0]
    spread = one.best(np.array([0.35, 0.2, 0.05]))
    assert np.bincount(managers[spread]).tolist() == [2, 2]


def test_what_the_solver_cannot_solve_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = SimpleNamespace(status=1, message="iteration limit", x=None)
    monkeypatch.setattr("scipy.optimize.linprog", lambda *_, **__: failed)
    with pytest.raises(MatcherError, match="iteration limit"):
        program([0.8, 0.9, 0.7]).best()


def test_fractions_are_never_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    halves = SimpleNamespace(status=0, message="optimal", x=np.full(3, 0.5))
    monkeypatch.setattr("scipy.optimize.linprog", lambda *_, **__: halves)
    with pytest.raises(MatcherError, match="couldn't be solved"):
        program([0.8, 0.9, 0.7]).best()
