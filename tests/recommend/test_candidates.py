"""Candidates keep their places, whatever comes and goes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.item import Facts, Item
from matcher.recommend.candidates import Candidates, Joined
from matcher.recommend.followed import Followed

FIRST = [Item(id_, facts=Facts(trl=place + 1)) for place, id_ in enumerate("abc")]
LATER = [Item("a", "new"), Item("d")]


def test_joined_items_are_one_sequence() -> None:
    joined, plain = Joined(FIRST, Followed(LATER)), [*FIRST, *LATER]
    assert list(joined) == plain
    assert len(joined) == 5
    for place in range(-5, 5):
        assert joined[place] == plain[place]
    assert joined[1:4] == plain[1:4]
    assert joined[::-2] == plain[::-2]
    for beyond in (5, -6):
        with pytest.raises(IndexError):
            joined[beyond]


def test_what_was_given_is_live_and_found() -> None:
    made = Candidates.of(FIRST)
    assert list(made) == FIRST
    assert made.live.all()
    assert made.places(["c", "x", "a"]).tolist() == [2, 0]
    assert made.ids_at(np.array([1, 0])).tolist() == ["b", "a"]
    assert made.columns.numbers["trl"].tolist() == [1, 2, 3]


def test_a_replaced_item_has_a_new_place_and_the_old_one_is_dead() -> None:
    before = Candidates.of(FIRST)
    after = before.without(["a", "x"]).with_items(LATER)
    assert list(after) == [*FIRST, *LATER]
    assert after.live.tolist() == [False, True, True, True, True]
    assert after.places("abcd").tolist() == [3, 1, 2, 4]
    assert after.ids_at(np.arange(5)).tolist() == ["a", "b", "c", "a", "d"]
    assert len(after.columns) == 5
    assert before.live.all()
    assert len(before) == len(before.columns) == 3
    assert before.places("a").tolist() == [0]


@given(steps=st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=10))
def test_the_live_ones_are_those_that_are_there(steps: list[tuple[str, bool]]) -> None:
    made, there = Candidates.of(FIRST), {item.id: item for item in FIRST}
    for number, (id_, comes) in enumerate(steps):
        made = made.without([id_])
        there.pop(id_, None)
        if comes:
            there[id_] = Item(id_, f"{number}")
            made = made.with_items([there[id_]])
    assert {item.id: item for item, live in zip(made, made.live, strict=True) if live} == there
    assert made.live.sum() == len(there)
    for id_ in "abcd":
        assert [made[place] for place in made.places([id_])] == [
            item for item in there.values() if item.id == id_
        ]
