"""The apostrophe before what looks like a formula goes on and comes off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files.formula import is_formula
from matcher.files.guard import guarded, unguarded


@given(st.text("'=+-@ab1", max_size=6))
def test_both_ways_give_the_text_back_and_no_cell_is_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula(guarded(text))


@pytest.mark.parametrize("text", ["'tis", "it's", "-5", "'", ""])
def test_other_texts_are_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_numbers_pass() -> None:
    assert unguarded(5) == 5
