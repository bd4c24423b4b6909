"""Keys of requests: begun once, answered alike, forgotten after a day."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matcher.store import idempotency
from matcher.store.idempotency import KEPT, Answer, Begun
from matcher.store.schema.idempotency import IdempotencyRow
from tests.store.some_records import NOW

ANSWER = Answer(201, '{"title": "石墨烯 \\u0000"}', {"Location": "/needs/1", "ETag": '"1"'})


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def test_a_key_is_begun_once(session):
    assert idempotency.begin(session, "a1", "k", "r", NOW) is None
    assert idempotency.begin(session, "a1", "k", "other", NOW) == Begun("r", None)


def test_what_was_answered_is_kept_as_it_was(session):
    idempotency.begin(session, "a1", "k", "r", NOW)
    idempotency.begin(session, "a1", "k2", "r", NOW)
    idempotency.finish(session, "a1", "k", ANSWER)
    assert idempotency.begin(session, "a1", "k", "r", NOW) == Begun("r", ANSWER)
    assert idempotency.begin(session, "a1", "k2", "r", NOW) == Begun("r", None)


def test_a_key_is_its_accounts(session):
    idempotency.begin(session, "a1", "k", "r", NOW)
    assert idempotency.begin(session, "a2", "k", "r", NOW) is None


def test_what_came_to_nothing_may_be_begun_again(session):
    idempotency.begin(session, "a1", "k", "r", NOW)
    idempotency.forget(session, "a1", "k")
    assert idempotency.begin(session, "a1", "k", "other", NOW) is None


def test_a_key_is_free_again_after_a_day_and_its_answer_gone(session):
    idempotency.begin(session, "a1", "k", "r", NOW)
    idempotency.begin(session, "a1", "unused", "r", NOW)
    soon = NOW + KEPT - timedelta(microseconds=1)
    assert idempotency.begin(session, "a1", "k", "r", soon) == Begun("r", None)
    assert idempotency.begin(session, "a1", "k", "r", NOW + KEPT) is None
    assert session.scalar(select(func.count()).select_from(IdempotencyRow)) == 1
