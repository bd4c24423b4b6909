"""Accounts as admins look through them: with the names of what they belong to, and last seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from matcher.actions.accounts import list_accounts
from matcher.actions.answer import title_of
from matcher.actions.paged import paged
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import ACCOUNTS, tell_read
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound
from matcher.store import accounts, nodes, records
from matcher.store.last_seen import last_seen

_NAMES = frozenset({"id", "name", "name_en", "node"})


class Standing(StrEnum):
    """Whether somebody can sign in."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Person:
    """An account. organisation, manager, node: names, "" for none and for what isn't there any
    more. seen_at: None for who was never seen, or not lately enough for it to be known."""

    account: Account
    organisation: str = ""
    manager: str = ""
    node: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PeopleWish:
    """Who is looked for. text: words that login and names hold, all of them, in any order."""

    text: str = ""
    role: Role | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class People:
    """A page of them by login. count: of all who suit; next: the id behind which others follow."""

    rows: tuple[Person, ...]
    count: int
    next: str | None


def find_people(
    platform: Platform,
    viewer: Viewer,
    wish: PeopleWish,
    language: Language,
    after: str = "",
    limit: int = 50,
) -> People:
    """Those whom the viewer may know of and who suit, behind the account of the id `after`."""
    found = [one for one in list_accounts(platform, viewer).accounts if _is_of(one, wish)]
    with platform.database.reading() as session:
        if words := wish.text.casefold().split():
            # Names of other records count, too: only then those of everybody are read.
            named = _named(session, viewer, found, language)
            found = [one.account for one in named if _holds(one, words)]
        page = paged(found, lambda one: one.id, after, limit)
        shown = _seen(session, _named(session, viewer, page.rows, language))
        return People(shown, len(found), page.next)


def get_person(platform: Platform, viewer: Viewer, id: str, language: Language) -> Person:
    """The account of this id, with what it belongs to. Raises NotFound."""
    with platform.database.reading() as session:
        account = accounts.get(session, id)
        if account is None or not viewer.sees(account):
            raise NotFound(f"There is no account {id!r}.", hint="Look for it among the people.")
        [person] = _seen(session, _named(session, viewer, [account], language))
    if viewer.account is None or viewer.account.id != id:
        tell_read(platform, viewer, ACCOUNTS, [Subject(noun=Noun.ACCOUNT, id=id)])
    return person


def _named(
    session: Session, viewer: Viewer, found: Iterable[Account], language: Language
) -> tuple[Person, ...]:
    every = tuple(found)
    firms = _names(session, viewer, Noun.ORGANISATION, (x.organisation for x in every), language)
    managers = _names(session, viewer, Noun.MANAGER, (x.manager for x in every), language)
    places = {one.id: title_of(one, language) for one in nodes.every(session)}
    return tuple(
        Person(
            account=one,
            organisation=firms.get(one.organisation, ""),
            manager=managers.get(one.manager, ""),
            node=places.get(one.node, ""),
        )
        for one in every
    )


def _names(
    session: Session, viewer: Viewer, noun: Noun, ids: Iterable[str], language: Language
) -> dict[str, str]:
    there = records.heads(session, noun, sorted(set(ids) - {""}), _NAMES)
    return {
        id_: title_of(one.record, language) or id_
        for id_, one in there.items()
        if one.live and viewer.sees(one.record)
    }


def _seen(session: Session, found: Iterable[Person]) -> tuple[Person, ...]:
    every = tuple(found)
    times = last_seen(session, (one.account.id for one in every))
    return tuple(
        Person(one.account, one.organisation, one.manager, one.node, times.get(one.account.id))
        for one in every
    )


def _is_of(account: Account, wish: PeopleWish) -> bool:
    """Whether role and standing are those that are looked for."""
    active = wish.standing is Standing.ACTIVE
    if wish.standing is not None and account.active is not active:
        return False
    return wish.role is None or wish.role in account.roles


def _holds(one: Person, words: Iterable[str]) -> bool:
    account = one.account
    told = (account.login, account.name, one.organisation, one.manager, one.node, account.manager)
    text = "\n".join(told).casefold()
    return all(word in text for word in words)
