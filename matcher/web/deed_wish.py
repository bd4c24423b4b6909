"""Which deeds somebody asks for: the filters of the audit as its address has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.errors import InvalidValue
from matcher.web.deed_words import DeedKind
from matcher.web.pasted import pasted

NAMES = ("who", "kind", "about", "since", "until")
LONGEST = 300
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class DeedWish:
    """who: a login or an id; kind: None for all but lists; before: only deeds of smaller numbers
    than this."""

    who: str = ""
    kind: DeedKind | None = None
    about: Subject | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None


def typed_wish(arguments: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields."""
    return {name: arguments.get(name, "").strip()[:LONGEST] for name in NAMES}


def deed_wish(arguments: Mapping[str, str]) -> DeedWish:
    """What is wished for. Raises InvalidValue, which names the field."""
    typed, before = typed_wish(arguments), arguments.get("before", "")
    return DeedWish(
        who=typed["who"],
        kind=_kind(typed["kind"]),
        about=_subject(typed["about"]),
        since=_day(typed, "since"),
        until=_day(typed, "until"),
        before=int(before) if _NUMBER.fullmatch(before) else None,
    )


def _kind(text: str) -> DeedKind | None:
    return next((one for one in DeedKind if one.value == text), None)


def _subject(text: str) -> Subject | None:
    """A record by the address of its page, or as `need:N1`."""
    if not text:
        return None
    if found := pasted(text):
        return found
    kind, _, id_ = text.partition(":")
    known = {one.value: one for one in Noun}
    if kind.strip() not in known or not id_.strip():
        hint = "Paste the address of its page, or write its kind and id, such as need:N1."
        raise InvalidValue("It isn't clear what is meant.", field="about", hint=hint)
    return Subject(noun=known[kind.strip()], id=id_.strip())


def _day(typed: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(typed[name]) if typed[name] else None
    except ValueError as error:
        hint = "Write it as 2026-11-23."
        raise InvalidValue("This isn't a day.", field=name, hint=hint) from error
