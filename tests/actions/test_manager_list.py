"""Managers as an admin lists them, and who is meant by a name."""

from __future__ import annotations

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.manager_list import ManagerWish, manager_list, manager_meant
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import InvalidValue, NotAllowed
from tests.actions.pursuits import sign_up
from tests.actions.test_plans import admin
from tests.platforms import manager, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def staffed(platform: Platform) -> Platform:
    """Two managers at the root and two below it, one of whom has an account."""
    put(
        platform,
        Noun.MANAGER,
        manager("m3", name="覃工", name_en="Qin", node="n2", fields=("0108",), capacity=4),
        manager("m4", name="覃工", node="n3", active=False, statement="Valves"),
    )
    sign_up(platform, "qin", Role.MANAGER, manager="m3", node="n2")
    decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT)
    return platform


def listed(platform: Platform, **wish: object) -> list[str]:
    return [one.id for one in manager_list(platform, SYSTEM, ManagerWish(**wish))]  # type: ignore[arg-type]


def test_an_admin_lists_those_of_their_nodes_with_what_they_carry(staffed: Platform) -> None:
    found = {one.id: one for one in manager_list(staffed, SYSTEM, language=Language.EN)}
    assert sorted(found) == ["m1", "m2", "m3", "m4"]
    assert (found["m1"].taken, found["m1"].capacity, found["m1"].thin) == (1, None, False)
    third = found["m3"]
    assert (third.name, third.other_name, third.label) == ("Qin", "覃工", "Qin (m3)")
    assert (third.capacity, third.has_account, third.thin) == (4, True, True)
    assert [one.id for one in manager_list(staffed, admin("n2"))] == ["m3"]
    with pytest.raises(NotAllowed):
        manager_list(staffed, ANONYMOUS)


def test_a_list_is_narrowed_by_name_field_state_and_account(staffed: Platform) -> None:
    assert listed(staffed, text="覃") == ["m3", "m4"]
    assert listed(staffed, text="QIN") == ["m3"]
    assert listed(staffed, field="01") == ["m3"]
    assert listed(staffed, active=False) == ["m4"]
    assert listed(staffed, account=True) == ["m3"]
    assert listed(staffed, account=False, active=True) == ["m1", "m2"]


def test_a_manager_is_meant_by_id_label_or_a_name_of_their_own(staffed: Platform) -> None:
    known = manager_list(staffed, SYSTEM)
    assert manager_meant(known, " m3 ") == "m3"
    assert manager_meant(known, "覃工 (m4)") == "m4"
    assert manager_meant(known, "Qin") == "m3"
    for typed, said in (("覃工", "2 managers"), ("", "No manager"), ("nobody", "No manager")):
        with pytest.raises(InvalidValue, match=said):
            manager_meant(known, typed)
