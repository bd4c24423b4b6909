"""A draft without a platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matcher.actions.import_drafts import ImportDraft
from matcher.actions.import_overlay import Overlay
from matcher.domain.enums import Language
from matcher.files.column_guess import ColumnGuess, Sureness
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)
GUESSES = (
    ColumnGuess("编号", ("X1",), "id", Sureness.SURE),
    ColumnGuess("名称", ("泵",), "title", Sureness.LIKELY),
    ColumnGuess("甲", (), "", Sureness.UNKNOWN),
)
DRAFT = ImportDraft(
    id="D-20261122-090000-aaaaaa",
    account="a",
    noun="need",
    name="n.csv",
    node="n1",
    made_at=NOW,
    changed_at=NOW,
    guesses=GUESSES,
    overlay=Overlay({"编号": "id", "名称": "title", "甲": ""}),
)


def corrected(row: int, **cells: str) -> ImportDraft:
    """The draft with corrections of a row."""
    return replace(DRAFT, overlay=replace(DRAFT.overlay, corrections={str(row): cells}))
