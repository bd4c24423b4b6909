"""Saved searches: kept whole, an account's own, and gone once they are removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.saved_search import SavedSearch
from matcher.errors import InvalidValue
from matcher.store import accounts, saved_searches
from matcher.store.database import Database
from tests.store.some_contents import SEARCH
from tests.store.some_records import NOW

LATER = timedelta(seconds=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        for id_ in ("A1", "A2"):
            accounts.add(session, Account(id=id_, login=id_, roles=(Role.MANAGER,)), at=NOW)
        yield session


def other(id_: str, **more: object) -> SavedSearch:
    return replace(SEARCH, **{"id": id_, "name": id_, **more})  # type: ignore[arg-type]


def test_a_search_comes_back_as_it_was_kept(session: Session) -> None:
    saved_searches.add(session, SEARCH)
    assert saved_searches.get(session, "A1", SEARCH.id) == SEARCH
    assert saved_searches.of_account(session, "A1") == (SEARCH,)


def test_to_another_account_it_is_not_there(session: Session) -> None:
    saved_searches.add(session, SEARCH)
    for account, id_ in (("A2", SEARCH.id), ("A1", "S-9"), ("A1", "\0"), ("", SEARCH.id)):
        assert saved_searches.get(session, account, id_) is None
    assert saved_searches.of_account(session, "A2") == ()
    assert saved_searches.of_account(session, "\0") == ()


def test_the_newest_stand_first_and_all_are_found_by_account(session: Session) -> None:
    found = [other("S-3"), other("S-1", created_at=NOW + LATER), other("S-2", account="A2")]
    for one in found:
        saved_searches.add(session, one)
    assert saved_searches.of_account(session, "A1") == (found[1], found[0])
    assert saved_searches.every(session) == (found[0], found[1], found[2])


def test_what_is_saved_is_written_over(session: Session) -> None:
    saved_searches.add(session, SEARCH)
    seen = replace(SEARCH, name="Other", noun=Noun.NEED).seen(["o9"], NOW + LATER)
    saved_searches.save(session, seen)
    assert saved_searches.of_account(session, "A1") == (seen,)


def test_removing_takes_one_and_a_second_time_nothing(session: Session) -> None:
    saved_searches.add(session, SEARCH)
    saved_searches.add(session, other("S-2"))
    saved_searches.remove(session, SEARCH.id)
    saved_searches.remove(session, SEARCH.id)
    assert [one.id for one in saved_searches.every(session)] == ["S-2"]


def test_a_text_that_no_database_holds_is_refused(session: Session) -> None:
    with pytest.raises(InvalidValue):
        saved_searches.add(session, replace(SEARCH, query="half \ud83d"))
