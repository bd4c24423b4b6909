"""What a new account needs, and what may be said of one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.domain.enums import Language, Role
from matcher.web.models.accounts import AccountBody, AccountChange, PageParams, RolesBody


def test_a_login_and_a_role_are_enough() -> None:
    body = AccountBody.model_validate_json('{"login": "lin", "roles": ["manager"]}')
    assert (body.roles, body.node, body.language) == ((Role.MANAGER,), "", Language.ZH)
    assert body.password is None


@pytest.mark.parametrize(
    "said",
    [
        '{"login": "lin"}',
        '{"login": "lin", "roles": []}',
        '{"login": "lin", "roles": ["boss"]}',
        '{"login": "", "roles": ["admin"]}',
        '{"login": "lin", "roles": ["admin"], "password": "short"}',
        '{"login": "lin", "roles": ["admin"], "id": "a1"}',
    ],
)
def test_what_makes_no_account(said: str) -> None:
    with pytest.raises(ValidationError):
        AccountBody.model_validate_json(said)


def test_neither_roles_nor_state_are_changed_on_the_way() -> None:
    for said in ('{"roles": ["admin"]}', '{"active": false}', '{"login": "x"}'):
        with pytest.raises(ValidationError):
            AccountChange.model_validate_json(said)
    with pytest.raises(ValidationError):
        RolesBody.model_validate_json("{}")


def test_a_page_has_an_end() -> None:
    assert PageParams.model_validate({"limit": "200"}).limit == 200
    with pytest.raises(ValidationError):
        PageParams.model_validate({"limit": "201"})
