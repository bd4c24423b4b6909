"""A manager's list, as they get it on a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from matcher.actions import worklist as module
from matcher.actions.decisions import Decision, decide, undo
from matcher.actions.platform import Platform
from matcher.actions.worklist import worklist
from matcher.actions.worklist_row import Emptiness, Worklist
from matcher.domain.enums import DeclineReason, Language, Noun, Role, Visibility
from matcher.domain.event import Event
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed, NotFound, UsageError
from matcher.store import events
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, manager, need, outcome, put

DAY = timedelta(days=1)
HOLD = NOW.date() + 2 * DAY


def pairs(found: Worklist) -> list[tuple[str, str]]:
    return [row.pair for row in found.rows]


def of(platform: Platform, manager_id: str = "m2", **more: object) -> Worklist:
    return worklist(platform, SYSTEM, manager_id, **more)  # type: ignore[arg-type]


def say(platform: Platform, pair: tuple[str, str], decision: Decision, by: str = "m2") -> str:
    facts = {
        Decision.ACCEPT: {},
        Decision.DECLINE: {"reason": DeclineReason.STALE_LISTING},
        Decision.SNOOZE: {"until": HOLD},
    }
    kept = decide(platform, SYSTEM, by, *pair, decision, **facts[decision])  # type: ignore[arg-type]
    return kept.followup.id


def told(platform: Platform) -> list[Event]:
    with platform.database.reading() as session:
        return [event for _, event in events.read(session, verbs=["shown", "explored"])]


def test_the_best_pair_of_what_the_manager_does_comes_with_reasons(platform: Platform) -> None:
    found = of(platform)
    [first, *_] = found.rows
    # Both outcomes are of battery recycling: one suits the need better, the other the manager.
    titles = {("w2", "o3"): "Lithium battery recycling", ("w2", "o4"): "锂电池回收"}
    assert set(pairs(found)[:2]) == titles.keys()
    assert (first.match.query_title, first.match.candidate_title) == (
        "废旧电池",
        titles[first.pair],
    )
    # No slot explores in so short a list, so that the best stands first.
    assert first.score == max(row.score for row in found.rows)
    assert first.match.reasons[0]["code"] == "terms"
    assert first.match.band == "strong"
    value, suited, room = first.parts.values()
    assert first.score == pytest.approx(value * suited * room)
    assert (first.position, first.followup, first.version) == (1, "", 0)
    assert (found.on, found.empty, found.degraded) == (NOW.date(), None, ())
    assert found.model_version == platform.live.serving().version


def test_it_is_plain_json(platform: Platform) -> None:
    mapping = of(platform).to_mapping()
    assert json.loads(json.dumps(mapping)) == mapping
    assert mapping["rows"][0]["need"] == "w2"


@pytest.mark.parametrize("decision", list(Decision))
def test_what_was_handled_does_not_come_back(platform: Platform, decision: Decision) -> None:
    say(platform, ("w2", "o4"), decision)
    assert ("w2", "o4") not in pairs(of(platform))
    assert ("w2", "o4") not in pairs(of(later(platform, DAY)))


def test_what_was_put_off_comes_back_on_its_day(platform: Platform) -> None:
    id_ = say(platform, ("w2", "o4"), Decision.SNOOZE)
    rows = {row.pair: row for row in of(later(platform, 2 * DAY)).rows[:2]}
    back = rows["w2", "o4"]
    assert (back.followup, back.version) == (id_, 1)


def test_what_was_undone_is_back_at_once(platform: Platform) -> None:
    id_ = say(platform, ("w2", "o4"), Decision.DECLINE)
    undo(platform, SYSTEM, id_)
    assert ("w2", "o4") in pairs(of(platform))[:2]


def test_what_somebody_else_pursues_is_nobody_elses(platform: Platform) -> None:
    say(platform, ("w2", "o4"), Decision.ACCEPT, by="m1")
    assert ("w2", "o4") not in pairs(of(platform))
    say(platform, ("w2", "o3"), Decision.DECLINE, by="m1")
    [first, *_] = of(platform).rows
    assert first.pair == ("w2", "o3")
    assert [warning["code"] for warning in first.warnings] == ["stale_listing", "price_unknown"]


def test_the_same_day_has_the_same_list_and_each_pair_is_shown_once(platform: Platform) -> None:
    own = sign_up(platform, "a2", manager="m2")
    first = worklist(platform, own, "m2")
    again = worklist(later(platform, timedelta(minutes=5)), own, "m2")
    assert again == first
    shown = told(platform)
    assert [(event.subjects[0].id, event.subjects[1].id) for event in shown] == pairs(first)
    assert {(event.actor, event.at, event.model_version) for event in shown} == {
        ("a2", NOW, first.model_version)
    }
    assert [event.position for event in shown] == [row.position for row in first.rows]
    assert [event.propensity for event in shown] == [row.propensity for row in first.rows]
    worklist(later(platform, DAY), own, "m2")
    assert len(told(platform)) == 2 * len(shown)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestTheRest:
    def test_a_second_look_costs_nothing_until_something_changes(
        self, platform: Platform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[str] = []
        real = module._made

        def counting(*given: Any) -> Worklist:
            made.append("one")
            return real(*given)

        monkeypatch.setattr(module, "_made", counting)
        first = of(platform)
        assert of(platform) == first
        assert len(made) == 1
        say(platform, ("w2", "o4"), Decision.ACCEPT)
        assert ("w2", "o4") not in pairs(of(platform))
        put(platform, Noun.OUTCOME, outcome("o3", "Lithium recycling", trl=2))
        changed = of(platform)
        assert "early" in {warning["code"] for row in changed.rows for warning in row.warnings}
        assert len(made) == 3

    def test_only_a_look_of_the_manager_counts_unless_it_is_said(self, platform: Platform) -> None:
        own = sign_up(platform, "a2", manager="m2")
        boss = sign_up(platform, "boss", Role.ADMIN)
        for viewer in (SYSTEM, boss):
            worklist(platform, viewer, "m2")
        worklist(platform, own, "m2", counted=False)
        worklist(platform, own, "m2", day=NOW.date() + DAY)
        assert told(platform) == []
        printed = worklist(platform, boss, "m2", counted=True)
        assert len(told(platform)) == len(printed.rows)
        assert {event.actor for event in told(platform)} == {"a2"}

    def test_a_listing_called_stale_is_worth_less_where_freshness_counts(
        self, platform: Platform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stood: list[Any] = []
        real = module.offers_for

        def looking(session: Any, serving: Any, desk: Any, *more: Any) -> Any:
            stood.append(desk.standing)
            return real(session, serving, desk, *more)

        monkeypatch.setattr(module, "offers_for", looking)
        say(platform, ("w2", "o3"), Decision.DECLINE, by="m1")
        of(platform)
        assert dict(stood[-1].stale) == {"o3": (NOW.date(),)}

    def test_who_is_not_active_or_full_gets_nothing(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m2", "Battery recycling", active=False))
        assert (of(platform).rows, of(platform).empty) == ((), Emptiness.INACTIVE)
        put(platform, Noun.MANAGER, manager("m2", "Battery recycling", capacity=1))
        assert of(platform).rows
        say(platform, ("w2", "o4"), Decision.ACCEPT)
        assert (of(platform).rows, of(platform).empty) == ((), Emptiness.NO_ROOM)

    def test_half_of_the_room_halves_the_score(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m2", "Battery recycling", capacity=2))
        before = {row.pair: row.parts for row in of(platform).rows}
        say(platform, ("w2", "o4"), Decision.ACCEPT)
        after = {row.pair: row.parts for row in of(platform).rows}
        assert before["w2", "o3"]["room"] == 1
        assert after["w2", "o3"]["room"] == 0.5

    def test_without_a_word_about_a_manager_nothing_can_be_found(self, platform: Platform) -> None:
        put(platform, Noun.MANAGER, manager("m3"))
        assert of(platform, "m3").empty is Emptiness.NO_PROFILE
        put(platform, Noun.MANAGER, manager("m3", "Medieval lute music"))
        assert of(platform, "m3").empty is Emptiness.NOTHING_FITS

    def test_conflicts_and_hidden_records_are_left_out(self, platform: Platform) -> None:
        put(platform, Noun.OUTCOME, outcome("o4", "锂电池回收", "锂电池钴", holder="Harbour"))
        assert ("w2", "o4") in pairs(of(platform))
        kept_away = manager("m2", "Battery recycling", conflicts=("Harbour",))
        put(platform, Noun.MANAGER, kept_away)
        assert ("w2", "o4") not in pairs(of(platform))
        put(platform, Noun.MANAGER, replace(kept_away, conflicts=()))
        put(platform, Noun.NEED, need("w2", "废旧电池", "回收锂电池里的钴", organisation="Harbour"))
        assert ("w2", "o4") not in pairs(of(platform))
        hidden = outcome(
            "o3", "Lithium battery recycling", visibility=Visibility.NAMED, owner="somebody"
        )
        put(platform, Noun.OUTCOME, hidden)
        # The operator sees it, the manager doesn't.
        assert "o3" not in {pair[1] for pair in pairs(of(platform))}

    def test_an_admin_sees_only_what_is_for_both(self, platform: Platform) -> None:
        sign_up(platform, "a2", manager="m2")
        boss = sign_up(platform, "boss", Role.ADMIN)
        named = outcome("o4", "锂电池回收", "钴", visibility=Visibility.NAMED, visible_to=("a2",))
        put(platform, Noun.OUTCOME, named)
        assert "o4" in {pair[1] for pair in pairs(of(platform))}
        assert "o4" not in {pair[1] for pair in pairs(worklist(platform, boss, "m2"))}

    def test_it_is_for_the_manager_and_their_admins(self, platform: Platform) -> None:
        other = sign_up(platform, "a1", manager="m1")
        with pytest.raises(NotAllowed):
            worklist(platform, other, "m2")
        with pytest.raises(NotFound):
            of(platform, "m9")

    @pytest.mark.parametrize("size", [0, -1, 101])
    def test_a_size_that_cannot_be(self, platform: Platform, size: int) -> None:
        with pytest.raises(UsageError):
            of(platform, size=size)

    def test_warnings_stand_apart_from_reasons_in_either_language(self, platform: Platform) -> None:
        put(
            platform,
            Noun.NEED,
            need("w2", "废旧电池", "回收锂电池里的钴", budget_max=10, min_trl=6),
        )
        put(platform, Noun.OUTCOME, outcome("o4", "锂电池回收", "钴", updated_at=date(2020, 1, 1)))
        chinese, english = (
            next(row for row in of(platform, language=language).rows if row.pair == ("w2", "o4"))
            for language in Language
        )
        codes = [warning["code"] for warning in chinese.warnings]
        assert codes == ["price_unknown", "stale", "readiness_unknown"]
        assert not {"stale", "price_unknown"} & {one["code"] for one in chinese.match.reasons}
        assert all(text.startswith("注意") for text in chinese.warning_texts)
        assert all(text.startswith("Watch") for text in english.warning_texts)
