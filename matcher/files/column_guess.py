"""A first look at a file: its columns, what stands in them, and which field each may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from matcher.domain.enums import Noun
from matcher.errors import MissingColumn
from matcher.files.cells import as_text
from matcher.files.fields import FIELDS, JOINED_FIELDS
from matcher.files.heading import fold, parse_heading
from matcher.files.mapping import Column, ColumnMap
from matcher.files.row_makers import MAKERS, Maker
from matcher.files.sheet_columns import COLUMNS
from matcher.files.table import Table, read_table
from matcher.files.vocabulary import Vocabulary

SAMPLES = 3
LONGEST_SAMPLE = 80
"""Characters of a value that is shown."""
_LOOKED_AT = 200
"""Rows in which values are looked for."""


class Sureness(StrEnum):
    """How sure it is what a column holds: its name is a known word, only resembles one, is none
    that is known, or says that it only numbers the rows."""

    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    ROW_NUMBER = "row_number"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column by its name in the file, up to three of its values, and the field it may hold, ""
    for none."""

    name: str
    samples: tuple[str, ...]
    field: str
    sureness: Sureness


def guess_columns(path: str | Path, noun: str, vocabulary: Vocabulary) -> tuple[ColumnGuess, ...]:
    """The columns of a file with records of a noun, in their order, those with a name.

    Raises what `read_table` raises.
    """
    maker = MAKERS[noun]
    words = maker.vocabulary(vocabulary)
    table = read_table(path, maker.knows(words))
    fields = {one.name: field for field, columns in _map(maker, table, words) for one in columns}
    samples = _samples(table)
    names = dict.fromkeys(filter(None, table.columns))
    return tuple(
        ColumnGuess(name, samples[name], fields.get(name, ""), _sureness(name, fields, noun, words))
        for name in names
    )


def chosen(vocabulary: Vocabulary, columns: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with each column for the field that a person chose, "" to leave it alone."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, field in columns.items():
        if field:
            fields[field] = (*fields.get(field, ()), name)
    unused = frozenset(fold(name) for name, field in columns.items() if not field)
    return replace(vocabulary, required={None: fields}, unused=unused, file="your choice")


def fields_of(noun: str) -> tuple[str, ...]:
    """The fields that a column may be chosen for, in the order of a sheet of our own."""
    own = tuple(column.value for column in COLUMNS[noun])
    flat = FIELDS[Noun(noun)] if noun in FIELDS else ()
    more = (name for name in flat if name in _BESIDE)
    return tuple(dict.fromkeys((*own, *more)))


def takes_several(field: str) -> bool:
    """Whether several columns may be chosen for a field; their texts are joined."""
    return field in JOINED_FIELDS


_BESIDE = frozenset(
    ("price", "budget", "text", "visibility", "secrecy", "lang", "country", "portfolio")
)
"""Fields of a table that a sheet of our own writes otherwise."""


def _map(maker: Maker, table: Table, words: Vocabulary) -> Iterator[tuple[str, tuple[Column, ...]]]:
    try:
        found: ColumnMap = maker.map(table, words)
    except MissingColumn:
        return
    yield from found.fields.items()


def _samples(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Different values of each column, from the first rows."""
    found: dict[str, dict[str, None]] = {name: {} for name in table.columns}
    for row in islice(table.rows(), _LOOKED_AT):
        for name, cell in zip(table.columns, row.cells, strict=False):
            text = " ".join(as_text(cell).split())[: LONGEST_SAMPLE + 1]
            if text and len(found[name]) < SAMPLES:
                found[name][text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _sureness(name: str, fields: Mapping[str, str], noun: str, words: Vocabulary) -> Sureness:
    if name not in fields:
        return Sureness.ROW_NUMBER if words.counts_rows(name) else Sureness.UNKNOWN
    if noun not in words.words:
        return Sureness.SURE
    known = words.words[Noun(noun)].get(parse_heading(name).key)
    sure = known is not None and known[0] == fields[name]
    return Sureness.SURE if sure else Sureness.LIKELY
