"""Sessions: found by their secret alone, over by the clock, and ended at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.store import accounts, web_sessions
from matcher.store.web_sessions import IDLE, LONGEST, WebSession

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA = Account(id="A1", login="anna", roles=(Role.MANAGER, Role.ADMIN))


@pytest.fixture
def session(database):
    with database.writing() as session:
        accounts.add(session, ANNA, at=NOON)
        yield session


def test_it_is_found_by_its_secret_alone(session):
    secret = web_sessions.begin(session, "A1", NOON)
    assert web_sessions.find(session, secret) == WebSession("A1", NOON, NOON)
    kept = session.scalar(text("SELECT digest FROM web_session"))
    assert secret not in kept
    assert len(secret) >= 43
    for other in ("", kept, secret + "x", "\ud800"):
        assert web_sessions.find(session, other) is None


def test_it_is_over_when_it_is_idle_or_old():
    found = WebSession("A1", NOON, NOON + LONGEST - IDLE / 2)
    assert not found.is_over(NOON + LONGEST - SECOND)
    assert found.is_over(NOON + LONGEST)
    idle = WebSession("A1", NOON, NOON + SECOND)
    assert not idle.is_over(NOON + IDLE)
    assert idle.is_over(NOON + IDLE + SECOND)


def test_use_moves_its_end_and_a_clock_set_back_does_not(session):
    secret = web_sessions.begin(session, "A1", NOON)
    for at in (NOON + 2 * SECOND, NOON + SECOND):
        web_sessions.seen(session, secret, at)
    assert web_sessions.find(session, secret).seen_at == NOON + 2 * SECOND


def test_one_is_ended_or_all_of_an_account(session):
    first, second, third = (web_sessions.begin(session, "A1", NOON) for _ in range(3))
    web_sessions.end(session, first)
    assert web_sessions.find(session, first) is None
    assert web_sessions.find(session, second) is not None
    web_sessions.end_all(session, "A1")
    assert web_sessions.find(session, second) is web_sessions.find(session, third) is None


def test_old_ones_go_when_a_new_one_begins(session):
    old = web_sessions.begin(session, "A1", NOON)
    web_sessions.begin(session, "A1", NOON + LONGEST)
    assert web_sessions.find(session, old) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda session: accounts.set_password(session, "A1", "four words that fit"),
        lambda session: accounts.set_roles(session, "A1", [Role.MANAGER]),
        lambda session: accounts.disable(session, "A1"),
    ],
)
def test_another_password_other_roles_or_being_shut_out_end_all(session, change):
    secret = web_sessions.begin(session, "A1", NOON)
    change(session)
    assert web_sessions.find(session, secret) is None
    accounts.enable(session, "A1")
    assert web_sessions.find(session, secret) is None


def test_another_name_ends_nothing(session):
    secret = web_sessions.begin(session, "A1", NOON)
    accounts.set_roles(session, "A1", ANNA.roles)
    assert web_sessions.find(session, secret) is not None
