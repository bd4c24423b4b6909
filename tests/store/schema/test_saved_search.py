"""The table of saved searches: each of an account that is there, and a name once."""

from datetime import UTC, datetime

import pytest

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.saved_search import SavedSearch
from matcher.errors import MatcherError
from matcher.store import accounts

NOON = datetime(2026, 11, 1, tzinfo=UTC)
ROW = {"name": "a", "noun": "need", "query": "", "filters": {}, "known": [], "created_at": NOON}


def test_it_belongs_to_an_account(add):
    with pytest.raises(MatcherError):
        add("saved_search", id="S-1", account="nobody", looked_at=NOON, **ROW)


def test_an_account_has_a_name_once(add, database):
    with database.writing() as session:
        accounts.add(session, Account(id="A1", login="lin", roles=(Role.ADMIN,)), at=NOON)
    add("saved_search", id="S-1", account="A1", looked_at=NOON, **ROW)
    with pytest.raises(MatcherError):
        add("saved_search", id="S-2", account="A1", looked_at=NOON, **ROW)


def test_it_has_a_column_for_every_field(columns, fields_of):
    assert columns("saved_search") == fields_of(SavedSearch)
