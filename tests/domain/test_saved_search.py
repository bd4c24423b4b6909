"""A saved search: what it may be, what its owner knows of it, and names that can be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.domain.saved_search import LONGEST_NAME, MOST_KNOWN, SavedSearch, neat_name
from matcher.errors import InvalidValue

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def saved(**more: object) -> SavedSearch:
    values = {"id": "S-1", "account": "A1", "name": "涂层", "created_at": NOON, "looked_at": NOON}
    return SavedSearch(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("account", " "),
        ("name", "\t"),
        ("name", "x" * (LONGEST_NAME + 1)),
        ("query", "x" * 2001),
        ("noun", Noun.MANAGER),
        ("created_at", NOON.replace(tzinfo=None)),
        ("looked_at", NOON.replace(tzinfo=None)),
    ],
)
def test_what_cant_be_a_search_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(InvalidValue) as refused:
        saved(**{field: value})
    assert refused.value.where["field"] == field


def test_what_was_seen_last_is_remembered_longest() -> None:
    earlier = tuple(f"o{n}" for n in range(MOST_KNOWN))
    search = saved(known=earlier).seen(["new", "o3"], NOON + HOUR)
    assert search.known[:3] == ("new", "o3", "o0")
    assert len(search.known) == len(set(search.known)) == MOST_KNOWN
    assert earlier[-1] not in search.known
    assert search.looked_at == NOON + HOUR


def test_a_clock_that_went_back_takes_no_look_back() -> None:
    assert saved().seen([], NOON - HOUR).looked_at == NOON


@given(st.text(max_size=40))
def test_a_name_is_one_line_of_what_can_be_seen(text: str) -> None:
    name = neat_name(text)
    assert name == name.strip() == neat_name(name)
    assert name.isprintable()
    assert "  " not in name


def test_a_name_keeps_its_words_and_loses_marks_of_direction() -> None:
    assert neat_name("  石墨烯\u202e \n coating\0 ") == "石墨烯 coating"
