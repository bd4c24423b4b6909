"""Pages of a list hold all of it, each entry once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.paged import Paged, paged


@given(st.integers(0, 20), st.integers(1, 7))
def test_pages_hold_everything_once(size: int, limit: int) -> None:
    whole = [str(number) for number in range(size)]
    found: list[str] = []
    page: Paged[str] = paged(whole, str, "", limit)
    found += page.rows
    while page.next is not None:
        assert len(page.rows) == limit
        assert page.next == page.rows[-1]
        page = paged(whole, str, page.next, limit)
        assert page.rows
        found += page.rows
    assert found == whole


def test_behind_what_is_not_in_the_list_there_is_nothing() -> None:
    assert paged(["a", "b"], str, "c", 5) == Paged((), None)
