"""Keys that two records of one thing have in common: numbers of registers, names, whole texts."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from matcher.domain.identity import Identities
from matcher.domain.manager import Manager
from matcher.domain.name_key import name_key
from matcher.domain.organisation import Organisation
from matcher.store.tables import AnyRecord
from matcher.text.script import to_simplified

# A number in a register; “无” and “待定” stand in the column, too.
LEAST_DIGITS = 4
LEAST_TEXT = 20


class Key(StrEnum):
    """What two records have in common."""

    NUMBER = "same_number"
    TEXT = "same_text"
    CREDIT_CODE = "same_credit_code"
    NAME = "same_name"
    REGISTRATION = "same_registration"
    NAME_AND_AGENCY = "same_name_and_agency"


Pair = tuple[str, str]
"""Two ids, the smaller one first."""


def pair(one: str, other: str) -> Pair:
    """The ids of two records in order."""
    return (one, other) if one < other else (other, one)


def sure_pairs(
    records: Iterable[AnyRecord], identities: Identities, ids: Collection[str] | None = None
) -> dict[Pair, set[Key]]:
    """The pairs with a key in common; of many with one key, each with the first of them.

    ids: only what one of these has a part in, each with the first that isn't among them.
    """
    groups: dict[tuple[Key, str], list[str]] = defaultdict(list)
    for record in records:
        for key, value in dict.fromkeys(keys_of(record, identities)):
            groups[key, value].append(record.id)
    found: dict[Pair, set[Key]] = defaultdict(set)
    for (key, _), same in groups.items():
        asked = same if ids is None else [id_ for id_ in same if id_ in ids]
        first = next((id_ for id_ in same if ids is None or id_ not in ids), same[0])
        for id_ in asked:
            if id_ != first:
                found[pair(first, id_)].add(key)
    return dict(found)


def keys_of(record: AnyRecord, identities: Identities) -> Iterator[tuple[Key, str]]:
    """The keys of a record, each with its value."""
    match record:
        case Organisation():
            if record.credit_code:
                yield Key.CREDIT_CODE, record.credit_code
            yield from ((Key.NAME, key) for key in name_keys(record))
        case Manager():
            if number := _number(record.registration):
                yield Key.REGISTRATION, number
            agency = identities.root(record.agency)
            yield from (
                (Key.NAME_AND_AGENCY, f"{key}\n{agency}") for key in name_keys(record) if agency
            )
        case _:
            if number := _number(record.reg_no):
                yield Key.NUMBER, number
            if text := text_key("\n".join(record.pieces())):
                yield Key.TEXT, text


def name_keys(record: Manager | Organisation) -> tuple[str, ...]:
    """The keys of the names that a person or an organisation goes by, in Simplified script."""
    names = record.names if isinstance(record, Organisation) else (record.name, record.name_en)
    keys = (name_key(to_simplified(name)[0]) for name in names)
    return tuple(dict.fromkeys(filter(None, keys)))


def text_key(text: str) -> str:
    """The letters and digits of a text in Simplified script; "" for one too short to tell."""
    plain = unicodedata.normalize("NFKC", to_simplified(text)[0]).casefold()
    key = "".join(filter(str.isalnum, plain))
    return key if len(key) >= LEAST_TEXT else ""


def _number(text: str) -> str:
    number = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).upper()))
    return number if sum(map(str.isdigit, number)) >= LEAST_DIGITS else ""
