"""From the columns of a table to the fields of a record, and from a row to a canonical dict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from matcher.domain.enums import Language, Noun
from matcher.errors import MissingColumn
from matcher.files.cells import Cell, as_text, is_blank
from matcher.files.fields import (
    FIELDS,
    JOINED_FIELDS,
    MAIN_TEXT,
    MONEY_FIELDS,
    english_sibling,
)
from matcher.files.heading import fold, parse_heading
from matcher.files.table import Row, Table
from matcher.files.vocabulary import PLAIN, Meaning, Role, Unit, Vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a field: its place, its name in the file, the unit of its numbers."""

    index: int
    name: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns hold which field of a noun; `unmapped` names the columns nobody reads."""

    noun: Noun
    fields: Mapping[str, tuple[Column, ...]]
    unmapped: tuple[str, ...]
    totals: frozenset[str] = frozenset()
    """Folded words that begin a row of totals."""

    def is_total(self, row: Row) -> bool:
        """Whether a row sums the others up: its first filled cell says so, and it has no id."""
        filled = (index for index, cell in enumerate(row.cells) if not is_blank(cell))
        first = next(filled, 0)
        cell = row.cells[first]
        if not isinstance(cell, str) or parse_heading(cell).key not in self.totals:
            return False
        ids = {column.index for column in self.fields.get("id", ())}
        return ids.isdisjoint(filled)

    def values(self, row: Row) -> dict[str, Cell]:
        """The fields of a row that aren't blank, as they stand in its cells.

        A field with several filled columns is the text of all of them, a line each.
        """
        found: dict[str, Cell] = {}
        for field, columns in self.fields.items():
            filled = [row.cells[c.index] for c in columns if c.index < len(row.cells)]
            filled = [cell for cell in filled if not is_blank(cell)]
            if filled:
                found[field] = filled[0] if len(filled) == 1 else "\n".join(map(as_text, filled))
        return found

    def unit(self, field: str) -> Unit:
        """The unit of a field's plain numbers, yuan unless its column says otherwise."""
        return self.fields[field][0].unit if field in self.fields else PLAIN

    def name(self, field: str) -> str:
        """The column as the user sees it; the field itself where no column holds it."""
        return self.fields[field][0].name if field in self.fields else field


def guess_mapping(columns: Sequence[str], noun: Noun, vocabulary: Vocabulary) -> ColumnMap:
    """Tell from their names which columns hold which field of `noun`.

    A field that takes one column gets the one whose name fits best, the first of equals;
    texts and keywords take all that fit.
    """
    return _completed(columns, noun, vocabulary, {})


def guess_noun(columns: Sequence[str], vocabulary: Vocabulary) -> Noun:
    """The noun of which the columns hold most fields, the first in `FIELDS` of equals."""
    return max(FIELDS, key=lambda noun: len(guess_mapping(columns, noun, vocabulary).fields))


def map_columns(
    table: Table, vocabulary: Vocabulary, noun: Noun | None = None, role: Role | None = None
) -> ColumnMap:
    """The mapping of a table: the columns a mapping file names outright, the others guessed.

    `noun` and `role` say what the records are and which file of a match this is, if known.
    Raises MissingColumn for a named column that isn't there, and when no column at all is
    understood; `values` then carries the columns found and the ones wanted.
    """
    noun = noun or vocabulary.noun or guess_noun(table.columns, vocabulary)
    named = {
        field: tuple(_named_column(table, name, field, vocabulary) for name in names)
        for part in (None, role)
        for field, names in vocabulary.required.get(part, {}).items()
    }
    mapped = _completed(table.columns, noun, vocabulary, named)
    if not mapped.fields:
        raise _nothing_usable(table)
    return mapped


def numbered(columns: ColumnMap, table: Table, vocabulary: Vocabulary) -> ColumnMap:
    """The mapping with the numbers of the rows as ids, where nothing else is one and each row has
    one of its own.

    They hold within one reading of one file: what is kept is never named by them.
    """
    counting = (name for name in columns.unmapped if _is_spare_number(name, vocabulary))
    name = None if "id" in columns.fields else next(counting, None)
    if name is None:
        return columns
    column = Column(table.columns.index(name), name, PLAIN)
    rows = (row.cells for row in table.rows() if not columns.is_total(row))
    ids = [as_text(next(iter(cells[column.index :]), None)) for cells in rows]
    if not all(ids) or len(set(ids)) < len(ids):
        return columns
    unmapped = tuple(other for other in columns.unmapped if other != name)
    return replace(columns, fields={"id": (column,), **columns.fields}, unmapped=unmapped)


