"""A plan as a sheet that leaves the platform."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from matcher.actions.plan_export import export_plan
from matcher.actions.platform import Platform
from matcher.domain.enums import Language
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotFound, UnwritableOutput
from matcher.files import sheets
from matcher.store import events
from tests.actions.test_plan_reading import place

__all__ = ["place"]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_the_sheet_has_every_pair_and_it_is_written_down_that_it_left(place: Platform) -> None:
    book = load_workbook(BytesIO(export_plan(place, SYSTEM, "P1", Language.EN)))
    head, *rows = book.active.iter_rows(values_only=True)
    assert head[:3] == ("Manager", "Need", "Outcome")
    assert [row[-2:] for row in rows] == [("w1", "o1"), ("w2", "o3"), ("w1", "o2")]
    with place.database.reading() as session:
        *_, (_, last) = events.read(session)
    assert (last.verb, [one.id for one in last.subjects]) == ("read_export_plan", ["P1"])


def test_who_may_not_read_the_plan_gets_none_and_leaves_no_trace(place: Platform) -> None:
    with pytest.raises(NotFound):
        export_plan(place, ANONYMOUS, "P1", Language.EN)
    with place.database.reading() as session:
        assert all(event.verb != "read_export_plan" for _, event in events.read(session))


def test_what_a_sheet_doesnt_hold_is_told_without_words_of_a_command(
    place: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(UnwritableOutput) as caught:
        export_plan(place, SYSTEM, "P1", Language.EN)
    assert caught.value.hint == (
        "Draft plans of fewer needs, such as those of one field, and download each."
    )
