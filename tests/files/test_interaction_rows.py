"""Interactions from a table."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from matcher.domain.interaction import Interaction
from matcher.errors import InvalidValue
from matcher.files.draft import Draft
from matcher.files.interaction_rows import build_interaction, read_interaction
from matcher.files.own_rows import Place

Make = Callable[..., Draft]


def made(row: Draft, namespace: str = "") -> Interaction:
    read_interaction(row, Place(namespace))
    row.fields["id"] = "i1"
    return build_interaction(row)


def test_a_pair_with_a_weight_and_a_time(draft: Make) -> None:
    found = made(draft(need="n1", outcome="x:o1", weight="2.5", at="2026-03-01"), "zj")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert found == Interaction(id="i1", need="zj:n1", outcome="x:o1", weight=2.5, at=at)


def test_a_blank_weight_is_one(draft: Make) -> None:
    assert made(draft(need=7, manager="m1")) == Interaction(id="i1", need="7", manager="m1")


@pytest.mark.parametrize(
    "values",
    [
        {"need": "n1"},
        {"need": "n1", "outcome": "o1", "weight": "often"},
        {"need": "n1", "outcome": "o1", "weight": -1},
        {"need": "n1", "outcome": "o1", "weight": float("nan")},
        {"need": "n1", "outcome": "o1", "weight": 1e9},
    ],
)
def test_one_party_and_a_weight_that_is_none_refuse(draft: Make, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        made(draft(**values))


def test_a_time_that_cannot_be_read_is_noted(draft: Make) -> None:
    row = draft(need="n1", outcome="o1", at="once")
    assert made(row).at is None
    assert row.original == {"at": "once"}
