"""Notices as they are kept: each matter once for each account, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.notice import Matter, Notice, NoticeKind
from matcher.errors import MatcherError
from matcher.store import accounts, notices
from matcher.store.database import Database
from tests.store.some_records import NOW

DAY = timedelta(days=1)


@pytest.fixture
def people(database: Database) -> Database:
    with database.writing() as session:
        for id_ in ("a", "b"):
            accounts.add(session, Account(id=id_, login=id_, roles=(Role.MANAGER,)), at=NOW)
    return database


def matters(*keys: str) -> tuple[Matter, ...]:
    subject = (Subject(noun=Noun.NEED, id="需求"),)
    return tuple(Matter(key=key, subjects=subject) for key in keys)


def notice(account: str, *keys: str, kind: NoticeKind = NoticeKind.DUE, days: int = 0) -> Notice:
    found = matters(*keys)
    at = NOW + days * DAY
    return Notice(account=account, kind=kind, matters=found, count=len(found), at=at)


def tell(database: Database, one: Notice) -> Notice:
    with database.writing() as session:
        return notices.add(session, one, one.matters)


def seqs(database: Database, account: str, before: int = 0, limit: int = 9) -> list[int]:
    with database.reading() as session:
        return [one.seq for one in notices.page(session, account, before, limit)]


def test_it_comes_back_as_it_was_kept(people: Database) -> None:
    kept = tell(people, notice("a", "k1", "长" * 2000))
    with people.reading() as session:
        assert notices.get(session, "a", kept.seq) == kept
        assert notices.get(session, "b", kept.seq) is None
        assert notices.get(session, "a", kept.seq + 1) is None


def test_a_matter_is_told_once_of_its_kind_and_account(people: Database) -> None:
    tell(people, notice("a", "k1", "k2"))
    with people.reading() as session:
        asked = matters("k2", "k3", "k1", "k3")
        for account, kind, new in (
            ("a", NoticeKind.DUE, ["k3"]),
            ("a", NoticeKind.MATCHES, ["k2", "k3", "k1"]),
            ("b", NoticeKind.DUE, ["k2", "k3", "k1"]),
        ):
            found = notices.untold(session, account, kind, asked)
            assert [one.key for one in found] == new


def test_the_database_itself_refuses_a_second_telling(people: Database) -> None:
    tell(people, notice("a", "k1"))
    with pytest.raises(MatcherError):
        tell(people, notice("a", "k1"))


def test_more_matters_than_a_statement_takes(people: Database) -> None:
    many = matters(*map(str, range(1200)))
    with people.writing() as session:
        notices.add(session, notice("a", "0"), many)
        assert notices.untold(session, "a", NoticeKind.DUE, (*many, *matters("x"))) == matters("x")


def test_pages_go_from_the_newest_to_the_oldest(people: Database) -> None:
    first, second, third = (tell(people, notice("a", key)).seq for key in "123")
    tell(people, notice("b", "1"))
    assert seqs(people, "a") == [third, second, first]
    assert seqs(people, "a", limit=2) == [third, second]
    assert seqs(people, "a", before=second) == [first]


def test_what_is_read_stays_read_since_the_first_time(people: Database) -> None:
    one, two, three = (tell(people, notice("a", key)).seq for key in "123")
    other = tell(people, notice("b", "1")).seq
    with people.writing() as session:
        assert notices.unread(session, "a") == 3
        notices.read(session, "a", [one, other], NOW)
        assert notices.unread(session, "a") == 2
        notices.read_all(session, "a", two, NOW + DAY)
        assert notices.unread(session, "a") == 1
        read = {found.seq: found.read_at for found in notices.page(session, "a", 0, 9)}
        assert read == {one: NOW, two: NOW + DAY, three: None}
        assert notices.unread(session, "b") == 1


def test_what_is_mailed_or_read_or_old_is_not_to_be_mailed(people: Database) -> None:
    old, read, mailed, new = (
        tell(people, notice("a", str(days), days=days)).seq for days in range(4)
    )
    with people.writing() as session:
        notices.read(session, "a", [read], NOW)
        notices.mailed(session, [mailed], NOW)
        assert [one.seq for one in notices.unmailed(session, "a", NOW + DAY)] == [new]
        notices.mailed(session, [mailed], None)
        assert [one.seq for one in notices.unmailed(session, "a", NOW)] == [new, mailed, old]
        assert notices.unmailed(session, "b", NOW) == ()


def test_old_notices_are_forgotten_and_told_again_later(people: Database) -> None:
    tell(people, notice("a", "k1"))
    kept = tell(people, notice("a", "k2", days=2)).seq
    with people.writing() as session:
        notices.forget(session, NOW + DAY, NOW)
        assert [one.seq for one in notices.page(session, "a", 0, 9)] == [kept]
        asked = matters("k1", "k2")
        assert notices.untold(session, "a", NoticeKind.DUE, asked) == ()
        notices.forget(session, NOW + DAY, NOW + DAY)
        assert notices.untold(session, "a", NoticeKind.DUE, asked) == matters("k1")
