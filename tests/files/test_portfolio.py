"""Portfolios: entries in cells, ids resolved, unknown ids noted."""

from typing import Any

import pytest

from matcher.files.notices import Code, Notices
from matcher.files.portfolio import (
    NO_PORTFOLIO,
    Portfolio,
    looks_like_id,
    read_entries,
    resolve,
)

GIVEN = Portfolio({"A1": "pump", "first": "valve"}, given=True)


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        (["A1", 7, "", None, "long text"], ("A1", "7", "long text")),
        ([{"title": "t", "text": "x", "value": 3, "mode": "license"}], ("t\nx",)),
        ("A1, A2;A3 A4", ("A1", "A2", "A3", "A4")),
        ("A1 first", ("A1", "first")),
        ("a pump for wells, deep\n a valve \n\n", ("a pump for wells, deep", "a valve")),
        ("水泵，深井用|阀门", ("水泵，深井用", "阀门")),
        ('["a, b", "A1"]', ("a, b", "A1")),
        (None, ()),
        ("", ()),
        (12.0, ("12",)),
    ],
)
def test_entries_of_a_cell(cell: Any, entries: tuple[str, ...]) -> None:
    assert read_entries(cell, GIVEN) == entries


@pytest.mark.parametrize("text", ["A197137", "O-12", "en:1.0.0", "12", "N00391"])
def test_ids(text: str) -> None:
    assert looks_like_id(text)


@pytest.mark.parametrize("text", ["pump", "水泵12", "A 1", "", "x" * 64 + "1", "-1"])
def test_no_ids(text: str) -> None:
    assert not looks_like_id(text)


def resolved(entries: list[str], portfolio: Portfolio) -> tuple[tuple[str, ...], list[Code]]:
    notices = Notices("f")
    texts = resolve(entries, portfolio, notices, row=3, column="portfolio")
    assert all((n.row, n.column) == (3, "portfolio") for n in notices)
    return texts, [n.code for n in notices]


def test_an_id_wins_over_a_text() -> None:
    assert resolved(["first", "A1", "my pump"], GIVEN) == (("valve", "pump", "my pump"), [])


def test_an_unknown_id_is_left_out_and_noted() -> None:
    assert resolved(["A1", "A9"], GIVEN) == (("pump",), [Code.UNKNOWN_PORTFOLIO_ID])


def test_ids_without_a_portfolio_file_are_kept_and_noted() -> None:
    assert resolved(["A1", "my pump"], NO_PORTFOLIO) == (
        ("A1", "my pump"),
        [Code.PORTFOLIO_LOOKS_LIKE_IDS],
    )


def test_a_record_without_text_adds_nothing() -> None:
    assert resolved(["A1"], Portfolio({"A1": ""}, given=True)) == ((), [])
