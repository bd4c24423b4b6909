"""What results may be narrowed to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from matcher.domain.enums import Language, Noun, TransferMode
from matcher.recommend.filters import Filters
from matcher.web.facets import MOST, chips, groups, rolled
from matcher.web.lookup import Lookup
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EN = Say(Language.EN, NOW)
COUNTS = {
    "field": {"04": 1, "0401": 2, "010101": 3, "xx": 1},
    "region": {"330100": 4, "331000": 2, "110105": 1},
    "trl": {"4": 2, "7": 3, "9": 1},
    "modes": {"license": 5},
    "pay_after_use": {"yes": 2},
}


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def told(lookup: Lookup) -> dict[str, list[tuple[str, int | None, bool]]]:
    return {
        group.title: [(one.label, one.count, one.chosen) for one in group.choices]
        for group in groups(lookup, COUNTS, EN)
    }


def test_counts_are_added_up_below_what_is_chosen() -> None:
    assert rolled("regions", COUNTS["region"], "") == {"330000": 6, "110000": 1}
    assert rolled("regions", COUNTS["region"], "330000") == {"330100": 4, "331000": 2}
    assert rolled("fields", COUNTS["field"], "") == {"04": 3, "01": 3, "xx": 1}
    assert rolled("fields", COUNTS["field"], "04") == {"0401": 2}
    assert rolled("fields", COUNTS["field"], "xx") == {}


def test_each_group_has_its_choices_the_largest_first() -> None:
    found = told(Lookup("x"))
    assert found["Region"] == [("Zhejiang", 6, False), ("Beijing", 1, False)]
    assert found["Ways to cooperate"] == [("technology licence", 5, False)]
    assert found["Readiness"][:3] == [
        ("TRL ≥ 3", 6, False),
        ("TRL ≥ 5", 4, False),
        ("TRL ≥ 6", 4, False),
    ]
    assert found["Payment"] == [("Pay after use", 2, False)]
    assert all(count is None for _, count, _ in found["Price"])


def test_needs_have_neither_readiness_nor_a_price() -> None:
    assert set(told(Lookup("x", Noun.NEED))) == {"Field", "Region", "Ways to cooperate"}


def test_what_is_chosen_leads_back() -> None:
    lookup = Lookup("x", filters=Filters(trl_min=7, modes=(TransferMode.LICENSE,)))
    choices = {one.id: one for group in groups(lookup, COUNTS, EN) for one in group.choices}
    assert choices["trl-7"].chosen
    assert choices["trl-7"].address == "/find?q=x&mode=license"
    assert choices["mode-license"].address == "/find?q=x&trl_min=7"
    assert choices["region-330000"].address == "/find?q=x&region=330000&trl_min=7&mode=license"


def test_a_chip_takes_one_restriction_away() -> None:
    lookup = Lookup(
        "x",
        filters=Filters(
            region="330000",
            price_max=500_000,
            modes=(TransferMode.LICENSE, TransferMode.EQUITY),
        ),
    )
    found = {one.label: one.address for one in chips(lookup, EN)}
    assert list(found) == ["Zhejiang", "up to CNY 500k", "technology licence", "equity investment"]
    assert found["Zhejiang"] == "/find?q=x&mode=license,equity&price_max=500000"
    assert found["equity investment"] == "/find?q=x&region=330000&mode=license&price_max=500000"


def test_a_group_isnt_longer_than_a_glance() -> None:
    many = {
        "region": {f"{province}0000": 1 for province in range(31, 38)}
        | {f"{province}0000": 2 for province in range(41, 47)}
    }
    [group] = [one for one in groups(Lookup("x"), many, EN) if one.title == "Region"]
    assert len(group.choices) == MOST
    assert {one.count for one in group.choices[:6]} == {2}
