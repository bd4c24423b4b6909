"""What stands in the store, and who wrote it."""

import dataclasses
from datetime import datetime

import pytest

from matcher.domain import Noun, Outcome
from matcher.errors import InvalidValue
from matcher.store.codec import row_of
from matcher.store.stored import Author, stored_of
from matcher.store.tables import kind_of
from tests.store.some_records import LATER, NOW

BOOKS = {
    "version": 3,
    "created_at": NOW,
    "changed_at": LATER,
    "changed_by": "a1",
    "deleted_at": None,
    "merged_into": "",
    "import_id": "i1",
}


def test_a_row_becomes_its_record_and_its_books() -> None:
    record = Outcome(id="a", title="x")
    stored = stored_of(kind_of(Noun.OUTCOME), {**row_of(record), **BOOKS})
    assert stored.record == record
    assert {name: getattr(stored, name) for name in BOOKS} == BOOKS


def test_only_what_is_neither_deleted_nor_merged_is_live() -> None:
    stored = stored_of(kind_of(Noun.OUTCOME), {**row_of(Outcome(id="a")), **BOOKS})
    assert stored.live
    assert not dataclasses.replace(stored, deleted_at=NOW).live
    assert not dataclasses.replace(stored, merged_into="b").live


@pytest.mark.parametrize(("actor", "at"), [(" ", NOW), ("a1", datetime(2026, 3, 1))])
def test_nobody_and_a_time_without_zone_write_nothing(actor: str, at: datetime) -> None:
    with pytest.raises(InvalidValue):
        Author(actor, at)
