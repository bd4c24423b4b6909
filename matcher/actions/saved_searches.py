"""Searches that people save, and what is new in them since they last looked.

They are strictly their account's: to anybody else, an admin as well, there are none. So nothing of
them is told as an event, which admins could read.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import Wish
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.actions.saved_filters import filters_of, plain_filters
from matcher.actions.search import search as find
from matcher.domain.account import Account
from matcher.domain.enums import Noun
from matcher.domain.saved_search import LONGEST_NAME, SavedSearch, neat_name
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue, NotFound, UsageError
from matcher.recommend.bands import Band
from matcher.recommend.filters import Filters
from matcher.store import accounts
from matcher.store import saved_searches as store

MOST = 50
"""Searches of one account."""
FIRST = 20
"""How far down what is found is looked at."""
KEPT = 2_000
"""Searches of which a process keeps what they found last."""
PREFIX = "S-"
_BYTES = 8


def save(
    platform: Platform, viewer: Viewer, name: str, noun: Noun, text: str, filters: Filters
) -> SavedSearch:
    """Keep a search; what it finds now is known. Without a name it is called by its words.

    Saved again under its name it is the one there is. Raises InvalidValue for a name that another
    search of the account has or that is too long, UsageError beyond `MOST`, NotFound without an
    account, and what `search.search` raises.
    """
    at, account = platform.now(), _account(platform, viewer)
    new = SavedSearch(
        id=PREFIX + secrets.token_hex(_BYTES),
        account=account.id,
        name=neat_name(name) or neat_name(text)[:LONGEST_NAME] or noun.label(account.language),
        noun=noun,
        query=text.strip(),
        filters=plain_filters(filters),
        created_at=at,
        looked_at=at,
    )
    new = new.seen(_found(platform, viewer, new), at)
    with platform.database.writing() as session:
        others = store.of_account(session, account.id)
        same = next((one for one in others if _key(one.name) == _key(new.name)), None)
        if same is not None and _looks_for(same) == _looks_for(new):
            return same
        _require_free(new.name, others)
        if len(others) >= MOST:
            raise UsageError(f"You have {MOST} saved searches.", hint="Delete one of them first.")
        store.add(session, new)
    return new


def saved_searches(platform: Platform, viewer: Viewer) -> tuple[SavedSearch, ...]:
    """The viewer's own, the newest first."""
    if viewer.account is None:
        return ()
    with platform.database.reading() as session:
        return store.of_account(session, viewer.account.id)


def saved_search(platform: Platform, viewer: Viewer, id: str) -> SavedSearch:
    """One of the viewer's own. Raises NotFound."""
    with platform.database.reading() as session:
        return _own(session, viewer, id)


def searches_of_all(platform: Platform) -> tuple[SavedSearch, ...]:
    """Those of all accounts, each account's together: for the service itself, never for a page."""
    with platform.database.reading() as session:
        return store.every(session)


def rename(platform: Platform, viewer: Viewer, id: str, name: str) -> SavedSearch:
    """Call it otherwise. Raises NotFound, and InvalidValue for a name that is taken or no name."""
    with platform.database.writing() as session:
        search = replace(_own(session, viewer, id), name=neat_name(name))
        others = store.of_account(session, search.account)
        _require_free(search.name, tuple(one for one in others if one.id != id))
        store.save(session, search)
    return search


def forget(platform: Platform, viewer: Viewer, id: str) -> None:
    """Delete it for good. Raises NotFound."""
    with platform.database.writing() as session:
        store.remove(session, _own(session, viewer, id).id)


def fresh_of(platform: Platform, viewer: Viewer, search: SavedSearch) -> tuple[str, ...]:
    """The ids among the first `FIRST` that suit and that its owner wasn't shown yet, best first.

    viewer: its owner, who may know of them. Of a search without words they are the newest. Raises
    what `search.search` raises, and WrongSchema for restrictions of another version.
    """
    known = frozenset(search.known)
    return tuple(id_ for id_ in _found(platform, viewer, search) if id_ not in known)


def looked(platform: Platform, viewer: Viewer, id: str) -> tuple[str, ...]:
    """Take what is found now for known, as its owner opens it; what of that was new.

    Raises NotFound, and what `fresh_of` raises.
    """
    search = saved_search(platform, viewer, id)
    found, at = _found(platform, viewer, search), platform.now()
    with platform.database.writing() as session:
        search = _own(session, viewer, id)
        store.save(session, search.seen(found, at))
    known = frozenset(search.known)
    return tuple(id_ for id_ in found if id_ not in known)


def _found(platform: Platform, viewer: Viewer, search: SavedSearch) -> tuple[str, ...]:
    """What the page shows first of it, without what is weak; looked for once, as long as nothing
    changes that it depends on."""
    filters = filters_of(search.filters)
    with moment(platform) as (serving, _):
        state = (serving.version, serving.seq, serving.degraded, platform.today())
    key = (viewer.tokens, search.noun, search.query, filters, *state)
    found = platform.found.get(key)
    if found is None:
        rows = find(platform, viewer, search.noun, search.query, Wish(k=FIRST, filters=filters))
        found = tuple(row.candidate_id for row in rows.matches if row.band != Band.WEAK)
        platform.found.put(key, found)
    return found


def _own(session: Session, viewer: Viewer, id: str) -> SavedSearch:
    account = viewer.account
    search = None if account is None else store.get(session, account.id, id)
    if search is None:
        raise NotFound(f"You have no saved search {id!r}.", field="id", hint="List yours.")
    return search


def _account(platform: Platform, viewer: Viewer) -> Account:
    """Whose search it will be: the operator at the machine has no pages to see it on."""
    with platform.database.reading() as session:
        account = None if viewer.account is None else accounts.get(session, viewer.account.id)
    if account is None or not account.active:
        raise NotFound("You have no account here.", hint="Sign in with an account.")
    return account


def _require_free(name: str, others: tuple[SavedSearch, ...]) -> None:
    if any(_key(one.name) == _key(name) for one in others):
        hint = "Choose another name, or delete the other search first."
        raise InvalidValue(f"You have a search {name!r} already.", field="name", hint=hint)


def _key(name: str) -> str:
    """What tells names apart: not how their letters are written."""
    return unicodedata.normalize("NFKC", name).casefold()


def _looks_for(search: SavedSearch) -> tuple[Noun, str, dict[str, Any]]:
    return search.noun, search.query, search.filters
