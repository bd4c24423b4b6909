"""An array that grows is what `concatenate` makes, and every state stays what it was."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.grown import Grown

batches = st.lists(st.lists(st.integers(-9, 9), max_size=90), max_size=6)


@given(first=st.lists(st.integers(-9, 9), max_size=9), steps=batches)
def test_every_state_is_what_was_put_together_until_then(
    first: list[int], steps: list[list[int]]
) -> None:
    states, wanted = [Grown.of(np.array(first, np.int32))], [list(first)]
    for step in steps:
        states.append(states[-1].followed_by(np.array(step, np.int32)))
        wanted.append([*wanted[-1], *step])
    assert [state.values.tolist() for state in states] == wanted
    assert {state.values.dtype for state in states} == {np.dtype(np.int32)}


def test_two_that_follow_one_know_nothing_of_each_other() -> None:
    one = Grown.of(np.array([1, 2]))
    left, right = one.followed_by(np.array([3])), one.followed_by(np.array([4]))
    assert left.followed_by(np.array([5])).values.tolist() == [1, 2, 3, 5]
    assert right.values.tolist() == [1, 2, 4]
    assert one.values.tolist() == [1, 2]


def test_what_is_there_is_not_copied_again() -> None:
    one = Grown.of(np.arange(1000))
    memories = set()
    for _ in range(2000):
        one = one.followed_by(np.array([7]))
        memories.add(id(one.room))
    assert len(memories) <= 3


def test_what_was_given_may_be_reused_and_what_is_there_not_written_to() -> None:
    given_array = np.array([1, 2])
    one = Grown.of(given_array)
    given_array[:] = 9
    assert one.values.tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        one.values[0] = 5
