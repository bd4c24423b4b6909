"""Two records that may be one, as a page shows them: field by field, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from matcher.actions.answer import title_of
from matcher.actions.masked import GUARDED
from matcher.actions.merging import BY_HAND, Seen
from matcher.domain.enums import Noun
from matcher.domain.labels import Labelled
from matcher.domain.record import Record
from matcher.files.sheet_columns import COLUMNS
from matcher.taxonomy import label
from matcher.web.say import Say

_LEFT_OUT = frozenset({*GUARDED, "id"})
_LONGEST = 400
_KEYS: Mapping[str, tuple[str, str]] = {
    "same_number": ("登记号相同", "the same number in the register"),
    "same_text": ("文字相同", "the same text"),
    "same_credit_code": ("统一社会信用代码相同", "the same credit code"),
    "same_name": ("名称相同", "the same name"),
    "same_registration": ("备案号相同", "the same registration"),
    "same_name_and_agency": ("姓名和机构相同", "the same name and agency"),
}
_CODES: Mapping[str, str] = {
    "field": "fields",
    "fields": "fields",
    "region": "regions",
    "regions": "regions",
}
"""Fields that hold codes, and the taxonomy of those."""
_OTHERS: Mapping[str, tuple[str, str]] = {"node": ("节点", "Node")}
"""Names of fields that no table has."""
NO_NODES: Mapping[str, str] = {}
_NOUNS: Mapping[Noun, tuple[str, str]] = {
    Noun.OUTCOME: ("成果", "Outcomes"),
    Noun.NEED: ("需求", "Needs"),
    Noun.MANAGER: ("技术经理人", "Managers"),
    Noun.ORGANISATION: ("单位", "Organisations"),
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as both have it; same: whether they say the same."""

    name: str
    kept: str
    dropped: str
    same: bool


@dataclass(frozen=True, slots=True)
class MergeShown:
    """A pair. kept, dropped: (id, title) of the one that would stay, and of the other; sure: in
    percent; why: what speaks for it, a few words each."""

    id: str
    noun: Noun
    kind: str
    kept: tuple[str, str]
    dropped: tuple[str, str]
    sure: int
    why: tuple[str, ...]
    fields: tuple[FieldShown, ...]


def merge_shown(seen: Seen, say: Say, nodes: Mapping[str, str] = NO_NODES) -> MergeShown:
    """The pair as the viewer may have it: both records are theirs to know of. nodes: their names by
    id."""
    merge = seen.merge
    return MergeShown(
        merge.id,
        merge.noun,
        say(*_NOUNS[merge.noun]),
        _end(seen.kept.record, say),
        _end(seen.dropped.record, say),
        round(100 * merge.score),
        tuple(reasons(merge.why, say)),
        tuple(_fields(seen, say, nodes)),
    )


def reasons(why: Mapping[str, Any], say: Say) -> Iterator[str]:
    """What the proposal rests on."""
    if why.get(BY_HAND):
        yield say("人工指定", "named by hand")
    for key in why.get("keys", ()):
        yield say(*_KEYS[key]) if key in _KEYS else str(key)
    if texts := why.get("texts"):
        yield (
            say("两种语言说的是同一件事", "alike in the other language")
            if texts["translated"]
            else say("文字相近", "alike texts")
        )
        if terms := texts.get("terms"):
            words = say("、", ", ").join(_words(pair) for pair in terms[:5])
            yield say("共同的词：{words}", "words in both: {words}", words=words)


def _words(pair: Any) -> str:
    one, other = pair
    return str(one) if one.lower() == other.lower() else f"{one} = {other}"


def _end(record: Any, say: Say) -> tuple[str, str]:
    return record.id, title_of(record, say.language) or record.id


def _fields(seen: Seen, say: Say, nodes: Mapping[str, str]) -> Iterator[FieldShown]:
    """What either of them states."""
    one, other = seen.kept.record, seen.dropped.record
    names = COLUMNS[seen.merge.noun].__members__
    for name in one.to_mapping() | other.to_mapping():
        left, right = getattr(one, name), getattr(other, name)
        if name in _LEFT_OUT or not (left or right):
            continue
        column = names.get(name.upper())
        told = say.label(column) if column is not None else say(*_OTHERS.get(name, (name, name)))
        one_told, other_told = (_named(name, value, say, nodes) for value in (left, right))
        yield FieldShown(told, one_told, other_told, left == right)


def _named(name: str, value: Any, say: Say, nodes: Mapping[str, str]) -> str:
    """A field's value in words; of a code, what it stands for."""
    if name == "node":
        return nodes.get(value, value) or "–"
    if (of := _CODES.get(name)) is None or not value:
        return _told(value, say)
    codes = (value,) if isinstance(value, str) else value
    return say("、", ", ").join(label(of, code, say.language) for code in codes)


def _told(value: Any, say: Say) -> str:
    """A field's value in words, cut where it is long."""
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, Labelled):
        return say.label(value)
    if isinstance(value, datetime):
        return say.moment(value)
    if isinstance(value, date):
        return say.date(value)
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if isinstance(value, Record):
        return say("、", ", ").join(_told(one, say) for one in value.to_mapping().values() if one)
    if isinstance(value, (tuple, frozenset, set)):
        return say("、", ", ").join(_told(one, say) for one in sorted(value, key=str))
    text = str(value.value if isinstance(value, Enum) else value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
