"""Saved searches: whose they are, what they look for, and what of it was seen."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.domain.saved_search import SavedSearch
from matcher.store import rows
from matcher.store.codec import is_storable, record_of, row_of
from matcher.store.schema.base import Base
from matcher.store.schema.saved_search import SavedSearchRow

_TABLE = Base.metadata.tables[SavedSearchRow.__tablename__]


def add(session: Session, search: SavedSearch) -> None:
    """Keep a new one; its account must be there, and have no other of this name.

    Raises InvalidValue for a text that not every database can hold.
    """
    rows.insert(session, _TABLE, [row_of(search)])


def save(session: Session, search: SavedSearch) -> None:
    """Write it over the one of the same id, if there is one."""
    rows.update(session, _TABLE, [row_of(search)])


def get(session: Session, account: str, id: str) -> SavedSearch | None:
    """Return the search of this account; None where it has none of this id."""
    found = rows.fetch(session, _TABLE, [id]).get(id)
    search = None if found is None else record_of(SavedSearch, found)
    return search if search is not None and search.account == account else None


def of_account(session: Session, account: str) -> tuple[SavedSearch, ...]:
    """Return the searches of an account, the newest first."""
    if not is_storable(account):
        return ()
    newest = (_TABLE.c.created_at.desc(), _TABLE.c.id.desc())
    query = select(_TABLE).where(_TABLE.c.account == account).order_by(*newest)
    return tuple(record_of(SavedSearch, row) for row in rows.as_dicts(session.execute(query)))


def every(session: Session) -> tuple[SavedSearch, ...]:
    """Return all searches, those of an account together, the oldest of each first."""
    query = select(_TABLE).order_by(_TABLE.c.account, _TABLE.c.created_at, _TABLE.c.id)
    return tuple(record_of(SavedSearch, row) for row in rows.as_dicts(session.execute(query)))


def remove(session: Session, id: str) -> None:
    """Forget the search, if there is one."""
    session.execute(delete(_TABLE).where(_TABLE.c.id == id))
