"""Records found by a typed name: an id, a label or a whole name; else some are offered."""

from __future__ import annotations

import pytest

from matcher.actions.accounts import add_account
from matcher.actions.named_records import MOST, Named, chosen, named, offered, without_account
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue
from tests.actions.pursuits import sign_up
from tests.platforms import manager, put, remove

FIRM, PERSON = Noun.ORGANISATION, Noun.MANAGER
ZH, EN = Language.ZH, Language.EN


@pytest.fixture
def there(platform: Platform) -> Platform:
    firms = [
        Organisation(id="u1", name="清华大学", name_en="Tsinghua"),
        Organisation(id="u2", name="清华大学深圳研究院"),
        Organisation(id="u3", name="Acme (u1)"),
        *(Organisation(id=f"x{n:03}", name=f"Works {n:03}") for n in range(MOST + 5)),
    ]
    put(platform, FIRM, *firms)
    put(platform, PERSON, manager("m7", name="王", node="n2"), manager("m8", name="王", node="n3"))
    put(platform, PERSON, manager("m9", name="李", node="n2", active=False))
    return platform


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("", ""),
        ("  ", ""),
        ("u2", "u2"),
        ("清华大学", "u1"),
        (" 清华大学 (u1) ", "u1"),
        ("Tsinghua (u1)", "u1"),
        ("Acme (u1)", "u3"),
    ],
)
def test_one_is_meant(there: Platform, typed: str, id_: str) -> None:
    assert chosen(there, SYSTEM, FIRM, typed, ZH) == id_


@pytest.mark.parametrize(
    ("typed", "many"), [("清华", 2), ("Works", MOST), ("nothing", 0), ("深圳", 1)]
)
def test_where_none_or_several_are_meant_some_are_offered(
    there: Platform, typed: str, many: int
) -> None:
    with pytest.raises(InvalidValue) as error:
        chosen(there, SYSTEM, FIRM, typed, ZH)
    assert len(error.value.values["offered"]) == many
    assert error.value.where["field"] == "organisation"


def test_the_shortest_names_come_first(there: Platform) -> None:
    found = offered(there, SYSTEM, FIRM, "清华", ZH)
    assert [one.label for one in found] == ["清华大学 (u1)", "清华大学深圳研究院 (u2)"]
    assert named(there, FIRM, "u1", EN) == Named("u1", "Tsinghua")
    assert named(there, FIRM, "gone", EN).label == "gone"


def test_managers_are_those_of_the_viewers_nodes(there: Platform) -> None:
    east = sign_up(there, "east", Role.ADMIN, node="n2")
    assert chosen(there, east, PERSON, "王", ZH) == "m7"
    with pytest.raises(InvalidValue):
        chosen(there, SYSTEM, PERSON, "王", ZH)
    # A part of one record's id or name names nobody, and offers that record.
    put(there, PERSON, manager("m70", name="赵伟东", node="n2"))
    for typed in ("m70 ", "赵伟东"):
        assert chosen(there, east, PERSON, typed, ZH) == "m70"
    for typed in ("70", "赵伟"):
        with pytest.raises(InvalidValue) as error:
            chosen(there, east, PERSON, typed, ZH)
        assert [one.id for one in error.value.values["offered"]] == ["m70"]
    remove(there, PERSON, ["m7"])
    assert offered(there, east, PERSON, "王", ZH) == ()


def test_those_who_cannot_sign_in_yet_are_active_and_have_no_account(there: Platform) -> None:
    east = sign_up(there, "east", Role.ADMIN, node="n2")
    assert without_account(there, east, "", ZH) == (Named("m7", "王", "n2"),)
    every = [one.id for one in without_account(there, SYSTEM, "", ZH)]
    assert every == ["m1", "m2", "m7", "m8"]
    account = Account(id="new", login="wang", roles=(Role.MANAGER,), manager="m7")
    add_account(there, SYSTEM, account)
    assert without_account(there, east, "", ZH) == ()
