"""The records of a file for `matcher match`: an id, texts, and the facts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.errors import DuplicateId, InvalidValue, MissingColumn
from matcher.files.cells import Cell, as_id, as_list, as_text, is_nan
from matcher.files.facts import NUMERIC_FIELDS, read_facts
from matcher.files.fields import TEXT_FIELDS
from matcher.files.mapping import ColumnMap, map_columns, numbered
from matcher.files.notices import Code, Notices
from matcher.files.portfolio import NO_PORTFOLIO, Portfolio, read_entries, resolve
from matcher.files.table import Row, Table, read_table
from matcher.files.vocabulary import Role, Vocabulary

TITLE_FIELDS = ("title", "name", "title_en", "name_en")
"""The first that is filled is the title; the others go before the text."""
PORTFOLIO_FIELDS = ("portfolio", "deals")
_USABLE = frozenset(
    ("id", "keywords", "keywords_en", *TITLE_FIELDS, *TEXT_FIELDS, *PORTFOLIO_FIELDS)
)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one file in its order, with distinct ids, and how they were read.

    `rows[i]` is the row number of `records[i]` in the file. An item's `text` is the field `text`
    where it is filled, else the record's prose in the order of `fields.TEXT_FIELDS`, a line each,
    after a second title if there is one; its `lang` is None where the file doesn't say.
    """

    file: str
    records: tuple[Item, ...]
    rows: tuple[int, ...]
    columns: ColumnMap
    notices: Notices

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.records)


def read_records(
    path: str | Path,
    vocabulary: Vocabulary,
    role: Role = Role.CANDIDATE,
    portfolio: Portfolio = NO_PORTFOLIO,
) -> Records:
    """Read a file of queries or candidates; `portfolio` resolves ids in portfolio columns.

    Without an id column the row numbers are the ids. Raises what `read_table` and `map_columns`
    raise; InvalidValue for a blank id and for NaN in a number; DuplicateId naming both rows.
    """
    table = read_table(path, vocabulary.knows)
    columns = numbered(map_columns(table, vocabulary, role=role), table, vocabulary)
    if _USABLE.isdisjoint(columns.fields):
        raise _nothing_to_match(table, columns)
    notices = Notices(table.name)
    _note_columns(columns, notices)
    builder = _Builder(table.name, columns, portfolio, notices)
    items = dict(builder.items(table))
    return Records(table.name, tuple(items.values()), tuple(items), columns, notices)


def read_portfolio(path: str | Path, vocabulary: Vocabulary) -> tuple[Portfolio, Notices]:
    """Read a portfolio file: records whose title and text are what an id stands for."""
    records = read_records(path, vocabulary, Role.PORTFOLIO)
    texts = {record.id: "\n".join(filter(None, (record.title, record.text))) for record in records}
    return Portfolio(texts, given=True), records.notices


def _nothing_to_match(table: Table, columns: ColumnMap) -> MissingColumn:
    found = tuple(filter(None, table.columns))
    wanted = ("id", "title", "text")
    return MissingColumn(
        f"no column holds an id or a text (found {', '.join(found)}).",
        file=table.name,
        row=table.header_row or None,
        hint=f"Name the columns {', '.join(wanted)}, or pass a mapping file.",
        found=found,
        wanted=wanted,
        understood=tuple(columns.fields),
    )


def _note_columns(columns: ColumnMap, notices: Notices) -> None:
    if "id" not in columns.fields:
        notices.add(Code.ROW_NUMBERS_AS_IDS, "has no id column; row numbers are used as ids.")
    if columns.unmapped:
        listed = ", ".join(columns.unmapped)
        notices.add(Code.UNMAPPED_COLUMNS, f"columns that are not read: {listed}.")


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes items of the rows of one table."""

    file: str
    columns: ColumnMap
    portfolio: Portfolio
    notices: Notices

    def items(self, table: Table) -> Iterator[tuple[int, Item]]:
        """The records, each with its row number and an id of its own."""
        first: dict[str, int] = {}
        for row in table.rows(self.notices):
            if self.columns.is_total(row):
                self.notices.add(Code.TOTAL_ROW, "is a total and left out.", row=row.number)
                continue
            item = self._item(row)
            earlier = first.setdefault(item.id, row.number)
            if earlier != row.number:
                raise self._duplicate(item.id, earlier, row.number)
            yield row.number, item

    def _duplicate(self, name: str, first: int, second: int) -> DuplicateId:
        return DuplicateId(
            f"the id {name!r} is in rows {first} and {second}.",
            file=self.file,
            row=second,
            column=self.columns.name("id"),
            hint="Give every row an id of its own, or remove the repeated row.",
            rows=(first, second),
            id=name,
        )

    def _item(self, row: Row) -> Item:
        values = self._values(row)
        titles = list(
            filter(None, (as_text(values[name]) for name in TITLE_FIELDS if name in values))
        )
        item = Item(
            id=self._id(values, row.number),
            title=titles[0] if titles else "",
            text=joined_text(values, titles[1:]),
            keywords=self._keywords(values),
            lang=self._language(values, row.number),
            portfolio=self._portfolio(values, row.number),
            facts=read_facts(values, self.columns, row.number, self.notices),
        )
        if item.documents == ("",):
            message = "has no text; it can only be matched by known interactions."
            self.notices.add(Code.NO_TEXT, message, row=row.number)
        return item

    def _values(self, row: Row) -> dict[str, Cell]:
        """The row's values; a missing value that a program wrote as NaN is blank in a text."""
        values = self.columns.values(row)
        missing = [f for f, cell in values.items() if is_nan(cell) and f not in NUMERIC_FIELDS]
        for field in missing:
            column = self.columns.name(field)
            message = "NaN is taken as blank."
            self.notices.add(Code.NOT_A_NUMBER, message, row=row.number, column=column)
            del values[field]
        return values

    def _id(self, values: Mapping[str, Cell], row: int) -> str:
        if "id" not in self.columns.fields:
            return str(row)
        column = self.columns.name("id")
        found = as_id(values.get("id"), file=self.file, row=row, column=column)
        if not found:
            hint = "Give the row an id, or remove the column to use row numbers."
            raise InvalidValue("has no id.", file=self.file, row=row, column=column, hint=hint)
        return found

    def _keywords(self, values: Mapping[str, Cell]) -> tuple[str, ...]:
        both = (*as_list(values.get("keywords")), *as_list(values.get("keywords_en")))
        return tuple(dict.fromkeys(both))

    def _language(self, values: Mapping[str, Cell], row: int) -> Language | None:
        text = as_text(values.get("lang"))
        if not text:
            return None
        try:
            return Language.parse(text)
        except InvalidValue as error:
            column = self.columns.name("lang")
            self.notices.add(Code.UNREAD_FACT, error.message, row=row, column=column)
            return None

    def _portfolio(self, values: Mapping[str, Cell], row: int) -> tuple[str, ...]:
        texts: list[str] = []
        for field in filter(values.__contains__, PORTFOLIO_FIELDS):
            entries = read_entries(values[field], self.portfolio)
            column = self.columns.name(field)
            texts += resolve(entries, self.portfolio, self.notices, row=row, column=column)
        return tuple(texts)


def joined_text(values: Mapping[str, Cell], before: list[str]) -> str:
    """The field `text` where it is filled, else the prose fields in order; a line each."""
    fields = ("text",) if "text" in values else TEXT_FIELDS
    texts = (as_text(values[name]) for name in fields if name in values)
    return "\n".join(filter(None, (*before, *texts)))
