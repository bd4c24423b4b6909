"""Who could see to an interest: the best first, with reasons, and nobody who may not."""

from __future__ import annotations

import pytest

from matcher.actions.interest_bench import Asked
from matcher.actions.interest_carriers import BATCH, Carrier, carriers
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp
from matcher.domain.interest import Interest
from matcher.store import followups
from tests.actions.interest_cases import People, people
from tests.actions.pursuits import sign_up
from tests.platforms import NOW, manager, put

__all__ = ["people"]


def found(platform: Platform, **more: str) -> list[Carrier]:
    interest = Interest(id="X1", outcome="o1", account="firm", made_at=NOW, **more)
    with moment(platform) as now:
        asked = Asked.of(now.session, interest)
        assert asked is not None
        return list(carriers(platform, now, asked))


def test_the_best_come_first_and_who_has_nothing_to_do_with_it_is_not_there(
    people: People,
) -> None:
    assert [one.manager for one in found(people.platform)] == ["m1", "m5", "m6"]


def test_what_is_said_counts_beside_the_outcome(people: People) -> None:
    words = "We have bearings and gears in machines; guideways."
    assert found(people.platform, text=words)[0].manager == "m6"


def test_the_reasons_say_how_they_fit_and_what_they_carry(people: People) -> None:
    put(people.platform, Noun.MANAGER, manager("m1", "石墨烯涂层", capacity=4))
    first = found(people.platform, need="w9")[0]
    assert (first.manager, first.model_version[:5]) == ("m1", "0001-")
    codes = [(one["code"], one.get("for")) for one in first.reasons]
    assert codes[:2] == [("terms", "outcome"), ("terms", "need")]
    suitability, room = first.reasons[-2:]
    assert 0 < suitability["score"] <= 1
    assert room == {"code": "room", "load": 0, "capacity": 4}


def test_who_pursues_the_pair_is_the_only_one(people: People) -> None:
    pursued = FollowUp(id="F1", need="w9", outcome="o1", manager="m6")
    with people.platform.database.writing() as session:
        followups.add(session, pursued)
    only = Carrier("m6", ({"code": "pursues_pair"},))
    assert found(people.platform, need="w9") == [only]
    assert [one.manager for one in found(people.platform)] == ["m1", "m5", "m6"]


@pytest.mark.slow
def test_nobody_is_missed_behind_many_who_have_no_room(people: People) -> None:
    full = [manager(f"x{number}", "石墨烯耐磨涂层", capacity=0) for number in range(BATCH + 5)]
    idle = [manager(f"y{number}", "石墨烯耐磨涂层", active=False) for number in range(BATCH + 5)]
    put(people.platform, Noun.MANAGER, *full, *idle)
    for one in (*full, *idle):
        sign_up(people.platform, one.id, manager=one.id)
    assert [one.manager for one in found(people.platform)] == ["m1", "m5", "m6"]
