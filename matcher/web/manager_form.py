"""A manager's record as a form: what its fields show, and what was typed as the actions take it.

As with needs and outcomes only what differs from what was shown is told on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from matcher.domain.enums import Grade
from matcher.domain.manager import LARGEST_CAPACITY, Deal, Manager
from matcher.errors import InvalidValue
from matcher.taxonomy import code_of, taxonomy, wanted_code
from matcher.web.contract_form import day_of
from matcher.web.say import Say

Pair = tuple[str, str]
NEW_DEALS = 2
"""Deals that can be added in one go."""
LONGEST = {"statement": 8_000, "statement_en": 8_000, "conflicts": 8_000, "deal_text": 4_000}
SHORT = 600
"""Characters that the other fields have room for."""
_COMMAS = re.compile(r"[,，、;；\n]+")
_NEWLINES = re.compile(r"\r\n?")


class Kind(Enum):
    """How a field is filled in."""

    LINE = auto()
    TEXT = auto()
    CODES = auto()
    WORDS = auto()
    LINES = auto()
    NUMBER = auto()
    GRADE = auto()
    YES = auto()
    NODE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form. vouched: whether it is an admin's to set; codes: the list of CODES."""

    name: str
    kind: Kind
    label: Pair
    example: Pair = ("", "")
    vouched: bool = False
    codes: str = ""


FIELDS = (
    Field("name", Kind.LINE, ("姓名", "Name"), vouched=True),
    Field("name_en", Kind.LINE, ("英文姓名", "Name in Latin letters"), vouched=True),
    Field(
        "statement",
        Kind.TEXT,
        ("专长", "Expertise"),
        (
            "例：做过十年涂层与表面工程，熟悉导轨、模具；能判断工艺能否放大",
            "e.g. ten years of coatings and surfaces; can judge whether a process scales",
        ),
    ),
    Field("statement_en", Kind.TEXT, ("专长（英文）", "Expertise, in English")),
    Field(
        "fields",
        Kind.CODES,
        ("领域", "Fields"),
        ("例：新材料、先进制造与自动化", "e.g. New Materials, Advanced Manufacturing"),
        codes="fields",
    ),
    Field(
        "regions",
        Kind.CODES,
        ("地区", "Places"),
        ("例：浙江、江苏苏州", "e.g. Zhejiang, Suzhou"),
        codes="regions",
    ),
    Field(
        "industries",
        Kind.CODES,
        ("服务的行业", "Industries"),
        ("例：C35、C36", "e.g. C35, C36"),
        codes="industries",
    ),
    Field("languages", Kind.WORDS, ("工作语言", "Languages"), ("例：zh、en", "e.g. zh, en, de")),
    Field(
        "capacity",
        Kind.NUMBER,
        ("同时能跟进几项", "How many at once"),
        ("空着：不限；0：暂不接新的", "empty: no limit; 0: nothing new for now"),
    ),
    Field("grade", Kind.GRADE, ("职级", "Grade"), vouched=True),
    Field("registration", Kind.LINE, ("登记号", "Registration"), vouched=True),
    Field(
        "agency",
        Kind.LINE,
        ("所属机构", "Agency"),
        ("例：单位名称或编号", "e.g. the name or id of an organisation"),
        vouched=True,
    ),
    Field(
        "conflicts",
        Kind.LINES,
        ("回避单位", "Keeps away from"),
        (
            "每行一个：单位名称或编号；涉及这些单位的不会推荐",
            "one a line: the name or id of an organisation; nothing of theirs is suggested",
        ),
        vouched=True,
    ),
    Field("node", Kind.NODE, ("节点", "Node"), vouched=True),
    Field("active", Kind.YES, ("在岗：会收到推荐", "Active: gets suggestions"), vouched=True),
)
DEAL = ("deal_title", "deal_text", "deal_date")


def fields_for(*, vouching: bool) -> tuple[Field, ...]:
    """The fields of the form. vouching: for an admin of the node."""
    return tuple(one for one in FIELDS if vouching or not one.vouched)


def manager_values(manager: Manager, say: Say) -> dict[str, str]:
    """What the fields show of a record."""
    return {one.name: _value(one, manager, say) for one in FIELDS}


