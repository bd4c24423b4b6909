"""The form of an account: what is typed, what it means, and what it says when it comes back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from werkzeug.datastructures import MultiDict

from matcher.actions.named_records import Named
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue
from matcher.web.person_form import (
    changes_of,
    labels,
    readable,
    roles_of,
    typed_in,
    values_for,
    values_of,
)
from matcher.web.say import Say
from tests.platforms import put, remove

ZH = Language.ZH
EN = Say(Language.EN, datetime(2026, 11, 23, tzinfo=UTC))
TYPED = {
    **{
        "login": "lin",
        "name": "Lin",
        "email": "",
        "node": "n1",
        "roles": "holder",
        "language": "en",
    },
    **{"organisation": "", "manager": ""},
}


def test_what_is_picked_counts_before_what_is_typed() -> None:
    form = MultiDict(
        [("login", " lin "), ("roles", "admin"), ("roles", "manager"), ("manager", "Wang"),
         ("manager_picked", "m8"), ("organisation", "u")]
    )  # fmt: skip
    found = typed_in(form)
    assert (found["login"], found["roles"]) == ("lin", "admin,manager")
    assert (found["manager"], found["organisation"], found["name"]) == ("m8", "u", "")


def test_what_a_form_holds_says_the_account_again(platform: Platform) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name="Works", name_en="Works Ltd"))
    one = Account(
        id="a",
        login="lin",
        name="Lin",
        email="lin@example.org",
        roles=(Role.MANAGER, Role.HOLDER),
        organisation="u1",
        manager="m1",
        node="n2",
        language=Language.EN,
    )
    values = values_of(platform, one, ZH)
    assert values["organisation"] == "Works (u1)"
    told = changes_of(platform, SYSTEM, values, {}, None, ZH)
    assert told == {
        name: getattr(one, name)
        for name in ("name", "email", "node", "roles", "language", "organisation", "manager")
    }
    assert set(labels(EN)) == values.keys()


def test_a_record_that_went_away_stays_where_nobody_touches_it(platform: Platform) -> None:
    one = Account(id="a", login="lin", roles=(Role.HOLDER,), manager="m1", node="n1")
    remove(platform, Noun.MANAGER, ["m1"])
    now = values_of(platform, one, ZH)
    assert changes_of(platform, SYSTEM, now, now, one, ZH)["manager"] == "m1"
    with pytest.raises(InvalidValue):
        changes_of(platform, SYSTEM, now, now, None, ZH)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": "x" * 201}, "name"), ({"roles": "king"}, "roles"), ({"manager": "no"}, "manager")],
)
def test_what_cannot_be_meant_is_refused(
    platform: Platform, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        changes_of(platform, SYSTEM, {**TYPED, **changed}, {}, None, ZH)
    assert error.value.where["field"] == field


def test_a_managers_record_fills_in_a_new_account() -> None:
    values = values_for(Named("m7", "Wang", "n2"), Language.EN)
    assert (values["manager"], values["name"], values["node"]) == ("Wang (m7)", "Wang", "n2")
    assert roles_of(values["roles"]) == (Role.MANAGER,)
    assert values_for(Named("", ""), ZH)["roles"] == ""


def test_it_is_read_in_words() -> None:
    found = readable({**TYPED, "roles": "admin,holder"}, {"n1": "Core"}, EN)
    assert found["roles"] == "outcome holder, node administrator"
    assert (found["node"], found["language"]) == ("Core", "English")
