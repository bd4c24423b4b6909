"""Cursors: lead on in their own query, and nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.web.cursor import cursor, place_of
from matcher.web.problem import Problem

QUERY = {"q": "石墨烯", "mode": ["license"], "trl_min": None}


@given(st.integers(0, 10**9), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cursor_leads_to_its_place(after: int, last: str) -> None:
    made = cursor(QUERY, after, last)
    assert made.isascii()
    assert made.replace("-", "").replace("_", "").isalnum()
    assert place_of(made, QUERY, int, str) == [after, last]


@pytest.mark.parametrize("query", [{**QUERY, "q": "石墨"}, {**QUERY, "of": "need"}, {}])
def test_one_of_another_query_is_refused(query: dict[str, object]) -> None:
    with pytest.raises(Problem) as refused:
        place_of(cursor(QUERY, 10, "o1"), query, int, str)
    assert refused.value.status == 422
    assert refused.value.errors[0].loc == ("query", "cursor")


def test_one_that_was_tampered_with_leads_nowhere_else() -> None:
    """Some letters differ in bits that say nothing."""
    made = cursor(QUERY, 10, "o1")
    read = [one for one in (_read(other) for other in _tampered(made)) if one is not None]
    assert all(one == [10, "o1"] for one in read)
    assert len(read) < len(made) / 4


def _tampered(made: str) -> Iterator[str]:
    for at, letter in enumerate(made):
        yield made[:at] + ("A" if letter != "A" else "B") + made[at + 1 :]


def _read(text: str) -> list[object] | None:
    try:
        return place_of(text, QUERY, int, str)
    except Problem:
        return None


@pytest.mark.parametrize(
    "text",
    [
        *("x", "====", "石", "\x00", "bnVsbA", "MQ", "e30", "W10", "[" * 2000),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
    ],
)
def test_rubbish_is_no_cursor(text: str) -> None:
    with pytest.raises(Problem):
        place_of(text, QUERY, int, str)


def test_a_place_of_another_kind_is_refused() -> None:
    for place in ((True, "o1"), ("10", "o1"), (10,), (10, "o1", 1)):
        with pytest.raises(Problem):
            place_of(cursor(QUERY, *place), QUERY, int, str)
