"""Which column names mean which field: the words of mapping files, ready to be looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.enums import Language, Noun
from matcher.files.fields import ENGLISH, FIELDS, MONEY_FIELDS, english_sibling
from matcher.files.header import JOINER, LONGEST_NAME
from matcher.files.heading import Heading, fold, parse_heading


class Role(StrEnum):
    """The part that a file plays in a match."""

    QUERY = "query"
    CANDIDATE = "candidate"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a plain number in a column of money counts: 10,000 CNY for 万元."""

    scale: int
    currency: str


PLAIN = Unit(1, "CNY")

Rank = tuple[int, int, int]
"""How well a name fits a field, smaller first: file (last one first), table, place in its list."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column name says: its field, and the unit where the field is money."""

    field: str
    unit: Unit
    rank: tuple[int, Rank]
    """Smaller is surer: the whole name before a part of a two-row name, then the word's rank."""
    language: Language | None = None
    """The language that the name says its column is in."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Folded words that say something about a column other than its field."""

    english: frozenset[str] = frozenset()
    chinese: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    headlines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words by noun, units, and the columns that a user's mapping names outright.

    `required[role]`: field → column names that must be there (None: in every file);
    `noun`: what the records are, where the mapping says so; `unused`: folded names of columns
    that are to be left alone.
    """

    words: Mapping[Noun, Mapping[str, tuple[str, Rank]]]
    units: Mapping[str, Unit] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    required: Mapping[Role | None, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    noun: Noun | None = None
    unused: frozenset[str] = frozenset()
    file: str | None = None
    """The mapping file that `required` comes from, for messages."""

    def knows(self, name: str) -> bool:
        """Whether a column of this name would be understood for some noun."""
        if len(name) > 2 * LONGEST_NAME or not name:
            return False
        if self.counts_rows(name) or any(self.meaning(name, noun) for noun in FIELDS):
            return True
        named = (names for columns in self.required.values() for names in columns.values())
        return fold(name) in {fold(column) for columns in named for column in columns}

    def meaning(self, name: str, noun: Noun) -> Meaning | None:
        """The field of `noun` that a column of this name holds, None where it is not understood.

        A name from two header rows is looked up whole, then by its upper and its lower part.
        """
        upper, _, lower = name.partition(JOINER)
        for part, text in enumerate(dict.fromkeys((name, upper, lower))):
            heading = parse_heading(text)
            found = next(self._readings(heading, self.words.get(noun, {})), None)
            if found is not None:
                (target, rank), language = found
                if language is Language.EN:
                    target = english_sibling(target, noun)
                unit = self.unit(parse_heading(name)) if target in MONEY_FIELDS else PLAIN
                return Meaning(target, unit, (part, rank), language)
        return None

    def counts_rows(self, name: str) -> bool:
        """Whether a column of this name only numbers the rows of its table: 序号, No., #."""
        sign = unicodedata.normalize("NFKC", name).strip(" .:*")
        return (parse_heading(name).key or sign) in self.marks.rows

    def is_headline(self, name: str) -> bool:
        """Whether a column of this name is the main text where another column holds the title."""
        return parse_heading(name).key in self.marks.headlines

    def unit(self, heading: Heading) -> Unit:
        """The unit in a heading's remarks or at the end of its name; yuan where it has none."""
        for text in (*heading.notes, heading.key):
            fitting = [name for name in self.units if text.endswith(name)]
            if fitting:
                return self.units[max(fitting, key=len)]
        return PLAIN

    def _readings(
        self, heading: Heading, words: Mapping[str, tuple[str, Rank]]
    ) -> Iterator[tuple[tuple[str, Rank], Language | None]]:
        """Words that a heading may be, likeliest first, each with the language it is marked."""
        marks = {Language.EN: self.marks.english, Language.ZH: self.marks.chinese}
        noted = [language for language in marks if not marks[language].isdisjoint(heading.notes)]
        for key in self._without_extras(heading.key):
            if key in words:
                yield words[key], noted[0] if noted else None
            for language in marks:
                yield from (
                    (words[bare], language)
                    for bare in _without_mark(key, marks[language])
                    if bare in words and not words[bare][0].endswith(ENGLISH)
                )

    def _without_extras(self, key: str) -> Iterator[str]:
        """The key, then without 必填 and the like, then without a unit at its end."""
        yield key
        yield from _without_mark(key, self.marks.ignored)
        yield from (key.removesuffix(unit) for unit in self.units if key.endswith(unit))


def _without_mark(key: str, marks: frozenset[str]) -> Iterator[str]:
    """The key without one of the marks at its beginning or end; longer marks first."""
    for mark in sorted(marks, key=lambda mark: (-len(mark), mark)):
        if key.startswith(mark) and key != mark:
            yield key.removeprefix(mark)
        if key.endswith(mark) and key != mark:
            yield key.removesuffix(mark)
