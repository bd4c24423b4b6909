"""What pairs are worth: the formula, and who isn't permitted at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.actions.answer import Wish
from matcher.actions.closed_pairs import Closed
from matcher.actions.moment import moment
from matcher.actions.pair_values import PairValues, Scope, pair_values
from matcher.actions.platform import Platform
from matcher.actions.standings import Standings
from matcher.actions.suggest import suggest
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Noun, Visibility
from matcher.domain.followup import FollowUp, transition
from matcher.domain.need import Need
from matcher.domain.visibility import SYSTEM
from matcher.store import followups, records
from tests.platforms import NOW, manager, need, outcome, put

MANAGERS = ["m1", "m2"]


def valued(platform: Platform, needs: list[str], **more: Any) -> PairValues:
    scope = Scope(SYSTEM, date(2026, 11, 1), **more)
    platform.live.look_now()
    with moment(platform) as now:
        scope = replace(scope, standing=platform.standings.at(now.session, scope.on))
        found = records.get_many(now.session, Noun.NEED, needs)
        asked: list[Need] = [found[id_].record for id_ in needs]
        return pair_values(now, asked, MANAGERS, scope)


def scores(platform: Platform, noun: Noun, id_: str, to: Noun) -> dict[str, float]:
    answer = suggest(platform, SYSTEM, noun, id_, to, Wish(explain=False))
    return {match.candidate_id: match.score for match in answer.matches}


def table(found: PairValues) -> dict[tuple[str, str], dict[str, float]]:
    permitted = found.permitted
    rows: dict[tuple[str, str], dict[str, float]] = {pair: {} for pair in found.pairs}
    for pair, who, value in zip(permitted.pairs, permitted.managers, permitted.values, strict=True):
        rows[found.pairs[pair]][MANAGERS[who]] = float(value)
    return rows


def test_a_pair_is_worth_its_score_times_the_mean_of_the_managers_scores(
    platform: Platform,
) -> None:
    found = table(valued(platform, ["w1", "w3"], k=2))
    assert found
    for (need_id, outcome_id), values in found.items():
        pair = scores(platform, Noun.NEED, need_id, Noun.OUTCOME)[outcome_id]
        one = scores(platform, Noun.NEED, need_id, Noun.MANAGER)
        other = scores(platform, Noun.OUTCOME, outcome_id, Noun.MANAGER)
        for id_ in MANAGERS:
            wanted = pair * (one.get(id_, 0) + other.get(id_, 0)) / 2
            assert values.get(id_, 0) == pytest.approx(wanted)


def test_how_managers_stand_counts_as_it_does_for_who_asks(platform: Platform) -> None:
    """And who carries all that they can is valued all the same: the plan's quota sees to it."""
    put(platform, Noun.MANAGER, manager("m1", "石墨烯涂层", "graphene coating", capacity=1))
    before = table(valued(platform, ["w1"], only=["o1"]))[("w1", "o1")]
    with platform.database.writing() as session:
        begun = FollowUp(id="F", need="w3", outcome="o5", manager="m1")
        followups.add(session, transition(begun, State.ACCEPTED, by="a", at=NOW))
    fresh = replace(platform, standings=Standings())
    after = table(valued(fresh, ["w1"], only=["o1"]))[("w1", "o1")]
    assert 0 < after["m1"] < before["m1"]
    wish = Wish(facts=False, explain=False)
    one, other = (
        {m.candidate_id: m.score for m in suggest(fresh, SYSTEM, noun, id_, to, wish).matches}
        for noun, id_, to in ((Noun.NEED, "w1", Noun.MANAGER), (Noun.OUTCOME, "o1", Noun.MANAGER))
    )
    pair = scores(fresh, Noun.NEED, "w1", Noun.OUTCOME)["o1"]
    assert after["m1"] == pytest.approx(pair * (one["m1"] + other["m1"]) / 2)


def test_the_best_outcomes_of_a_need_come_first_and_no_more_than_asked(platform: Platform) -> None:
    found = valued(platform, ["w1"], k=1)
    assert found.pairs == (("w1", "o1"),)
    assert found.permitted.needs.tolist() == found.permitted.outcomes.tolist() == [0]


def test_handled_pairs_and_others_than_those_asked_for_are_left_out(platform: Platform) -> None:
    handled = valued(platform, ["w1"], closed=Closed(frozenset({("w1", "o1")})))
    assert ("w1", "o1") not in handled.pairs
    assert valued(platform, ["w1"], only=["o1"]).pairs == (("w1", "o1"),)


def test_who_turned_a_pair_down_or_may_not_know_of_it_is_not_permitted(platform: Platform) -> None:
    put(platform, Noun.MANAGER, manager("m2", "Graphene coating.", node="n2"))
    assert set(table(valued(platform, ["w1"], only=["o1"]))["w1", "o1"]) == {"m1", "m2"}
    closed = Closed(managers={("w1", "o1"): frozenset({"m1", "gone"})})
    found = valued(platform, ["w1"], only=["o1"], closed=closed)
    assert set(table(found)["w1", "o1"]) == {"m2"}
    theirs = need("w1", "Graphene coating wanted", "graphene", visibility=Visibility.BROKERS)
    put(platform, Noun.NEED, theirs)
    assert set(table(valued(platform, ["w1"], only=["o1"]))["w1", "o1"]) == {"m1"}


def test_a_manager_who_keeps_away_from_either_side_is_not_permitted(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", "Graphene coating", "graphene coating", holder="x"))
    put(platform, Noun.MANAGER, manager("m1", "Graphene coating.", conflicts=("x",)))
    found = valued(platform, ["w1"], only=["o1"])
    assert "m1" not in table(found)[("w1", "o1")]
    assert found.permitted.conflicted.tolist() == [True]
    put(platform, Noun.MANAGER, manager("m1", "Graphene coating."))
    found = valued(platform, ["w1"], only=["o1"])
    assert "m1" in table(found)[("w1", "o1")]
    assert found.permitted.conflicted.tolist() == [False]


def test_only_the_best_candidates_are_kept(platform: Platform) -> None:
    rows = table(valued(platform, ["w1", "w2", "w3"], candidates=1))
    assert all(len(values) <= 1 for values in rows.values())


def test_facts_remove_unless_a_person_insists(platform: Platform) -> None:
    put(platform, Noun.NEED, need("w1", "Coating", "graphene coating", min_trl=6))
    put(platform, Noun.OUTCOME, outcome("o1", "Coating", "graphene coating", trl=2))
    assert valued(platform, ["w1"], only=["o1"]).pairs == ()
    assert valued(platform, ["w1"], only=["o1"], facts=False).pairs == (("w1", "o1"),)


def test_no_needs_are_no_pairs(platform: Platform) -> None:
    found = valued(platform, [])
    assert found.pairs == ()
    assert len(found.permitted.values) == len(found.permitted.needs) == 0


def test_without_the_weak_the_rest_is_worth_the_same(platform: Platform) -> None:
    every = table(valued(platform, ["w1", "w2", "w3"], k=5))
    found = valued(platform, ["w1", "w2", "w3"], k=5, weak=False)
    left = table(found)
    assert found.weak
    assert left
    assert set(found.weak) | set(left) == set(every)
    assert not set(found.weak) & set(left)
    assert left == {pair: every[pair] for pair in left}
