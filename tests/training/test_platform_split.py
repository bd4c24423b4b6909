"""A platform's feedback before and after a day."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.errors import UsageError
from matcher.evaluate.splits import NO_END, Lifetimes, split_day
from matcher.recommend.feedback import NOBODY, Feedback, Judgements, no_feedback
from matcher.store.feedback import UNDATED
from training.platform_split import Direction, dated, pairs_of, questions_of, sides, split_feedback

NEED_OUTCOME = Direction(Noun.NEED, Noun.OUTCOME)
MANAGER_OUTCOME = Direction(Noun.MANAGER, Noun.OUTCOME)
IDS = {Noun.NEED: ("n0", "n1"), Noun.OUTCOME: ("o0", "o1", "o2"), Noun.MANAGER: ("m0",)}

# need, outcome, manager, day, grade
ROWS = [
    (0, 0, 0, 10, 1.0),
    (0, 1, NOBODY, 20, 0.4),
    (1, 0, 0, 30, -0.5),
    (1, 1, 0, 40, 0.6),
    (1, 2, 0, 50, 1.0),
    (0, 2, NOBODY, 60, 0.3),
]


def feedback_of(rows: list[tuple[int, int, int, int, float]]) -> Feedback:
    needs, outcomes, managers, days, grades = zip(*rows, strict=True)
    codes = [np.array(each, np.int32) for each in (needs, outcomes, managers, days)]
    reasons = np.full(len(rows), -1, np.int8)
    judgements = Judgements(*codes, np.array(grades, np.float32), reasons, codes[3])
    return Feedback(IDS, judgements, no_feedback().impressions)


@pytest.fixture
def feedback() -> Feedback:
    return feedback_of(ROWS)


@pytest.fixture
def lifetimes() -> dict[Noun, Lifetimes]:
    created, until = np.array([1, 1, 45], np.int32), np.array([NO_END] * 3, np.int32)
    return {Noun.OUTCOME: Lifetimes(("o0", "o1", "o2"), created, until)}


def test_the_train_is_before_the_day_and_the_test_from_it_on(feedback, lifetimes) -> None:
    split = split_feedback(feedback, lifetimes, day=40, end=60)
    assert split.train.judgements.days.tolist() == [10, 20, 30]
    assert split.test.days.tolist() == [40, 50]
    assert split.alive == {Noun.OUTCOME: {"o0", "o1"}}
    assert split.fresh == {Noun.OUTCOME: frozenset()}


def test_what_was_taken_up_before_the_day_is_train_however_far_it_went_since(
    feedback, lifetimes
) -> None:
    first = np.array([10, 20, 30, 35, 50, 60], np.int32)
    went_on = replace(feedback, judgements=replace(feedback.judgements, first_days=first))
    split = split_feedback(went_on, lifetimes, day=40)
    assert split.train.judgements.days.tolist() == [10, 20, 30, 35]
    assert split.train.judgements.grades[3] == np.float32(0.3)
    assert split.test.days.tolist() == [50, 60]
    asked = questions_of(split, NEED_OUTCOME)
    assert "o1" in asked.known["n1"]
    assert "n1" not in asked.qrels


def test_a_fifth_of_what_was_judged_well_is_kept_for_the_test(feedback, lifetimes) -> None:
    """Of the days 10, 20, 40, 50 and 60; the decline on 30 doesn't count."""
    assert split_feedback(feedback, lifetimes).day == 60
    assert split_feedback(feedback, lifetimes, end=60).day == 50


def test_pairs_are_the_judgements_with_both_parties(feedback) -> None:
    found = pairs_of(feedback.judgements, feedback.ids, MANAGER_OUTCOME)
    assert found.names() == [("m0", "o0"), ("m0", "o0"), ("m0", "o1"), ("m0", "o2")]
    assert found.grades == pytest.approx([1.0, -0.5, 0.6, 1.0])
    assert found.days.tolist() == [10, 30, 40, 50]


def test_a_direction_can_be_asked_from_either_side(feedback) -> None:
    back = Direction(Noun.OUTCOME, Noun.NEED)
    there = pairs_of(feedback.judgements, feedback.ids, NEED_OUTCOME).names()
    assert pairs_of(feedback.judgements, feedback.ids, back).names() == [
        (candidate, asker) for asker, candidate in there
    ]
    assert back.name == "outcome>need"


def test_the_questions_are_about_what_was_alive_and_isn_t_known(feedback, lifetimes) -> None:
    split = split_feedback(feedback, lifetimes, day=40)
    asked = questions_of(split, NEED_OUTCOME)
    assert asked.qrels == {"n1": {"o1": 2}}
    assert asked.known == {"n0": {"o0", "o1"}, "n1": {"o0"}}
    assert asked.unasked == 2


def test_both_sides_name_their_rows_alike(feedback, lifetimes) -> None:
    train, test = sides(split_feedback(feedback, lifetimes, day=40), NEED_OUTCOME)
    assert train.names() == [("n0", "o0"), ("n0", "o1"), ("n1", "o0")]
    assert test.names() == [("n1", "o1"), ("n1", "o2"), ("n0", "o2")]


@pytest.mark.parametrize("day", [10, 61])
def test_a_side_without_anything_judged_well_is_refused(feedback, lifetimes, day) -> None:
    with pytest.raises(UsageError, match="Nothing was judged well"):
        split_feedback(feedback, lifetimes, day=day)


def test_without_judgements_there_is_nothing_to_split(lifetimes) -> None:
    with pytest.raises(UsageError, match="can't be split"):
        split_feedback(no_feedback(), lifetimes)
    with pytest.raises(UsageError, match="can't be split"):
        split_feedback(feedback_of([(0, 0, 0, 10, -1.0), (0, 1, 0, 20, -1.0)]), lifetimes)


def test_candidates_whose_lifetimes_are_unknown_are_not_asked(feedback, lifetimes) -> None:
    split = split_feedback(feedback, lifetimes, day=40)
    with pytest.raises(UsageError, match="which managers were alive"):
        questions_of(split, Direction(Noun.NEED, Noun.MANAGER))


def test_what_nobody_dated_is_known_before_every_day_and_moves_none() -> None:
    days = np.array([UNDATED] * 90 + [UNDATED + day for day in range(1, 11)], np.int32)
    assert dated(days).tolist() == days[90:].tolist()
    assert split_day(dated(days)) == UNDATED + 9
