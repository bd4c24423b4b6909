"""The pipeline as an Excel sheet for people: names instead of ids, and the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.cards import Card, cards
from matcher.actions.export import VERB
from matcher.actions.pipeline import pipeline
from matcher.actions.pipeline_lines import Line
from matcher.actions.pipeline_wish import PipelineWish
from matcher.actions.platform import Platform
from matcher.domain.contract import Contract
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import Viewer
from matcher.files.sheet_columns import FollowUpColumn as Field
from matcher.files.sheets import SheetColumn, SheetValue, write_sheet
from matcher.store import followups

_NAME, _WORD, _NUMBER = 36, 16, 12
_DAY, _SUM = "yyyy-mm-dd", "#,##0"
_PARTIES = {
    Noun.NEED: ("需求方", "Need of"),
    Noun.OUTCOME: ("成果方", "Outcome of"),
}
_DAYS = ("停留天数", "Days in state")


def write_pipeline(
    platform: Platform,
    viewer: Viewer,
    wish: PipelineWish,
    stream: BinaryIO,
    language: Language = Language.ZH,
) -> int:
    """Write what is wished for as an .xlsx in the language; return how many follow-ups there are.

    Raises UnwritableOutput for more than a sheet holds.
    """
    lines = exported(platform, viewer, wish, language)
    rows = _rows(platform, viewer, lines, language)
    title = Noun.FOLLOW_UP.label(language)
    hint = "Narrow it down."
    return write_sheet(stream, title, _columns(language), rows, name="xlsx", instead=hint)


def exported(
    platform: Platform, viewer: Viewer, wish: PipelineWish, language: Language = Language.ZH
) -> tuple[Line, ...]:
    """What is wished for, for a file that leaves the platform; that it does is written down."""
    with platform.database.writing() as session:
        note(session, actor_of(viewer), f"{VERB}_{Noun.FOLLOW_UP}", platform.now())
    return pipeline(platform, viewer, wish, language)


def _columns(language: Language) -> list[SheetColumn]:
    place = 0 if language is Language.ZH else 1

    def column(field: Field, width: int = _WORD, look: str = "General") -> SheetColumn:
        return SheetColumn(field.label(language), width, width == _NAME, look)

    parties = {
        noun: SheetColumn(names[place], _NAME, wrapped=True) for noun, names in _PARTIES.items()
    }
    return [
        *(column(Field.NEED, _NAME), parties[Noun.NEED]),
        *(column(Field.OUTCOME, _NAME), parties[Noun.OUTCOME]),
        *(column(Field.MANAGER), column(Field.STATE), column(Field.AT, _WORD, _DAY)),
        SheetColumn(_DAYS[place], _NUMBER),
        *(column(Field.NEXT_ACTION, _NAME), column(Field.DUE_ON, _WORD, _DAY)),
        *(column(Field.MODE), column(Field.CONTRACT_REG_NO), column(Field.SIGNED_ON, _WORD, _DAY)),
        *(column(Field.VALUE, _WORD, _SUM), column(Field.TECHNICAL_VALUE, _WORD, _SUM)),
        *(column(Field.CURRENCY, _NUMBER), column(Field.COMMISSION, _WORD, _SUM)),
        column(Field.ID),
    ]


def _rows(
    platform: Platform, viewer: Viewer, lines: tuple[Line, ...], language: Language
) -> Iterator[list[SheetValue]]:
    needs = cards(platform, viewer, Noun.NEED, (x.outline.need for x in lines), language)
    outcomes = cards(platform, viewer, Noun.OUTCOME, (x.outline.outcome for x in lines), language)
    with platform.database.reading() as session:
        kept = followups.get_many(session, [line.outline.id for line in lines])
    for line in lines:
        one = line.outline
        there = kept.get(one.id)
        sheet = there.followup.contract if there else None
        yield [
            *(line.need_title, _party(needs.get(one.need))),
            *(line.outcome_title, _party(outcomes.get(one.outcome))),
            *(line.manager_name or one.manager, one.state.label(language)),
            *(platform.local(one.since).date() if one.since else None, line.days),
            *(one.next_action, one.due),
            *_contract(sheet, language),
            one.id,
        ]


def _contract(sheet: Contract | None, language: Language) -> list[SheetValue]:
    if sheet is None:
        return [None] * 7
    return [
        sheet.mode.label(language) if sheet.mode else None,
        *(sheet.contract_reg_no, sheet.signed_on, sheet.value, sheet.technical_value),
        *(sheet.currency, sheet.commission),
    ]


def _party(card: Card | None) -> str:
    return card.party if card else ""
