"""Managers as pages name them."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.answer import Wish
from matcher.actions.platform import Platform
from matcher.actions.suggest import suggest
from matcher.domain.enums import Grade, Language, Noun
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from matcher.web.carrier import carriers_shown
from matcher.web.say import Say
from tests.platforms import manager, put, remove

EN = Say(Language.EN, datetime(2026, 11, 22, 9, tzinfo=UTC))


def test_they_are_told_by_name_grade_agency_and_place(platform: Platform) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="U9", name="港务", name_en="Harbour Agency"))
    first = manager(
        "m1",
        "涂层、新材料方向,懂石墨烯。",
        name="秦工",
        name_en="Qin",
        grade=Grade.SENIOR,
        agency="U9",
        regions=("330000",),
    )
    put(platform, Noun.MANAGER, first, manager("m2", "Graphene coating.", agency="Somewhere"))
    rows = suggest(platform, SYSTEM, Noun.OUTCOME, "o1", Noun.MANAGER, Wish()).matches
    found = {one.id: one for one in carriers_shown(platform, SYSTEM, rows, EN)}
    assert (found["m1"].name, found["m1"].about) == (
        "Qin",
        ("senior", "Harbour Agency", "Zhejiang"),
    )
    assert (found["m2"].name, found["m2"].about) == ("m2", ("Somewhere",))
    remove(platform, Noun.MANAGER, ["m1"])
    assert [one.id for one in carriers_shown(platform, SYSTEM, rows, EN)] == ["m2"]
