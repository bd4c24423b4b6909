"""A need or an outcome as a form: what its fields show, and what was typed as the actions take it.

Only what differs from what the form showed is told on: what a form has no room for, and what its
words say less exactly than the record, stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from matcher.domain.enums import Noun, TransferMode, Visibility
from matcher.domain.money import parse_money
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue
from matcher.taxonomy import code_of, wanted_code
from matcher.web.contract_form import day_of
from matcher.web.record_fields import MONEY, Input, Kind, inputs_of
from matcher.web.say import Say

LONGEST = {Kind.TEXT: 8_000, Kind.LINE: 300, Kind.WORDS: 1_000}
"""Characters that a field has room for; others have a hundred."""
_SHORT = 100
_COMMAS = re.compile(r"[,，、;；\n]+")
_NEWLINES = re.compile(r"\r\n?")
_DRAFT = "draft"


def values_of(noun: Noun, record: Need | Outcome, say: Say) -> dict[str, str]:
    """What the fields of the form show of a record."""
    return {one.name: _value(one, record, say) for one in inputs_of(noun)}


def empty_values(noun: Noun, circle: Visibility = Visibility.PUBLIC) -> dict[str, str]:
    """What they show before anything is typed. circle: who is to know of it."""
    return {one.name: circle.value if one.kind is Kind.CIRCLE else "" for one in inputs_of(noun)}


def typed_values(noun: Noun, form: Mapping[str, str]) -> dict[str, str]:
    """What was typed, field by field; several that are ticked with commas between them."""
    return {
        one.name: _NEWLINES.sub("\n", form.get(one.name, "")).strip() for one in inputs_of(noun)
    }


def told(noun: Noun, typed: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, Any]:
    """The record's fields that were typed otherwise than they were shown.

    Raises InvalidValue, which names the field of the form.
    """
    found: dict[str, Any] = {}
    for one in inputs_of(noun):
        text = typed.get(one.name, "")
        if text != shown.get(one.name, "").strip():
            found |= _read(one, text)
    return found


def draft(noun: Noun, typed: Mapping[str, str]) -> Need | Outcome:
    """The record as far as it can be read; what can't be yet isn't there."""
    found: dict[str, Any] = {}
    for one in inputs_of(noun):
        try:
            found |= _read(one, typed.get(one.name, ""))
        except InvalidValue:
            # Half a word; it is told when the form is saved.
            continue
    kind: type[Need] | type[Outcome] = Need if noun is Noun.NEED else Outcome
    return kind.from_mapping({**found, "id": _DRAFT})


def _value(one: Input, record: Need | Outcome, say: Say) -> str:
    if one.kind is Kind.MONEY:
        amount = record.budget if isinstance(record, Need) else record.price
        return say.money(amount) if amount else ""
    value = getattr(record, one.name)
    match one.kind:
        case Kind.WORDS:
            return say("、", ", ").join(value)
        case Kind.MODES:
            return ",".join(mode.value for mode in value)
        case Kind.PLACE:
            return _place(value, say)
        case Kind.YES:
            return "1" if value else ""
        case Kind.DAY:
            return value.isoformat() if value else ""
        case Kind.CIRCLE:
            return str(value.value)
    return "" if value is None else str(value)


def _place(code: str, say: Say) -> str:
    """The name of a place, or its code where another place has that name too."""
    name = say.place(code)
    return name if code_of("regions", name) == code else code


def _read(one: Input, text: str) -> dict[str, Any]:
    """The fields of the record that a field of the form stands for."""
    _require_room(one, text)
    match one.kind:
        case Kind.MONEY:
            return _amounts(one.name, text)
        case Kind.WORDS:
            words = (word.strip() for word in _COMMAS.split(text))
            return {one.name: list(dict.fromkeys(filter(None, words)))}
        case Kind.MODES:
            return {
                one.name: [_member(one, TransferMode, mode) for mode in text.split(",") if mode]
            }
        case Kind.PLACE:
            return {one.name: wanted_code("regions", text)}
        case Kind.TRL:
            return {one.name: _level(one.name, text)}
        case Kind.DAY:
            day = day_of(text, one.name)
            return {one.name: day.isoformat() if day else None}
        case Kind.YES:
            return {one.name: bool(text)}
        case Kind.CIRCLE:
            return {one.name: _member(one, Visibility, text or Visibility.PUBLIC.value)}
    return {one.name: text}


def _require_room(one: Input, text: str) -> None:
    most = LONGEST.get(one.kind, _SHORT)
    if len(text) > most:
        hint = f"Write up to {most:,} characters."
        raise InvalidValue(f"{len(text):,} characters are too many.", field=one.name, hint=hint)


def _member(one: Input, kind: type[TransferMode | Visibility], text: str) -> str:
    try:
        return kind.parse(text).value
    except InvalidValue as error:
        raise InvalidValue(error.message, field=one.name, hint=error.hint) from error


def _level(name: str, text: str) -> int | None:
    if not text:
        return None
    if len(text) > 1 or text not in "123456789":
        hint = "Choose a level from 1 to 9."
        raise InvalidValue(f"{text[:40]!r} is no TRL.", field=name, hint=hint)
    return int(text)


def _amounts(name: str, text: str) -> dict[str, Any]:
    low, high = MONEY[name]
    try:
        amount = parse_money(text)
    except InvalidValue as error:
        raise InvalidValue(error.message, field=name, hint=error.hint) from error
    if amount is None:
        return {low: None, high: None}
    return {low: amount.low, high: amount.high, "currency": amount.currency}
