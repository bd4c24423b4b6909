"""One id for three records."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.followup_id import PREFIX, followup_id

ids = st.text(max_size=4)
threes = st.tuples(ids, ids, ids)


@given(threes, threes)
def test_it_tells_any_two_threes_apart(
    one: tuple[str, str, str], two: tuple[str, str, str]
) -> None:
    assert (followup_id(*one) == followup_id(*two)) == (one == two)


def test_it_never_changes() -> None:
    assert followup_id("w1", "o1", "m1") == "F-44fa233cf10caa0d354e"
    assert followup_id("需求", "o1", "m1").startswith(PREFIX)
