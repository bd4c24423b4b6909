"""What was done with lists, and what of it was known when."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.simulation.population import NO_END
from training.simulation.reactions import END, Exit, Reactions, joined
from training.simulation.world import START

DAY = START.toordinal()


def reactions(days: list[int], steps: list[list[int]] | None = None) -> Reactions:
    """One list a row; steps: the days of the chain, then of a decline (0 for none)."""
    count = len(days)
    table = np.full((count, END + 1), NO_END, np.int32)
    for row, (*chain, end) in enumerate(steps or []):
        table[row, : len(chain)] = chain
        table[row, END] = end or NO_END
    zeros = np.zeros(count, np.int32)
    return Reactions(
        managers=zeros,
        needs=np.arange(count, dtype=np.int32),
        outcomes=zeros,
        days=np.array(days, np.int32),
        lists=np.arange(count, dtype=np.int64),
        positions=zeros + 1,
        propensities=np.ones(count),
        explored=np.zeros(count, bool),
        examined=np.ones(count, bool),
        furthest=((table[:, :END] != NO_END).sum(axis=1) - 1).astype(np.int8),
        exits=np.where(table[:, END] != NO_END, Exit.DECLINED, Exit.OPEN).astype(np.int8),
        reasons=np.where(table[:, END] != NO_END, 5, -1).astype(np.int8),
        steps=table,
    )


def test_a_pair_is_as_far_as_it_had_come_by_the_day() -> None:
    whole = reactions([10], [[10, 14, 20, 31]])
    found = [
        (int(known.furthest[0]), Exit(known.exits[0]), int(known.reasons[0]))
        for known in (whole.known(day) for day in (11, 15, 21, 31, 32))
    ]
    assert found == [
        (0, Exit.OPEN, -1),
        (1, Exit.OPEN, -1),
        (2, Exit.OPEN, -1),
        (2, Exit.OPEN, -1),
        (2, Exit.DECLINED, 5),
    ]


def test_lists_of_the_day_itself_are_not_known_before_it() -> None:
    assert reactions([10, 11, 12]).known(11).days.tolist() == [10]


def test_a_decline_at_once_is_told_from_one_after_acceptance() -> None:
    found = reactions([10, 10, 10], [[10, 20], [0], [10]])
    assert found.accepted.tolist() == [True, False, False]
    found = reactions([10, 10, 10], [[10, 20], [10], [0]])
    assert found.declined_at_once.tolist() == [False, True, False]
    assert found.touched.tolist() == [True, True, False]


@given(st.integers(-5, 200), st.integers(-5, 200))
def test_what_is_known_on_a_day_does_not_depend_on_having_asked_later(one: int, other: int) -> None:
    whole = reactions([1, 40, 90], [[1, 30, 60, 0], [40], [90, 95, 100, 120]])
    early, late = sorted((one, other))
    for field in fields(Reactions):
        direct = getattr(whole.known(early), field.name)
        assert np.array_equal(direct, getattr(whole.known(late).known(early), field.name))


def test_months_are_joined_in_order_of_time_with_lists_numbered_anew() -> None:
    whole = joined([reactions([DAY + 3, DAY + 5]), reactions([DAY + 4, DAY + 4])])
    assert whole.days.tolist() == [DAY + 3, DAY + 4, DAY + 4, DAY + 5]
    assert whole.needs.tolist() == [0, 0, 1, 1]
    assert whole.lists.tolist() == [0, 1, 2, 3]


def test_lists_stay_whole_when_they_are_joined(history: Reactions) -> None:
    half = history.days < np.median(history.days)
    whole = joined([history.where(~half), history.where(half)])
    for field in fields(Reactions):
        assert np.array_equal(getattr(whole, field.name), getattr(history, field.name))


def test_nothing_is_no_history() -> None:
    assert len(joined([reactions([])])) == 0
    with pytest.raises(ValueError, match="need at least one array"):
        joined([])
