"""A worklist on a terminal."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.cli.worklist_lines import worklist_lines
from matcher.domain.enums import Language
from matcher.files.match_row import MatchRow

MATCH = MatchRow(
    "w1", "o1", 1, 0.5, {}, [], ["共同术语：石墨烯 ↔ graphene"], "涂层" * 30, "Coating", "strong"
)
ROW = WorklistRow(MATCH, 0.25, {}, 1, 0.5, True, (), ("注意：未报价",))
LIST = Worklist("m1", date(2026, 11, 1), (ROW, ROW), "7")


def test_a_pair_comes_with_how_well_why_and_what_to_watch() -> None:
    lines = list(worklist_lines(LIST, Language.EN, 100))
    assert lines[0].split()[:4] == ["1", "0.250", "strong", "w1"]
    text = "\n".join(lines)
    for told in ("→ o1  Coating", "石墨烯 ↔ graphene", "注意：未报价", "To explore"):
        assert text.count(told) == 2


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    for language in Language:
        assert max(map(cell_len, worklist_lines(LIST, language, width))) <= width
