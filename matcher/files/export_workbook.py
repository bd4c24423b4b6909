"""Records as an Excel sheet for a broker: headings, choices and codes in the broker's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import BinaryIO

from matcher.domain.enums import Language
from matcher.domain.labels import Labelled
from matcher.domain.manager import Deal
from matcher.domain.record import Record
from matcher.files.export_lines import join_list
from matcher.files.flat import FlatValue, flatten
from matcher.files.record_codes import label_code
from matcher.files.sheet_columns import COLUMNS
from matcher.files.sheets import GENERAL, MAX_TEXT, SheetColumn, SheetValue, write_sheet

_CODES = {
    **{"field": "fields", "region": "regions", "industry": "industries"},
    **{"fields": "fields", "regions": "regions", "industries": "industries"},
}
_DAYS = frozenset(
    ("valid_until", "updated_at", "challenge_deadline", "until", "due_on", "signed_on")
)
_TIMES = frozenset(("introduced_at", "at"))
_AMOUNTS = frozenset(("price_min", "price_max", "budget_min", "budget_max", "challenge_award")) | {
    *("value", "technical_value", "upfront", "commission")
}
_PROSE = frozenset(
    ("summary", "advantages", "applications", "problem", "indicators", "foundation")
) | {*("statement", "deals", "why")}
_NAMES = frozenset(("title", "name", "holder", "organisation", "agency", "aliases"))
_PROSE_WIDTH, _NAME_WIDTH, _WIDTH = 60, 32, 16
_YES = {Language.ZH: "是", Language.EN: "yes"}
_NO = {Language.ZH: "否", Language.EN: "no"}
_CUT = "…"
_INSTEAD = "Write .csv or .jsonl, or ask for fewer."


def write_record_sheet(
    stream: BinaryIO, noun: str, records: Iterable[Record], language: Language, *, name: str
) -> int:
    """Write the records as an .xlsx in `language` and return how many there were.

    The importer reads the sheet back. A text over `sheets.MAX_TEXT` characters is cut and ends
    in "…". Raises UnwritableOutput, with `name` as its file, for more than a sheet holds.
    """
    columns = tuple(COLUMNS[noun])
    names = tuple(map(str, columns))
    look = [_column(column, language) for column in columns]
    rows = (
        [
            _value(column, value, language)
            for column, value in zip(names, flatten(record, noun), strict=True)
        ]
        for record in records
    )
    return write_sheet(stream, noun, look, rows, name=name, instead=_INSTEAD)


def _column(column: Labelled, language: Language) -> SheetColumn:
    field = column.value.removesuffix("_en")
    prose, named = field in _PROSE, field in _NAMES
    width = _PROSE_WIDTH if prose else _NAME_WIDTH if named else _WIDTH
    return SheetColumn(column.label(language), width, prose or named, _number_format(field))


def _number_format(field: str) -> str:
    if field in _AMOUNTS:
        return "#,##0"
    if field in _DAYS:
        return "yyyy-mm-dd"
    return "yyyy-mm-dd hh:mm:ss" if field in _TIMES else GENERAL


def _value(column: str, value: FlatValue, language: Language) -> SheetValue:
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, dt.datetime):
        return _time(value)
    if isinstance(value, tuple):
        return _cut(_list(column, value, language))
    if isinstance(value, Labelled):
        return value.label(language)
    if isinstance(value, str) and value and column in _CODES:
        return _cut(label_code(_CODES[column], value, language))
    found: SheetValue = _cut(value) if isinstance(value, str) else value
    return found


def _list(column: str, values: tuple[FlatValue, ...], language: Language) -> str:
    if column == "deals":
        return "\n".join(_deal(deal, language) for deal in values)
    if column in _CODES:
        labelled = map(partial(label_code, _CODES[column], language=language), values)
        return "\n".join(labelled)
    return join_list(v.label(language) if isinstance(v, Labelled) else v for v in values)


def _deal(deal: Deal, language: Language) -> str:
    """A deal on one line, in words where it has them."""
    told = filter(None, (deal.title, deal.text.replace("\n", " ")))
    colon = "：" if language is Language.ZH else ": "
    return colon.join(told) or deal.outcome or deal.need


def _time(moment: dt.datetime) -> SheetValue:
    """A time of Excel, which has no zones: UTC; one with fractions of a second as a text."""
    return moment.isoformat() if moment.microsecond else moment.replace(tzinfo=None)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(_CUT)] + _CUT
