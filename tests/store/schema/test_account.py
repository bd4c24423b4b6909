"""The tables of accounts: what they hold, and what the database itself refuses."""

from datetime import UTC, datetime

import pytest

from matcher.domain.account import Account
from matcher.errors import EditConflict

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ANNA = {"id": "A1", "login": "Anna", "login_key": "anna", "language": "zh", "created_at": NOON}


def test_every_field_of_an_account_has_a_column(columns, fields_of):
    assert columns("account") - {"login_key", "password_digest", "created_at"} == (
        fields_of(Account) - {"roles"}
    )
    assert columns("account_role") == {"account", "role"}


@pytest.mark.parametrize("same", ["id", "login_key"])
def test_two_accounts_share_neither_id_nor_login(add, same):
    add("account", **ANNA)
    other = ANNA | {"id": "A2", "login": "ANNA2", "login_key": "anna2"}
    with pytest.raises(EditConflict):
        add("account", **other | {same: ANNA[same]})
    add("account", **other)


def test_a_role_belongs_to_an_account_that_exists(add):
    with pytest.raises(EditConflict):
        add("account_role", account="A9", role="admin")


def test_an_account_has_a_role_once(add):
    add("account", **ANNA)
    add("account_role", account="A1", role="admin")
    with pytest.raises(EditConflict):
        add("account_role", account="A1", role="admin")
