"""States that share their memory are as good as copies."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.followed import Followed, Layers

changes = st.lists(st.dictionaries(st.integers(0, 30), st.integers(), max_size=4), max_size=20)


@given(steps=st.lists(st.lists(st.integers(), max_size=3), max_size=6))
def test_every_state_of_a_list_is_what_it_was(steps: list[list[int]]) -> None:
    states, wanted = [Followed[int]()], [list[int]()]
    for step in steps:
        states.append(states[-1].followed_by(step))
        wanted.append([*wanted[-1], *step])
    assert [list(state) for state in states] == wanted
    assert [len(state) for state in states] == [len(one) for one in wanted]
    assert [state[-2:] for state in states] == [one[-2:] for one in wanted]


def test_two_lists_that_follow_one_know_nothing_of_each_other() -> None:
    one = Followed([1])
    left, right = one.followed_by([2]), one.followed_by([3])
    assert (list(one), list(left), list(right)) == ([1], [1, 2], [1, 3])
    assert list(left.followed_by([4])) == [1, 2, 4]


@given(steps=changes)
def test_layers_say_what_was_said_last(steps: list[dict[int, int]]) -> None:
    none: Layers[int, int] = Layers()
    states, wanted = [none], [dict[int, int]()]
    for step in steps:
        states.append(states[-1].followed_by(step))
        wanted.append({**wanted[-1], **step})
    for state, one in zip(states, wanted, strict=True):
        assert {key: state.get(key, None) for key in range(31)} == {
            key: one.get(key) for key in range(31)
        }
        assert bool(state) == bool(one)


def test_layers_stay_few() -> None:
    one: Layers[int, int] = Layers()
    for key in range(1000):
        one = one.followed_by({key: key})
    assert len(one.layers) <= 10
