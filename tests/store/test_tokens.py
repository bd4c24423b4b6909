"""Tokens: a secret shown once, and the many ways in which it stops being good."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.errors import InvalidValue, NotFound
from matcher.store import accounts, tokens

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session(database):
    with database.writing() as session:
        anna = Account(id="A1", login="anna", roles=(Role.MANAGER, Role.ADMIN))
        accounts.add(session, anna, at=NOON)
        yield session


def new(session, name="export", expires_at=None, now=NOON):
    return tokens.new(session, "A1", name, Role.ADMIN, now, expires_at)


def test_a_token_is_found_by_its_secret(session):
    token, secret = new(session)
    assert tokens.verify(session, secret, NOON) == token
    assert (token.account, token.name, token.scope) == ("A1", "export", Role.ADMIN)
    assert token.created_at == NOON
    assert token.last_used_at is token.revoked_at is token.expires_at is None


def test_the_bearer_acts_in_the_role_of_the_token_alone(session):
    token, secret = new(session)
    anna = accounts.get(session, "A1")
    assert len(anna.roles) == 2
    assert tokens.bearer(session, secret, NOON) == (token, replace(anna, roles=(Role.ADMIN,)))


def test_a_secret_is_long_marked_and_never_the_same(session):
    secrets = {new(session)[1] for _ in range(20)}
    assert len(secrets) == 20
    assert all(secret.startswith("mt_") and len(secret) == 3 + 43 for secret in secrets)


def test_of_a_secret_only_its_digest_is_kept(session):
    token, secret = new(session)
    row = session.execute(text("SELECT * FROM token")).mappings().one()
    assert row["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert not any(secret[3:] in str(value) for value in row.values())
    assert not any(secret[3:] in str(getattr(token, field.name)) for field in fields(token))


@pytest.mark.parametrize("secret", ["", "mt_", "mt_x", "\0", "\ud800", "石墨烯"])
def test_no_other_secret_is_good(session, secret):
    new(session)
    assert tokens.verify(session, secret, NOON) is None


def test_a_token_ends_at_its_time(session):
    token, secret = new(session, expires_at=NOON + HOUR)
    assert tokens.verify(session, secret, NOON + HOUR - timedelta(microseconds=1)) == token
    assert tokens.verify(session, secret, NOON + HOUR) is None


def test_a_revoked_token_is_never_good_again_whatever_the_clock_says(session):
    token, secret = new(session)
    revoked = tokens.revoke(session, token.id, NOON + HOUR)
    assert revoked.revoked_at == NOON + HOUR
    for now in (NOON - 1000 * HOUR, NOON, NOON + HOUR, NOON + 1000 * HOUR):
        assert tokens.verify(session, secret, now) is None


def test_revoking_twice_keeps_the_first_time(session):
    token, _ = new(session)
    tokens.revoke(session, token.id, NOON + HOUR)
    assert tokens.revoke(session, token.id, NOON + 2 * HOUR).revoked_at == NOON + HOUR


def test_a_disabled_account_has_no_good_token(session):
    token, secret = new(session)
    accounts.disable(session, "A1")
    assert tokens.verify(session, secret, NOON) is None
    accounts.enable(session, "A1")
    assert tokens.verify(session, secret, NOON) == token


def test_a_token_outlives_no_role(session):
    _, secret = new(session)
    accounts.set_roles(session, "A1", [Role.MANAGER])
    assert tokens.verify(session, secret, NOON) is None


def test_the_last_use_never_goes_back(session):
    token, secret = new(session)
    for now in (NOON + HOUR, NOON, NOON + 2 * HOUR, NOON + HOUR):
        tokens.used(session, token.id, now)
    found = tokens.verify(session, secret, NOON)
    assert found is not None
    assert found.last_used_at == NOON + 2 * HOUR


def test_tokens_are_listed_newest_first_though_the_clock_went_back(session):
    first, _ = new(session, "first", now=NOON)
    second, _ = new(session, "second", now=NOON - HOUR)
    third = tokens.revoke(session, new(session, "third", now=NOON - 2 * HOUR)[0].id, NOON)
    assert tokens.by_account(session) == {"A1": [third, second, first]}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"scope": Role.HOLDER}, "scope"),
        ({"expires_at": NOON}, "expires_at"),
    ],
)
def test_a_token_that_cannot_be_is_refused(session, wrong, field):
    asked = {"account": "A1", "name": "x", "scope": Role.ADMIN, "now": NOON} | wrong
    with pytest.raises(InvalidValue) as refused:
        tokens.new(session, **asked)
    assert refused.value.where == {"field": field}
    assert tokens.by_account(session) == {}


def test_a_token_and_an_account_that_do_not_exist_are_not_found(session):
    with pytest.raises(NotFound):
        tokens.new(session, "A9", "x", Role.ADMIN, NOON)
    with pytest.raises(NotFound):
        tokens.revoke(session, "T9", NOON)