def _is_spare_number(name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.counts_rows(name) and fold(name) not in vocabulary.unused


def _named_column(table: Table, name: str, field: str, vocabulary: Vocabulary) -> Column:
    """The column of this very name, or else of the same letters and digits."""
    folded = [fold(column) for column in table.columns]
    if name in table.columns:
        index = table.columns.index(name)
    elif fold(name) in folded:
        index = folded.index(fold(name))
    else:
        raise _column_missing(table, name, field, vocabulary)
    unit = vocabulary.unit(parse_heading(table.columns[index]))
    return Column(index, table.columns[index], unit if field in MONEY_FIELDS else PLAIN)


def _column_missing(table: Table, name: str, field: str, vocabulary: Vocabulary) -> MissingColumn:
    found = tuple(filter(None, table.columns))
    close = get_close_matches(name, found, n=1)
    return MissingColumn(
        f"there is no column {name!r}, which {vocabulary.file} names for {field}.",
        file=table.name,
        row=table.header_row or None,
        column=name,
        field=field,
        hint=f"Did you mean {close[0]!r}?" if close else f"Columns found: {', '.join(found)}.",
        found=found,
        wanted=(name,),
    )


def _nothing_usable(table: Table) -> MissingColumn:
    found = tuple(filter(None, table.columns))
    wanted = ("id", "title", "text", "keywords", "lang", "portfolio")
    return MissingColumn(
        f"no column is understood (found {', '.join(found) or 'none'}).",
        file=table.name,
        row=table.header_row or None,
        hint=f"Name the columns {', '.join(wanted)}, or pass a mapping file.",
        found=found,
        wanted=wanted,
    )


def _completed(
    columns: Sequence[str],
    noun: Noun,
    vocabulary: Vocabulary,
    named: Mapping[str, tuple[Column, ...]],
) -> ColumnMap:
    """The named columns, and guesses for the fields and columns that are left."""
    taken = {column.index for chosen in named.values() for column in chosen}
    fields = dict(named)
    ranked = _ranked(columns, noun, vocabulary)
    for meaning, column in (*ranked, *_as_text(ranked, noun, vocabulary)):
        open_field = meaning.field not in fields or (
            meaning.field in JOINED_FIELDS and meaning.field not in named
        )
        if column.index not in taken and open_field:
            fields[meaning.field] = (*fields.get(meaning.field, ()), column)
            taken.add(column.index)
    unmapped = (name for index, name in enumerate(columns) if name and index not in taken)
    totals = vocabulary.marks.totals
    return ColumnMap(noun, _in_order(fields, noun), tuple(unmapped), totals)


def _as_text(
    ranked: Sequence[tuple[Meaning, Column]], noun: Noun, vocabulary: Vocabulary
) -> Iterator[tuple[Meaning, Column]]:
    """What is a title only for want of another one, as the main text."""
    for meaning, column in ranked:
        if noun in MAIN_TEXT and vocabulary.is_headline(column.name):
            yield replace(meaning, field=MAIN_TEXT[noun]), column


def _ranked(
    columns: Sequence[str], noun: Noun, vocabulary: Vocabulary
) -> list[tuple[Meaning, Column]]:
    """What each column means, the surest first."""
    found = []
    for index, name in enumerate(columns):
        meaning = vocabulary.meaning(name, noun) if name else None
        if meaning is not None and fold(name) not in vocabulary.unused:
            found.append((meaning, Column(index, name, meaning.unit)))
    return sorted(_with_twins(found, noun), key=lambda pair: (pair[0].rank, pair[1].index))


def _with_twins(
    found: Sequence[tuple[Meaning, Column]], noun: Noun
) -> Iterator[tuple[Meaning, Column]]:
    """Beside "Title (Chinese)" a plain "Title" is the English one."""
    chinese = {meaning.field for meaning, _ in found if meaning.language is Language.ZH}
    for meaning, column in found:
        if meaning.language is None and meaning.field in chinese:
            meaning = replace(meaning, field=english_sibling(meaning.field, noun))
        yield meaning, column


def _in_order(
    fields: Mapping[str, tuple[Column, ...]], noun: Noun
) -> dict[str, tuple[Column, ...]]:
    """By the order of the noun's fields; joined columns as they stand in the table."""
    order = {name: place for place, name in enumerate(FIELDS[noun])}
    named = sorted(fields, key=lambda name: (order.get(name, len(order)), name))
    return {name: tuple(sorted(fields[name], key=lambda column: column.index)) for name in named}
