"""People as admins look through them: names beside ids, filters, pages; others don't exist."""

from __future__ import annotations

import pytest

from matcher.actions.accounts import add_account, set_active
from matcher.actions.people import PeopleWish, Standing, find_people, get_person
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotFound
from matcher.store import events
from tests.actions.pursuits import sign_up
from tests.platforms import manager, put, remove


@pytest.fixture
def chief(platform: Platform) -> Viewer:
    return sign_up(platform, "chief", Role.ADMIN)


@pytest.fixture
def people(platform: Platform) -> dict[str, str]:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name="海 <b>天", name_en="Haitian"))
    put(platform, Noun.MANAGER, manager("m9", name="王", node="n2"))
    made = (
        Account(id="new", login="qin", roles=(Role.MANAGER,), manager="m9", node="n2"),
        Account(id="new", login="lin", name="Lin", roles=(Role.ENTERPRISE,), organisation="u1"),
        Account(id="new", login="zhou", roles=(Role.HOLDER, Role.MANAGER), node="n3"),
    )
    return {one.login: add_account(platform, SYSTEM, one).id for one in made}


def logins(platform: Platform, viewer: Viewer, **wish: object) -> list[str]:
    found = find_people(platform, viewer, PeopleWish(**wish), Language.EN)  # type: ignore[arg-type]
    assert found.count == len(found.rows)
    return [one.account.login for one in found.rows]


def test_they_are_found_by_words_role_and_standing(
    platform: Platform, chief: Viewer, people: dict[str, str]
) -> None:
    set_active(platform, SYSTEM, "zhou", False)
    assert logins(platform, chief) == ["chief", "lin", "qin", "zhou"]
    assert logins(platform, chief, text="haitian LIN") == ["lin"]
    assert logins(platform, chief, text="王") == ["qin"]
    assert logins(platform, chief, text="haitian qin") == []
    assert logins(platform, chief, role=Role.MANAGER) == ["qin", "zhou"]
    assert logins(platform, chief, role=Role.MANAGER, standing=Standing.ACTIVE) == ["qin"]
    assert logins(platform, chief, standing=Standing.DISABLED) == ["zhou"]


def test_pages_hold_all_of_them_once(
    platform: Platform, chief: Viewer, people: dict[str, str]
) -> None:
    first = find_people(platform, chief, PeopleWish(), Language.ZH, limit=3)
    assert (len(first.rows), first.count) == (3, 4)
    rest = find_people(platform, chief, PeopleWish(), Language.ZH, first.next or "", 3)
    assert [one.account.login for one in rest.rows] == ["zhou"]
    assert rest.next is None


def test_a_person_has_the_names_of_what_is_still_there(
    platform: Platform, chief: Viewer, people: dict[str, str]
) -> None:
    lin = get_person(platform, chief, people["lin"], Language.ZH)
    assert (lin.organisation, lin.node, lin.manager, lin.seen_at) == ("海 <b>天", "core", "", None)
    assert get_person(platform, chief, people["qin"], Language.ZH).manager == "王"
    remove(platform, Noun.MANAGER, ["m9"])
    assert get_person(platform, chief, people["qin"], Language.ZH).manager == ""
    with platform.database.reading() as session:
        told = events.read(session, verbs=["read_accounts"])
    # Once a day about each, however often.
    assert [one.subjects[0].id for _, one in told] == [people["lin"], people["qin"]]


def test_who_is_not_of_the_viewers_nodes_does_not_exist(
    platform: Platform, people: dict[str, str]
) -> None:
    east = sign_up(platform, "east", Role.ADMIN, node="n2")
    assert logins(platform, east) == ["east", "qin"]
    for id_ in (people["lin"], people["zhou"], "nobody", "\ud800"):
        with pytest.raises(NotFound):
            get_person(platform, east, id_, Language.EN)
