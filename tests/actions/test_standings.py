"""How managers and listings stand: counted when asked for, and no more often than needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from matcher.actions import standings as module
from matcher.actions.answer import Wish
from matcher.actions.platform import Platform
from matcher.actions.standings import EVERY_SECONDS, Standings
from matcher.actions.suggest import explain, suggest
from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.domain.visibility import SYSTEM
from matcher.store import followups
from tests.platforms import manager, put

TODAY = date(2026, 11, 1)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Clock:
    """Seconds that pass when they are told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def take_up(platform: Platform, *ids: str, manager: str = "m1", need: str = "w1") -> None:
    """Follow-ups that the manager accepted, of outcomes of these ids."""
    with platform.database.writing() as session:
        for id_ in ids:
            begun = FollowUp(id=f"F-{id_}", need=need, outcome=id_, manager=manager)
            followups.add(session, transition(begun, State.ACCEPTED, by="a", at=NOON))


def at(platform: Platform, standings: Standings, on: date = TODAY) -> Any:
    with platform.database.reading() as session:
        return standings.at(session, on)


def test_nobody_stands_anywhere_at_first(platform: Platform) -> None:
    found = at(platform, platform.standings)
    assert (found.on, dict(found.tracks), dict(found.stale)) == (TODAY, {}, {})


def test_follow_ups_are_counted_once_the_seconds_are_over(platform: Platform) -> None:
    clock = Clock()
    standings = Standings(clock)
    assert at(platform, standings).tracks == {}
    take_up(platform, "o1", "o2")
    clock.now += EVERY_SECONDS - 0.1
    assert at(platform, standings).tracks == {}
    clock.now += 0.2
    assert at(platform, standings).tracks["m1"].carrying == 2


def test_nothing_is_counted_where_no_follow_up_has_moved(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Session] = []
    real = module.standing

    def counting(session: Session, **only: Any) -> Any:
        counted.append(session)
        return real(session, **only)

    monkeypatch.setattr(module, "standing", counting)
    clock = Clock()
    standings = Standings(clock)
    for _ in range(3):
        at(platform, standings)
        clock.now += 2 * EVERY_SECONDS
    assert len(counted) == 1
    take_up(platform, "o1")
    at(platform, standings)
    assert len(counted) == 2


def test_while_one_counts_others_have_what_was_known_before(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    standings = Standings(clock)
    at(platform, standings)
    take_up(platform, "o1")
    clock.now += EVERY_SECONDS
    real, seen = module.standing, []

    def asked_meanwhile(session: Session, **only: Any) -> Any:
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(at, platform, standings).result(timeout=30))
        return real(session, **only)

    monkeypatch.setattr(module, "standing", asked_meanwhile)
    assert at(platform, standings).tracks["m1"].carrying == 1
    assert [dict(found.tracks) for found in seen] == [{}]


def move(platform: Platform, id_: str, to: State) -> None:
    with platform.database.writing() as session:
        kept = followups.get_many(session, [id_])[id_]
        followups.save(session, transition(kept.followup, to, by="a", at=NOON), kept.version)


