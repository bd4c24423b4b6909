"""The pipeline as an Excel sheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import note, set_contract
from matcher.actions.pipeline_sheet import write_pipeline
from matcher.actions.pipeline_wish import PipelineWish
from matcher.actions.platform import Platform
from matcher.domain.contract import Contract
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.visibility import SYSTEM
from tests.platforms import need, put


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_wished_for_stands_in_a_sheet_with_names(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "=1+1", organisation="Some Works"))
    one = decide(platform, SYSTEM, "m1", "w1", "o2", Decision.ACCEPT).followup.id
    decide(platform, SYSTEM, "m2", "w2", "o3", Decision.ACCEPT)
    note(platform, SYSTEM, one, next_action="Call", due_on=date(2026, 12, 1))
    sheet = Contract(mode=TransferMode.LICENSE, value=500_000, commission=25_000)
    set_contract(platform, SYSTEM, one, sheet)
    stream = BytesIO()
    count = write_pipeline(platform, SYSTEM, PipelineWish(text="call"), stream, Language.EN)
    assert count == 1
    [head, row] = load_workbook(stream).active.iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert (told["Need"], told["Need of"]) == ("=1+1", "Some Works")
    assert (told["State"], told["Next action"]) == ("accepted", "Call")
    assert (told["Contract value"], told["Commission"]) == (500_000, 25_000)
    assert told["Transfer mode"] == "technology licence"
    assert told["Id"] == one