def typed_manager(form: Mapping[str, str]) -> dict[str, str]:
    """What was typed, field by field, new deals and those to be dropped too."""
    names = [one.name for one in FIELDS]
    names += [f"{name}_{place}" for place in range(NEW_DEALS) for name in DEAL]
    names += [name for name in form if name.startswith("drop_")]
    return {name: _NEWLINES.sub("\n", form.get(name, "")).strip() for name in names}


def told_manager(
    typed: Mapping[str, str], shown: Mapping[str, str], deals: tuple[Deal, ...], *, vouching: bool
) -> dict[str, Any]:
    """The record's fields that were typed otherwise than they were shown.

    deals: those that the form showed. Raises InvalidValue, which names the field of the form.
    """
    found: dict[str, Any] = {}
    for one in fields_for(vouching=vouching):
        text = typed.get(one.name, "")
        if text != shown.get(one.name, "").strip():
            found[one.name] = _read(one, text)
    kept = [deal for place, deal in enumerate(deals) if not typed.get(f"drop_{place}")]
    new = list(_new_deals(typed))
    if new or len(kept) < len(deals):
        found["deals"] = [deal.to_mapping() for deal in (*kept, *new)]
    return found


def _value(one: Field, manager: Manager, say: Say) -> str:
    value = getattr(manager, one.name)
    match one.kind:
        case Kind.CODES:
            return say("、", ", ").join(_named(one.codes, code, say) for code in value)
        case Kind.WORDS:
            return say("、", ", ").join(value)
        case Kind.LINES:
            return "\n".join(value)
        case Kind.YES:
            return "1" if value else ""
        case Kind.GRADE:
            return value.value if value else ""
    return "" if value is None else str(value)


def _named(codes: str, code: str, say: Say) -> str:
    """The name, or the code where another one has that name too, or the name has a comma."""
    name = _label(codes, code, say)
    return name if code_of(codes, name) == code and not _COMMAS.search(name) else code


def _label(codes: str, code: str, say: Say) -> str:
    match codes:
        case "fields":
            return say.field(code)
        case "regions":
            return say.place(code)
    entry = taxonomy(codes).get(code)
    return entry.label(say.language) if entry else code


def _read(one: Field, text: str) -> Any:
    _require_room(one.name, text)
    match one.kind:
        case Kind.CODES:
            return list(dict.fromkeys(_code(one, word) for word in _words(text)))
        case Kind.WORDS:
            return list(dict.fromkeys(_words(text)))
        case Kind.LINES:
            return list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
        case Kind.NUMBER:
            return _number(one.name, text)
        case Kind.GRADE:
            return text if text in {grade.value for grade in Grade} else None
        case Kind.YES:
            return bool(text)
    return text


def _words(text: str) -> Iterator[str]:
    return (word for piece in _COMMAS.split(text) if (word := piece.strip()))


def _code(one: Field, word: str) -> str:
    try:
        return wanted_code(one.codes, word)
    except InvalidValue as error:
        raise InvalidValue(error.message, field=one.name, hint=error.hint) from error


def _number(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_CAPACITY))):
        hint = f"Write a whole number up to {LARGEST_CAPACITY}, or nothing."
        raise InvalidValue("This isn't a number that can be used.", field=name, hint=hint)
    return int(text)


def _new_deals(typed: Mapping[str, str]) -> Iterator[Deal]:
    for place in range(NEW_DEALS):
        title, text, day = (typed.get(f"{name}_{place}", "") for name in DEAL)
        if not (title or text or day):
            continue
        if not (title or text):
            hint = "Write what it was, or take the day away."
            message = "A deal of which nothing but the day is known can't be kept."
            raise InvalidValue(message, field=f"deal_title_{place}", hint=hint)
        _require_room(f"deal_title_{place}", title)
        _require_room(f"deal_text_{place}", text)
        yield Deal(title=title, text=text, date=day_of(day, f"deal_date_{place}"))


def _require_room(name: str, text: str) -> None:
    most = LONGEST.get(re.sub(r"_\d$", "", name), SHORT)
    if len(text) > most:
        hint = f"Write up to {most:,} characters."
        raise InvalidValue(f"{len(text):,} characters are too many.", field=name, hint=hint)
