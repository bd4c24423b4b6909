"""The table of merges: a pair stands in it once, whichever way round."""

from datetime import UTC, datetime

import pytest

from matcher.errors import EditConflict
from matcher.store.merges import Merge

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def pair(id, kept, dropped, **values):
    low, high = sorted((kept, dropped))
    row = {"id": id, "noun": "outcome", "kept": kept, "dropped": dropped, "low": low, "high": high}
    return row | {"state": "proposed", "score": 0.9, "why": {}, "created_at": NOON} | values


def test_every_field_of_a_merge_has_a_column(columns, fields_of):
    assert columns("merge") == fields_of(Merge) | {"seq", "low", "high"}


def test_a_pair_stands_once_in_whichever_order(add):
    add("merge", **pair("1", "O1", "O2"))
    with pytest.raises(EditConflict):
        add("merge", **pair("2", "O2", "O1"))
    add("merge", **pair("3", "O1", "O2", noun="need"))


def test_a_record_is_not_merged_with_itself(add):
    with pytest.raises(EditConflict):
        add("merge", **pair("1", "O1", "O1"))