@pytest.mark.parametrize("most", [0, 1000])
def test_counting_on_says_what_counting_anew_does(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", most)
    clock = Clock()
    standings = Standings(clock)
    take_up(platform, "o1", "o2")
    take_up(platform, "o3", manager="m2")
    at(platform, standings)
    for id_, to in (("F-o1", State.CONTACTED), ("F-o3", State.WITHDRAWN)):
        move(platform, id_, to)
    take_up(platform, "o4", manager="m3")
    gone = FollowUp(id="F", need="w1", outcome="o5", manager="m4")
    with platform.database.writing() as session:
        stale = DeclineReason.STALE_LISTING
        followups.add(session, transition(gone, State.DECLINED, by="a", at=NOON, reason=stale))
    clock.now += EVERY_SECONDS
    followed, anew = at(platform, standings), at(platform, Standings(Clock()))
    assert (dict(followed.tracks), dict(followed.stale)) == (dict(anew.tracks), dict(anew.stale))
    assert followed.tracks["m2"].carrying == 0


def test_what_is_stale_is_of_this_moment(platform: Platform) -> None:
    standings = Standings(Clock())
    at(platform, standings)
    begun = FollowUp(id="F", need="w1", outcome="o1", manager="m1")
    gone = transition(begun, State.DECLINED, by="a", at=NOON, reason=DeclineReason.STALE_LISTING)
    with platform.database.writing() as session:
        assert dict(standings.stale(session)) == {}
        followups.add(session, gone)
    assert dict(at(platform, standings).stale) == {}
    with platform.database.reading() as session:
        assert list(standings.stale(session)) == ["o1"]


def test_the_day_is_that_of_who_asks(platform: Platform) -> None:
    standings = Standings(Clock())
    assert at(platform, standings, date(2030, 1, 2)).on == date(2030, 1, 2)
    assert at(platform, standings).on == TODAY


def test_who_found_a_listing_stale_is_known(platform: Platform) -> None:
    begun = FollowUp(id="F", need="w1", outcome="o1", manager="m1")
    gone = transition(begun, State.DECLINED, by="a", at=NOON, reason=DeclineReason.STALE_LISTING)
    with platform.database.writing() as session:
        followups.add(session, gone)
    assert list(at(platform, Standings()).stale["o1"]) == [TODAY]


def managers_for(platform: Platform, wish: Wish) -> tuple[list[str], dict[str, int]]:
    answer = suggest(platform, SYSTEM, Noun.NEED, "w1", Noun.MANAGER, wish)
    return [match.candidate_id for match in answer.matches], dict(answer.removed)


def test_a_full_manager_is_not_suggested_and_that_is_said(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m1", "石墨烯涂层", "graphene coating", capacity=2))
    take_up(platform, "o1", "o2")
    platform.live.look_now()
    ids, removed = managers_for(platform, Wish())
    assert "m1" not in ids
    assert removed == {"no_capacity": 1}
    assert "m1" in managers_for(platform, Wish(facts=False))[0]
    why = explain(platform, SYSTEM, Noun.NEED, "w1", Noun.MANAGER, "m1", Wish())
    assert [match.candidate_id for match in why.matches] == ["m1"]


@pytest.mark.parametrize("stated", [{"capacity": 0}, {"active": False}])
def test_whoever_takes_nothing_on_is_not_suggested(
    platform: Platform, stated: dict[str, Any]
) -> None:
    put(platform, Noun.MANAGER, manager("m1", "石墨烯涂层", "graphene coating", **stated))
    platform.live.look_now()
    ids, removed = managers_for(platform, Wish())
    assert "m1" not in ids
    assert removed == {"no_capacity": 1}


def test_a_manager_without_history_or_capacity_is_suggested(platform: Platform) -> None:
    assert "m1" in managers_for(platform, Wish())[0]


def outcomes_for(platform: Platform, need: str) -> dict[str, float]:
    answer = suggest(platform, SYSTEM, Noun.NEED, need, Noun.OUTCOME, Wish())
    return {match.candidate_id: match.score for match in answer.matches}


def test_a_listing_that_five_found_stale_sinks_for_others_by_the_recipe_alone(
    platform: Platform,
) -> None:
    """Nothing was learned: fresh weighs .01, and an undated listing counts as half fresh."""
    before = outcomes_for(platform, "w1")
    with platform.database.writing() as session:
        for number in range(5):
            begun = FollowUp(id=f"F{number}", need="w2", outcome="o1", manager=f"m{number}")
            stale = DeclineReason.STALE_LISTING
            followups.add(session, transition(begun, State.DECLINED, by="a", at=NOON, reason=stale))
    after = outcomes_for(replace(platform, standings=Standings()), "w1")
    assert before["o1"] - after["o1"] == pytest.approx(0.01 * 0.5 * (1 - 0.5**5))
    others = before.keys() - {"o1"}
    assert {id_: after[id_] for id_ in others} == {id_: before[id_] for id_ in others}
