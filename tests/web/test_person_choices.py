"""What the form of an account lets choose from."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue
from matcher.web.person_choices import nodes_of, person_choices
from matcher.web.say import Say
from tests.actions.pursuits import sign_up

EN = Say(Language.EN, datetime(2026, 11, 23, tzinfo=UTC))


def test_an_admin_places_people_in_their_nodes(platform: Platform) -> None:
    east = sign_up(platform, "east", Role.ADMIN, node="n2")
    assert [(one.depth, one.node.id) for one in nodes_of(platform, east)] == [(1, "n2"), (2, "n4")]
    assert [one.node.id for one in nodes_of(platform, SYSTEM)] == ["n1", "n2", "n4", "n3"]


def test_records_of_one_name_are_offered_at_their_field(platform: Platform) -> None:
    assert person_choices(platform, SYSTEM, EN)["offered"] == {}
    error = InvalidValue("Several.", field="manager", offered=("one", "two"))
    assert person_choices(platform, SYSTEM, EN, error)["offered"] == {"manager": ("one", "two")}
    other = InvalidValue("No.", field="login")
    assert person_choices(platform, SYSTEM, EN, other)["offered"] == {}
