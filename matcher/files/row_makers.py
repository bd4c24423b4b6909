"""For each noun: how its columns are found, and how a row becomes a record."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp
from matcher.domain.interaction import Interaction
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.errors import InvalidValue, MissingColumn
from matcher.files.draft import Draft
from matcher.files.fields import MONEY_FIELDS
from matcher.files.followup_rows import build_followup, read_followup
from matcher.files.header import Known
from matcher.files.heading import fold, parse_heading
from matcher.files.interaction_rows import build_interaction, read_interaction
from matcher.files.mapping import Column, ColumnMap, map_columns
from matcher.files.own_rows import FORMAT, Place
from matcher.files.record_fields import KINDS, Kept, own_columns, read_fields
from matcher.files.row_report import RowCode, refusal
from matcher.files.sheet_columns import COLUMNS, INTERACTION
from matcher.files.table import Table
from matcher.files.vocabulary import PLAIN, Rank, Vocabulary

_LAST: Rank = (1 << 20, 0, 0)
"""Rank of a heading of our own sheets, behind every word of a mapping file."""
_AMOUNTS = MONEY_FIELDS | {"value", "technical_value", "commission", "upfront"}
_TOGETHER = {
    "price": ("price_min", "price_max", "currency"),
    "budget": ("budget_min", "budget_max", "currency"),
    "challenge_award": ("challenge",),
    "challenge_deadline": ("challenge",),
}
"""Columns that say something of other fields than the one they are named for."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Reads the tables of one noun; `read` fills a draft, `finish` makes the record of it."""

    noun: str
    kind: type[Record]
    read: Callable[[Draft, Place], None]
    finish: Callable[[Draft], Record]

    @property
    def _free(self) -> bool:
        """Whether the columns are told by the words of mapping files."""
        return self.kind in KINDS.values()

    def knows(self, vocabulary: Vocabulary) -> Known:
        """Whether a column name would be understood in such a table."""
        if self._free:
            return vocabulary.knows
        return lambda name: vocabulary.counts_rows(name) or bool(self._told(name, vocabulary))

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        """The words of the mapping files, and behind them the headings of our own sheets."""
        if not self._free:
            return vocabulary
        noun = Noun(self.noun)
        ours = {
            fold(heading): (column.value, _LAST)
            for column in COLUMNS[noun]
            for heading in (column.zh, column.en)
        }
        words = {**vocabulary.words, noun: {**ours, **vocabulary.words.get(noun, {})}}
        return dataclasses.replace(vocabulary, words=words)

    def map(self, table: Table, vocabulary: Vocabulary) -> ColumnMap:
        """Which column holds which field; MissingColumn where none is understood."""
        if self._free:
            return own_columns(map_columns(table, vocabulary, Noun(self.noun)), Noun(self.noun))
        fields: dict[str, tuple[Column, ...]] = {}
        for index, name in enumerate(table.columns):
            field = self._told(name, vocabulary)
            if field and field not in fields:
                unit = vocabulary.unit(parse_heading(name)) if field in _AMOUNTS else PLAIN
                fields[field] = (Column(index, name, unit),)
        if not fields:
            raise _nothing_usable(table, self.noun)
        taken = {column.index for columns in fields.values() for column in columns}
        unmapped = (n for i, n in enumerate(table.columns) if n and i not in taken)
        return ColumnMap(Noun.FOLLOW_UP, fields, tuple(unmapped), vocabulary.marks.totals)

    def _told(self, heading: str, vocabulary: Vocabulary) -> str:
        """The field that a heading is for: as a mapping names it outright, or by its words."""
        named = vocabulary.required.get(None, {}).items()
        chosen = next((field for field, names in named if heading in names), "")
        unused = fold(heading) in vocabulary.unused
        return chosen or ("" if unused else _named(self.noun, heading))

    def names(self) -> frozenset[str]:
        """The fields of the record."""
        return frozenset(field.name for field in dataclasses.fields(self.kind))  # type: ignore[arg-type]

    def holds(self, table: Table, columns: ColumnMap) -> frozenset[str]:
        """The fields of the record that the file can say something of."""
        if FORMAT in table.columns:
            return self.names()
        together = {name for field in columns.fields for name in _TOGETHER.get(field, ())}
        return self.names() & (columns.fields.keys() | together)

    def unkept(self, columns: ColumnMap) -> tuple[str, ...]:
        """The fields of a table that the record has no place for."""
        known = self.names() | {column.value for column in COLUMNS[self.noun]} | _TOGETHER.keys()
        left = (name for name in columns.fields if name not in known and name not in _JUDGED)
        return tuple(left)

    def telling(self, draft: Draft) -> Iterator[str]:
        """What an id can be made of: title, organisation and main text, or the parties."""
        for name in _TELLING[self.noun]:
            value = draft.fields.get(name)
            yield "" if value is None else str(value)

    def add_source(self, draft: Draft, given: str, columns: ColumnMap, node: str) -> None:
        """Say what the source calls the record and to which node it goes."""
        if "external_id" in columns.fields:
            draft.fields["external_id"] = draft.text("external_id")
        elif "external_id" in self.names():
            draft.fields["external_id"] = given
        if node:
            draft.fields["node"] = node


_JUDGED = frozenset(("visibility", "secrecy"))
"""Not kept by every noun, but never passed over."""
_TELLING = {
    Noun.OUTCOME: ("title", "title_en", "holder", "summary", "summary_en"),
    Noun.NEED: ("title", "title_en", "organisation", "problem", "problem_en"),
    Noun.MANAGER: ("name", "name_en", "agency", "statement", "statement_en"),
    Noun.ORGANISATION: ("name", "name_en", "credit_code"),
    Noun.FOLLOW_UP: ("need", "outcome", "manager"),
    INTERACTION: ("need", "outcome", "manager", "at"),
}


def _record_maker(noun: Noun) -> Maker:
    kind = KINDS[noun]

    def finish(draft: Draft) -> Kept:
        record = draft.build(kind)
        _require_text(record)
        return record

    return Maker(noun, kind, lambda draft, place: read_fields(draft, kind), finish)


def _require_text(record: Kept) -> None:
    """Refuse what can be neither matched nor shown under a name."""
    names = (getattr(record, name, "") for name in ("name", "name_en", "deals"))
    if not record.pieces() and not any(names):
        hint = "Give it a title or a text."
        raise refusal(RowCode.NO_TEXT, "has no title and no text.", hint=hint)


def _named(noun: str, heading: str) -> str:
    """The field that a heading names in a table of follow-ups or interactions, "" for none."""
    try:
        return _column(COLUMNS[noun], heading).value
    except InvalidValue:
        return ""


def _column(columns: type[Labelled], heading: str) -> Labelled:
    try:
        return columns.parse(heading)
    except InvalidValue:
        return columns.parse(parse_heading(heading).key)


def _nothing_usable(table: Table, noun: str) -> MissingColumn:
    found = tuple(filter(None, table.columns))
    wanted = tuple(column.value for column in COLUMNS[noun])
    return MissingColumn(
        f"no column is understood (found {', '.join(found) or 'none'}).",
        file=table.name,
        row=table.header_row or None,
        hint=f"Name the columns {', '.join(wanted[:4])} and so on.",
        found=found,
        wanted=wanted,
    )


MAKERS: Mapping[str, Maker] = {
    **{noun: _record_maker(noun) for noun in KINDS},
    Noun.FOLLOW_UP: Maker(Noun.FOLLOW_UP, FollowUp, read_followup, build_followup),
    INTERACTION: Maker(INTERACTION, Interaction, read_interaction, build_interaction),
}
