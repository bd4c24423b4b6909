"""Ids of what is entered by hand."""

from __future__ import annotations

import re
from datetime import date

import pytest

from matcher.actions.record_id import LONGEST_ID, made_id, require_usable_id
from matcher.errors import InvalidValue
from matcher.store.tables import RECORD_NOUNS

DAY = date(2026, 11, 1)


@pytest.mark.parametrize("noun", RECORD_NOUNS)
def test_a_made_id_can_be_read_and_used(noun: str) -> None:
    found = {made_id(noun, DAY) for _ in range(100)}  # type: ignore[arg-type]
    assert len(found) == 100
    for one in found:
        assert re.fullmatch(r"[ONMU]-20261101-[0-9a-f]{10}", one)
        require_usable_id(one)


@pytest.mark.parametrize("id_", ["x", "成果 1", "'; DROP TABLE need; --", "{{7*7}}", "a" * 128])
def test_an_id_of_any_script_will_do(id_: str) -> None:
    require_usable_id(id_)


@pytest.mark.parametrize(
    "id_", ["", "  ", "a/b", ".", "..", "a\nb", "a\0", "a\u202eb", "a" * (LONGEST_ID + 1)]
)
def test_one_that_is_no_address_or_cannot_be_seen_is_refused(id_: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        require_usable_id(id_)
    assert refused.value.where == {"field": "id"}
