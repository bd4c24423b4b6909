"""Accounts: who signs in, with which roles."""

import pytest

from matcher.domain.account import LONGEST_LOGIN, Account
from matcher.domain.enums import Language, Role
from matcher.errors import InvalidValue


def test_an_account_is_read():
    account = Account.from_mapping(
        {
            "id": "A7",
            "login": "shen@jiangzhou.example",
            "roles": ["节点管理员", "manager"],
            "organisation": "U403",
            "node": "west",
            "manager": "M401",
            "language": "English",
            "active": False,
        }
    )
    assert account.roles == (Role.MANAGER, Role.ADMIN)
    assert account.language is Language.EN
    assert account.active is False


def test_what_is_not_said_has_a_default():
    account = Account(id="A1", login="lin", roles=(Role.HOLDER,))
    assert account.language is Language.ZH
    assert account.active is True
    assert (account.name, account.organisation, account.node, account.manager) == ("", "", "", "")


@pytest.mark.parametrize("login", ["沈工", "lin.w+tto@uni.example", "x" * LONGEST_LOGIN])
def test_a_login_in_any_script_is_taken(login):
    assert Account(id="A1", login=login, roles=(Role.ADMIN,)).login == login


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": " "}, "id"),
        ({"login": ""}, "login"),
        ({"login": "lin wei"}, "login"),
        ({"login": "lin\u3000wei"}, "login"),
        ({"login": "lin\u202ewei"}, "login"),
        ({"login": "lin\n"}, "login"),
        ({"login": "x" * (LONGEST_LOGIN + 1)}, "login"),
        ({"roles": ()}, "roles"),
        ({"email": "lin"}, "email"),
        ({"email": "lin@uni.example\nBcc: x@uni.example"}, "email"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Account(**{"id": "A1", "login": "lin", "roles": (Role.ADMIN,)} | wrong)
    assert refused.value.where == {"field": field}
    assert refused.value.hint


def test_an_unknown_role_is_refused():
    with pytest.raises(InvalidValue) as refused:
        Account.from_mapping({"id": "A1", "login": "lin", "roles": ["manager", "root"]})
    assert refused.value.where == {"field": "roles[1]"}
