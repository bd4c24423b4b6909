"""Two models by kind of question."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.model_comparison import compared
from matcher.bundle.manifest import Measured
from matcher.domain.enums import Language
from matcher.web.model_slices import SLICES, differences, other_lines, slice_rows
from matcher.web.say import Say
from tests.actions.test_model_comparison import manifest

SAY = Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))


def test_every_kind_has_a_row_and_what_was_not_measured_is_none() -> None:
    one = manifest(1, metrics={"need>outcome.warm.nDCG@10": Measured(0.4, 0.3, 0.5)})
    rows = {row.name: row for row in slice_rows(one, manifest(2, metrics={}), SAY)}
    assert len(rows) == len(SLICES) == 7
    assert rows["Both sides known"].first is not None
    assert rows["Both sides known"].second is None
    assert rows["Chinese need → English outcome"].first is None


def test_on_the_same_questions_the_difference_is_told() -> None:
    one = {"difference": -0.2, "low": -0.3, "high": -0.1, "p": 0.01, "queries": 40}
    [found] = differences({"need>outcome.RR": one}, SAY)
    assert (found.metric, found.tone, found.queries) == ("RR", "bad", 40)
    assert found.says == "worse by .200 [.100, .300]"


def test_what_else_differs_is_told_without_figures() -> None:
    lines = other_lines(compared(manifest(1), manifest(2, seq=50, metrics={})))
    assert [line.name for line in lines] == ["seq"]
