"""Records as lines: JSON Lines, which hold everything, and CSV, which holds what a table can."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.files.cells import without_unwanted
from matcher.files.flat import FlatValue
from matcher.files.guard import guarded
from matcher.files.own_rows import FORMAT, mark

BOM = "\ufeff"
"""Before the header, by which Excel knows UTF-8."""
JOINER = "; "
_SEPARATOR = re.compile("[,;，；、|\n\r]")


def json_line(record: Record, noun: str) -> str:
    """The whole record on one line, marked so that it is read back as it is."""
    line = json.dumps(
        {FORMAT: mark(noun), **record.to_mapping()}, ensure_ascii=False, allow_nan=False
    )
    return without_unwanted(line) + "\n"


def csv_line(values: Iterable[FlatValue]) -> str:
    """A row of CSV; a text that a spreadsheet could take for a formula has an apostrophe."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(map(_cell, values))
    return line.getvalue()


def join_list(items: Iterable[str]) -> str:
    """Texts of a list in one cell; as JSON where one of them holds what parts them."""
    texts = list(items)
    if any(_SEPARATOR.search(text) or text.startswith("[") for text in texts):
        return json.dumps(texts, ensure_ascii=False)
    return JOINER.join(texts)


def _cell(value: FlatValue) -> str:
    if isinstance(value, tuple):
        return guarded(without_unwanted(_list(value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return guarded(without_unwanted(value))
    return "" if value is None else repr(value)


def _list(values: tuple[Any, ...]) -> str:
    """Texts and codes joined; records (past deals) as JSON."""
    if any(isinstance(value, Record) for value in values):
        return json.dumps([value.to_mapping() for value in values], ensure_ascii=False)
    return join_list(value.value if isinstance(value, Labelled) else value for value in values)
