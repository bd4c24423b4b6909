"""Records side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Stage
from matcher.domain.outcome import Outcome
from matcher.web.comparison import Row, comparison
from matcher.web.record_shown import record_shown
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EN = Say(Language.EN, NOW)


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def rows(*records: Outcome) -> dict[str, Row]:
    shown = [record_shown(Card(one, one.holder, 1), EN, NOW.date()) for one in records]
    return {row.label: row for row in comparison(shown, EN)}


def test_a_field_stands_once_and_what_is_missing_is_blank() -> None:
    found = rows(
        Outcome(id="a", stage=Stage.PILOT, summary="One."),
        Outcome(id="b", trl=7, holder="U1"),
    )
    assert list(found) == ["Holder", "TRL", "Stage", "Price", "Summary"]
    assert [cell.text for cell in found["TRL"].cells] == ["", "TRL 7"]
    assert [cell.text for cell in found["Summary"].cells] == ["One.", ""]
    assert found["Summary"].cells[0].tongue == "en"


def test_a_row_differs_unless_all_say_the_same() -> None:
    found = rows(Outcome(id="a", trl=7), Outcome(id="b", trl=7, price_min=1, price_max=1))
    assert {label: row.differs for label, row in found.items()} == {"TRL": False, "Price": True}


def test_a_long_text_is_cut() -> None:
    [cell] = rows(Outcome(id="a", summary="x" * 5000))["Summary"].cells
    assert len(cell.text) < 1000
    assert cell.text.endswith("…")


def test_nothing_compares_to_nothing() -> None:
    assert rows() == {}
