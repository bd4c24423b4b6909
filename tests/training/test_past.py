"""The past: ties of what was known before the last days, where these are enough to judge by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback, graded, no_feedback
from matcher.recommend.learning_lists import decided
from matcher.recommend.tying import tied
from tests.recommend.some_learning import DAY, feedback, proposed, same_subject, spread, untaught
from tests.training.some_training import gradually, snapshot_of, topical
from training import past
from training.figures import split_of
from training.past import Way, is_shown, last_fifth, past_by, way_of


def known() -> Feedback:
    return spread(proposed(20, same_subject), 10)


def taken_up(known: Feedback) -> int:
    return int((known.judgements.grades > 0).sum())


@pytest.fixture(autouse=True)
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `known` holds is just enough."""
    monkeypatch.setattr(past, "MANY", taken_up(known()))
    monkeypatch.setattr(past, "SHOWN", 10)


def test_the_last_days_hold_a_fifth_of_what_was_taken_up() -> None:
    day = last_fifth(known())
    assert day == DAY + 8
    good = known().judgements.first_days[known().judgements.grades > 0]
    assert (good >= day).mean() == pytest.approx(0.2, abs=0.05)


def test_they_are_the_days_that_figures_ask_about() -> None:
    """So that what is rehearsed for them can judge what is fitted."""
    split = split_of(topical(), snapshot_of(gradually()))
    assert split is not None
    assert last_fifth(gradually()) == split.day


@pytest.mark.parametrize("what", ["MANY", "SHOWN"])
def test_with_one_pair_less_the_past_is_not_enough(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert way_of(known()) is Way.PAST
    shown = known().impressions
    late = int(((shown.grades > 0) & (shown.days >= DAY + 8) & decided(shown)).sum())
    enough = {"MANY": taken_up(known()), "SHOWN": late}[what]
    monkeypatch.setattr(past, what, enough)
    assert way_of(known()) is Way.PAST
    monkeypatch.setattr(past, what, enough + 1)
    assert way_of(known()) is Way.PARTS
    assert is_shown(known(), DAY + 8) == (what == "MANY")


def test_a_way_that_was_decided_holds_for_a_part_of_what_is_known() -> None:
    """As much is known as is just enough, so that what is rehearsed knows less than that."""
    before = known().until(DAY + 8)
    assert way_of(before) is Way.PARTS
    found = past_by(Way.PAST, untaught(), before, 0)
    assert found is not None
    assert found.day == last_fifth(before)
    assert found.day < DAY + 8
    assert past_by(Way.PARTS, untaught(), known(), 0) is None


def declined(known: Feedback) -> Feedback:
    judgements = replace(known.judgements, grades=-known.judgements.grades)
    return replace(known, judgements=judgements, impressions=graded(known.impressions, judgements))


def unshown(known: Feedback) -> Feedback:
    """The same, but as if it were known from elsewhere: no list of the last days had it."""
    shown = known.impressions
    return replace(known, impressions=shown.where(shown.days < DAY + 8))


@pytest.mark.parametrize("little", [
    no_feedback(),
    feedback(),
    spread(proposed(20, same_subject), 1),
    declined(known()),
    unshown(known()),
], ids=["nothing", "no rows", "one day", "all declined", "in no list"])  # fmt: skip
def test_what_cannot_judge_is_no_past(little: Feedback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "MANY", 0)
    assert way_of(little) is Way.PARTS
    assert past_by(Way.PAST, untaught(), little, 0) is None


def test_ties_of_the_past_are_told_of_what_was_known_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[Feedback] = []

    def spy(collections: Collections, feedback: Feedback, *_: object) -> Collections:
        told.append(feedback)
        return collections

    monkeypatch.setattr(past, "tied", spy)
    found = past_by(Way.PAST, untaught(), known(), 0)
    assert found is not None
    assert (found.collections, found.day) == (untaught(), DAY + 8)
    [before] = told
    assert before.judgements.days.max() == before.impressions.days.max() == DAY + 7


def test_they_are_what_would_have_been_tied_then() -> None:
    found = past_by(Way.PAST, untaught(), known(), 3)
    before = known().until(DAY + 8)
    then = tied(
        untaught(), before, Examination().at(before.impressions.positions), lambda _: None, 3
    )
    assert found is not None
    for noun, asker in ((Noun.OUTCOME, "need"), (Noun.MANAGER, "outcome")):
        one, other = (
            each.models[noun].ties[asker].candidates for each in (found.collections, then)
        )
        np.testing.assert_array_equal(one.factors, other.factors)
        assert one.uptake is not None
        np.testing.assert_array_equal(one.uptake, other.uptake)
