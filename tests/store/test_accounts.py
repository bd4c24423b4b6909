"""Accounts: logins that can't be confused, roles, passwords that leave no trace."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.errors import DuplicateId, InvalidValue, NotFound
from matcher.store import accounts
from tests.passwords import REAL

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANNA = Account(id="A1", login="Anna@example.org", roles=(Role.MANAGER, Role.ADMIN), node="core")
FULL = Account(
    id="A2",
    login="石墨烯",
    name="示例账户",
    roles=(Role.HOLDER,),
    organisation="U1",
    node="north",
    manager="M1",
    language=Language.EN,
    active=False,
)
PASSWORD = "correct horse battery"  # noqa: S105 nobody's


@pytest.fixture
def session(database):
    with database.writing() as session:
        accounts.add(session, ANNA, at=NOON)
        yield session


def test_an_account_comes_back_as_it_went_in(session):
    accounts.add(session, FULL, at=NOON)
    assert accounts.get(session, "A2") == FULL
    assert accounts.get(session, "A1") == ANNA
    assert accounts.get(session, "A3") is None


@pytest.mark.parametrize("login", ["Anna@example.org", "anna@EXAMPLE.org", "Ａnna@example.org"])
def test_a_login_is_found_in_whatever_case_and_width(session, login):
    assert accounts.by_login(session, login) == ANNA


def test_the_accounts_of_each_manager_are_found(session):
    accounts.add(session, FULL, at=NOON)
    accounts.add(session, replace(FULL, id="A0", login="second"), at=NOON)
    assert accounts.of_managers(session) == {"M1": ("A0", "A2")}


def test_the_accounts_of_an_organisation_are_found(session):
    accounts.add(session, replace(FULL, organisation="U1"), at=NOON)
    accounts.add(session, replace(FULL, id="A0", login="second", organisation="U1"), at=NOON)
    assert [one.id for one in accounts.of_organisation(session, "U1")] == ["A0", "A2"]
    assert accounts.of_organisation(session, "") == ()
    accounts.add(session, replace(FULL, id="A3", login="third", organisation=""), at=NOON)
    assert accounts.organisations(session) == {"U1"}


@pytest.mark.parametrize("login", ["anna", "", "anna@example.org\0", "\ud800"])
def test_an_unknown_login_is_nobody(session, login):
    assert accounts.by_login(session, login) is None
    assert accounts.get(session, login) is None
    assert accounts.verify_password(session, login, PASSWORD) is None


@pytest.mark.parametrize("other", [replace(FULL, id="A1"), replace(FULL, login="ANNA@example.org")])
def test_an_id_or_login_that_is_taken_is_refused(session, other):
    with pytest.raises(DuplicateId):
        accounts.add(session, other, at=NOON)
    assert accounts.every(session) == (ANNA,)


def test_accounts_are_listed_by_id_and_node(session):
    accounts.add(session, FULL, at=NOON)
    accounts.add(session, replace(ANNA, id="A0", login="zero"), at=NOON)
    assert [account.id for account in accounts.every(session)] == ["A0", "A1", "A2"]
    assert accounts.every(session, node="north") == (FULL,)
    assert accounts.every(session, node="south") == ()


def test_saving_replaces_all_but_the_password(session):
    accounts.set_password(session, "A1", PASSWORD)
    renamed = replace(FULL, id="A1", active=True)
    accounts.save(session, renamed)
    assert accounts.get(session, "A1") == renamed
    assert accounts.verify_password(session, "石墨烯", PASSWORD) == renamed


def test_an_account_may_change_the_case_of_its_own_login_only(session):
    accounts.add(session, FULL, at=NOON)
    accounts.save(session, replace(ANNA, login="ANNA@example.org"))
    with pytest.raises(DuplicateId):
        accounts.save(session, replace(FULL, login="anna@EXAMPLE.org"))


def test_roles_are_replaced_and_never_none(session):
    accounts.set_roles(session, "A1", [Role.HOLDER, Role.ENTERPRISE, Role.HOLDER])
    changed = accounts.get(session, "A1")
    assert changed == replace(ANNA, roles=(Role.ENTERPRISE, Role.HOLDER))
    with pytest.raises(InvalidValue):
        accounts.set_roles(session, "A1", [])


@pytest.mark.parametrize(
    "change",
    [
        lambda session: accounts.save(session, FULL),
        lambda session: accounts.set_roles(session, "A2", [Role.ADMIN]),
        lambda session: accounts.disable(session, "A2"),
        lambda session: accounts.enable(session, "A2"),
        lambda session: accounts.set_password(session, "A2", PASSWORD),
    ],
)
def test_an_account_that_is_not_there_cannot_be_changed(session, change):
    with pytest.raises(NotFound):
        change(session)


def test_a_password_opens_its_own_account_only(session):
    accounts.add(session, replace(FULL, active=True), at=NOON)
    accounts.set_password(session, "A1", PASSWORD)
    assert accounts.verify_password(session, "ANNA@example.org", PASSWORD) == ANNA
    assert accounts.verify_password(session, "ANNA@example.org", PASSWORD + " ") is None
    assert accounts.verify_password(session, "石墨烯", PASSWORD) is None
    assert accounts.verify_password(session, "石墨烯", "") is None


def test_a_new_password_ends_the_old_one(session):
    accounts.set_password(session, "A1", PASSWORD)
    accounts.set_password(session, "A1", "another one altogether")
    assert accounts.verify_password(session, ANNA.login, PASSWORD) is None
    assert accounts.verify_password(session, ANNA.login, "another one altogether") == ANNA


def test_a_password_is_the_same_from_every_keyboard(session):
    accounts.set_password(session, "A1", "pass-wörter 12")
    composed = "ｐass-wo\u0308rter 12"
    assert accounts.verify_password(session, ANNA.login, composed) == ANNA


def test_a_disabled_account_does_not_open_until_it_is_enabled(session):
    accounts.set_password(session, "A1", PASSWORD)
    accounts.disable(session, "A1")
    assert accounts.verify_password(session, ANNA.login, PASSWORD) is None
    accounts.enable(session, "A1")
    assert accounts.verify_password(session, ANNA.login, PASSWORD) == ANNA


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_is_refused(session, password):
    with pytest.raises(InvalidValue) as refused:
        accounts.set_password(session, "A1", password)
    assert refused.value.where == {"field": "password"}
    assert password == "" or password not in str(refused.value)
    assert accounts.verify_password(session, ANNA.login, password) is None


def test_no_password_is_kept_only_its_digest(session):
    accounts.set_password(session, "A1", PASSWORD)
    kept = session.scalar(text("SELECT password_digest FROM account"))
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.parametrize(
    ("login", "prepare"),
    [
        ("nobody", lambda session: None),
        (ANNA.login, lambda session: None),
        (ANNA.login, lambda session: accounts.set_password(session, "A1", PASSWORD)),
        (ANNA.login, lambda session: accounts.disable(session, "A1")),
    ],
    ids=["unknown", "without password", "wrong password", "disabled"],
)
def test_every_refusal_costs_one_verification(session, monkeypatch, login, prepare):
    prepare(session)
    asked = []

    class Counting(PasswordHasher):
        def verify(self, hash, password):
            asked.append(hash)
            return super().verify(hash, password)

    monkeypatch.setattr(accounts, "_HASHER", Counting(1, 8, 1))
    assert accounts.verify_password(session, login, "a wrong password") is None
    assert len(asked) == 1


def test_looking_at_a_password_costs_what_owasp_asks_for_at_least():
    """19 MiB and 2 rounds (OWASP Password Storage Cheat Sheet, Argon2id)."""
    assert (REAL.memory_cost >= 19 * 1024, REAL.time_cost >= 2) == (True, True)


def test_a_damaged_digest_opens_nothing(session):
    accounts.set_password(session, "A1", PASSWORD)
    session.execute(text("UPDATE account SET password_digest = 'damaged'"))
    assert accounts.verify_password(session, ANNA.login, PASSWORD) is None
