"""A list and its rows as plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.actions.worklist_row import Emptiness, Worklist, WorklistRow
from matcher.files.match_row import MatchRow

MATCH = MatchRow(
    "w", "o", 1, 0.5, {"concepts": 0.5}, [{"code": "terms"}], ["石墨烯"], "W", "O", "weak"
)
ROW = WorklistRow(
    MATCH, 0.25, {"pair": 0.5}, 1, 1.0, False, ({"code": "early"},), ("早",), "F-1", 2
)


def test_a_row_holds_both_records_and_why() -> None:
    assert ROW.pair == ("w", "o")
    assert ROW.to_mapping() == {
        "position": 1,
        "need": "w",
        "need_title": "W",
        "outcome": "o",
        "outcome_title": "O",
        "score": 0.25,
        "parts": {"pair": 0.5},
        "band": "weak",
        "match_parts": {"concepts": 0.5},
        "reasons": [{"code": "terms"}],
        "reason_texts": ["石墨烯"],
        "warnings": [{"code": "early"}],
        "warning_texts": ["早"],
        "explored": False,
        "propensity": 1.0,
        "followup": "F-1",
        "version": 2,
    }


def test_an_empty_list_says_why() -> None:
    empty = Worklist("m", date(2026, 11, 1), (), "3", ("new_model",), Emptiness.NO_ROOM)
    assert empty.to_mapping() == {
        "manager": "m",
        "day": "2026-11-01",
        "model_version": "3",
        "degraded": ["new_model"],
        "empty": "no_room",
        "rows": [],
    }


def test_a_row_says_how_likely_the_pair_is_once_that_is_known() -> None:
    likely = replace(ROW, match=replace(MATCH, likelihood=0.25))
    assert likely.to_mapping() == {**ROW.to_mapping(), "likelihood": 0.25}
