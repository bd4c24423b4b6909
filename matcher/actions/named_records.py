"""Organisations and managers found by a name that somebody types, for an account to belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import title_of
from matcher.actions.authority import nodes_of
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue
from matcher.store import accounts, directory, nodes, records

MOST = 20
"""How many are offered."""
_LOOKED_THROUGH = 500
_NAMES = ("id", "name", "name_en", "agency", "node", "active")


@dataclass(frozen=True, slots=True)
class Named:
    """A record and its name; "" for one that has none. node: of a manager's record."""

    id: str
    name: str
    node: str = ""

    @property
    def label(self) -> str:
        """What tells it from others of its name, and what a field holds that it was chosen in."""
        return f"{self.name} ({self.id})" if self.name else self.id


def offered(
    platform: Platform, viewer: Viewer, noun: Noun, typed: str, language: Language
) -> tuple[Named, ...]:
    """Up to MOST whose name or id holds what is typed, the shortest names first.

    Managers are those of the viewer's nodes: nobody else says who signs in as them.
    """
    with platform.database.reading() as session:
        found = list(_holding(session, viewer, noun, typed.strip(), language))
    return tuple(sorted(found, key=lambda one: (len(one.name), one.label))[:MOST])


def chosen(platform: Platform, viewer: Viewer, noun: Noun, typed: str, language: Language) -> str:
    """The id of the record that is meant by an id, a label or the whole of a name; "" for nothing.

    A part of a name or id means nobody, even where one record alone has it: an account would act
    for who wasn't named. Raises InvalidValue where none is meant, or several; its
    `values["offered"]` holds those that may be.
    """
    text = typed.strip()
    if not text:
        return ""
    with platform.database.reading() as session:
        if (found := _by_id(session, viewer, noun, text)) is not None:
            return found
    may_be = offered(platform, viewer, noun, text, language)
    same = tuple(one for one in may_be if one.name.casefold() == text.casefold())
    if len(same) == 1:
        return same[0].id
    raise InvalidValue(
        f"Several are called {text}." if same else f"Nothing is called exactly {text}.",
        field=noun.value,
        hint="Choose one of those that are offered." if may_be else "Type a part of the name.",
        offered=same or may_be,
    )


def named(platform: Platform, noun: Noun, id: str, language: Language) -> Named:
    """The record of this id with its name, if it is there."""
    with platform.database.reading() as session:
        stored = records.get(session, noun, id) if id else None
    if stored is None or not stored.live:
        return Named(id, "")
    return _named(noun, stored.record, language)


def without_account(
    platform: Platform, viewer: Viewer, typed: str, language: Language
) -> tuple[Named, ...]:
    """The active managers of the viewer's nodes who can't sign in yet, by name."""
    with platform.database.reading() as session:
        known = accounts.of_managers(session)
        found = list(_holding(session, viewer, Noun.MANAGER, typed.strip(), language, active=True))
    return tuple(sorted((x for x in found if x.id not in known), key=lambda one: one.label))


def _holding(
    session: Session,
    viewer: Viewer,
    noun: Noun,
    text: str,
    language: Language,
    *,
    active: bool = False,
) -> Iterator[Named]:
    if noun is Noun.ORGANISATION:
        for stored in directory.page(session, "", _LOOKED_THROUGH, text):
            if viewer.sees(stored.record):
                yield _named(noun, stored.record, language)
        return
    for record in _managers(session, viewer):
        told = f"{record.name}\n{record.name_en}\n{record.id}".casefold()
        if text.casefold() in told and (record.active or not active):
            yield _named(noun, record, language)


def _managers(session: Session, viewer: Viewer) -> Iterable[Any]:
    theirs = nodes_of(session, viewer)
    every = nodes.parents(session) if theirs is None else theirs
    return records.brief(session, Noun.MANAGER, every, _NAMES)


def _by_id(session: Session, viewer: Viewer, noun: Noun, text: str) -> str | None:
    """The record whose id or label this is."""
    _, _, end = text.rpartition(" (")
    for id_ in filter(None, (text, end.removesuffix(")"))):
        stored = records.get(session, noun, id_)
        if stored is not None and stored.live and viewer.sees(stored.record):
            labels = {_named(noun, stored.record, one).label for one in Language}
            if text in {id_, *labels}:
                return id_
    return None


def _named(noun: Noun, record: Any, language: Language) -> Named:
    node = record.node if noun is Noun.MANAGER else ""
    return Named(record.id, title_of(record, language), node)
