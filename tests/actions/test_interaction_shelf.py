from __future__ import annotations

import pytest

from matcher.actions.interaction_shelf import InteractionShelf
from matcher.domain import Interaction
from matcher.errors import InvalidValue
from matcher.files.row_report import ParsedRow

BEFORE = Interaction(id="i", need="n", outcome="o", weight=2, source="crm", node="core")


def test_only_what_the_file_holds_is_taken() -> None:
    row = ParsedRow(2, Interaction(id="i", need="n", outcome="o", weight=3, node="east"))
    after = InteractionShelf().blended(BEFORE, row, frozenset({"weight"}))
    assert (after.weight, after.source, after.node) == (3, "crm", "core")


def test_an_id_that_no_database_holds_is_refused() -> None:
    with pytest.raises(InvalidValue):
        InteractionShelf().check(Interaction(id="i", need="\0", outcome="o"))
