"""The fields that a table of each noun may hold: those of the domain's records, and a few more.

A table is flatter than a record: a price may come as one text (`price`) or as two bounds, a
challenge as two columns. And a table for matching may say everything in `title` and `text`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from matcher.domain.enums import Noun
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome

ENGLISH = "_en"
"""Ends the name of the field that holds the English text beside the Chinese one."""

_EVERY = (
    *("id", "external_id", "title", "title_en", "text", "keywords", "keywords_en", "lang"),
    *("portfolio", "region", "country", "visibility", "secrecy", "valid_until", "updated_at"),
    "source",
)
_RECORDS: dict[Noun, type[Outcome | Need | Manager | Organisation]] = {
    Noun.OUTCOME: Outcome,
    Noun.NEED: Need,
    Noun.MANAGER: Manager,
    Noun.ORGANISATION: Organisation,
}
_FLAT = {
    Noun.OUTCOME: ("price",),
    Noun.NEED: ("budget", "challenge_award", "challenge_deadline"),
}
_OURS = frozenset(("owner", "visible_to", "node", "same_person"))
"""What the platform knows of a record and no file says."""
_NOT_PROSE = frozenset(("title", "name", "keywords", "aliases"))


def _fields(noun: Noun) -> tuple[str, ...]:
    own = [field.name for field in dataclasses.fields(_RECORDS[noun])]
    names = dict.fromkeys((*_EVERY, *own, *_FLAT.get(noun, ())))
    return tuple(name for name in names if name not in _OURS)


def _text_fields() -> tuple[str, ...]:
    prose = [name for record in _RECORDS.values() for name in record.TEXT_FIELDS]
    kept = [name for name in dict.fromkeys(prose) if name not in _NOT_PROSE]
    return ("text", *(twin for name in kept for twin in (name, name + ENGLISH)))


FIELDS: dict[Noun, tuple[str, ...]] = {noun: _fields(noun) for noun in _RECORDS}
"""What can be imported or matched, by noun; the order of nouns settles ties between them."""

ALL_FIELDS = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))

TEXT_FIELDS = _text_fields()
"""Fields that are prose, in the order in which they are joined to one text: that of the
domain, each followed by its English twin."""

MAIN_TEXT = {Noun.OUTCOME: "summary", Noun.NEED: "problem", Noun.MANAGER: "statement"}
"""Where a column of plain `text` goes; an organisation has no such field."""

JOINED_FIELDS = frozenset((*TEXT_FIELDS, "keywords", "keywords_en", "deals", "portfolio"))
"""Fields that take several columns of a table; any other takes the best one."""

MONEY_FIELDS = frozenset(
    ("price", "price_min", "price_max", "budget", "budget_min", "budget_max", "challenge_award")
)
"""Fields to which a column's unit (10,000 yuan, thousand dollars) applies."""


def missing_text(noun: str, fields: Collection[str]) -> str:
    """The field that wants a column where none of these is prose; "" where one is, or where the
    records of the noun have no text."""
    prose = frozenset((*TEXT_FIELDS, "deals", "portfolio"))
    wanted = {str(one): name for one, name in MAIN_TEXT.items()}.get(noun, "")
    return wanted if prose.isdisjoint(fields) else ""


def english_sibling(field: str, noun: Noun) -> str:
    """The field that holds the English text of `field`, itself where it has none."""
    sibling = field + ENGLISH
    return sibling if sibling in FIELDS[noun] else field
