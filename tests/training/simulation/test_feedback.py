"""Reactions as the arrays that are learned from."""

import numpy as np
import pytest

from matcher.domain.enums import DeclineReason, Noun
from matcher.recommend.feedback import Feedback, Judgements
from training.simulation.feedback import PARTIES, feedback_of, grades_of
from training.simulation.reactions import Exit, Reactions
from training.simulation.world import World


@pytest.fixture
def feedback(world: World, history: Reactions) -> Feedback:
    return feedback_of(world, history, world.end.toordinal())


def test_codes_are_rows_of_the_world(world: World, feedback: Feedback) -> None:
    assert feedback.ids == {noun: world.ids(noun) for noun in PARTIES}
    for rows in (feedback.judgements, feedback.impressions):
        for noun in PARTIES:
            assert rows.party(noun).max() < world.count(noun)
            assert rows.party(noun).dtype == np.int32


def test_impressions_are_the_lists_in_order_of_time(
    world: World, history: Reactions, feedback: Feedback
) -> None:
    shown = feedback.impressions
    assert len(shown) == len(history)
    assert (np.diff(shown.days) >= 0).all()
    assert (np.diff(shown.lists) >= 0).all()
    assert np.array_equal(shown.positions, history.positions)
    assert np.array_equal(shown.explored, history.explored)
    assert shown.propensities.min() > 0


def test_what_was_touched_is_judged_and_its_impression_has_the_grade(
    world: World, history: Reactions, feedback: Feedback
) -> None:
    known = history.known(world.end.toordinal())
    assert np.array_equal(feedback.judgements.needs, known.needs[known.touched])
    assert np.array_equal(feedback.judgements.grades, grades_of(known)[known.touched])
    assert np.array_equal(feedback.impressions.grades, grades_of(known))


def test_grades_rise_with_what_was_reached_and_are_halved_when_it_expired(
    history: Reactions,
) -> None:
    grades = grades_of(history)
    assert (grades[~history.touched] == 0).all()
    is_open = history.exits == Exit.OPEN
    reached = {place: set(grades[is_open & (history.furthest == place)]) for place in range(7)}
    wanted = [0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0]
    found = {place: value for place, value in enumerate(wanted) if reached[place]}
    assert len(found) >= 4
    for place, value in found.items():
        assert reached[place] == {np.float32(value)}
    contacted = history.furthest == 1
    for ending in (Exit.EXPIRED, Exit.WITHDRAWN):
        assert set(grades[contacted & (history.exits == ending)]) == {np.float32(0.2)}


def test_a_decline_is_graded_by_its_reason(history: Reactions) -> None:
    grades, places = grades_of(history), {one: place for place, one in enumerate(DeclineReason)}
    at_once = history.declined_at_once
    blamed = at_once & (history.reasons == places[DeclineReason.SCIENTIFIC_OBJECTION])
    excused = at_once & (history.reasons == places[DeclineReason.NO_CAPACITY])
    assert set(grades[blamed]) == {np.float32(-1)}
    assert set(grades[excused]) == {np.float32(0)}


def test_reasons_are_places_among_the_reasons(history: Reactions, feedback: Feedback) -> None:
    reasons = feedback.judgements.reasons
    assert reasons.dtype == np.int8
    assert set(reasons.tolist()) <= set(range(-1, len(DeclineReason)))
    assert (reasons[feedback.judgements.grades < 0] >= 0).all()
    assert (feedback.judgements.grades < 0).any()


def test_nothing_of_a_later_day_is_known(world: World, history: Reactions) -> None:
    day = world.month(1)[10]
    feedback = feedback_of(world, history, day)
    assert feedback.judgements.days.max() < day
    assert feedback.impressions.days.max() < day
    until = feedback.until(day)
    assert len(until.judgements) == len(feedback.judgements)
    assert np.array_equal(until.impressions.grades, feedback.impressions.grades)


def test_the_first_day_is_that_on_which_a_pair_was_taken_up(
    history: Reactions, feedback: Feedback
) -> None:
    rows, touched = feedback.judgements, history.where(history.touched)
    taken = touched.accepted
    assert np.array_equal(rows.first_days[taken], touched.steps[taken, 0])
    assert np.array_equal(rows.first_days[~taken], rows.days[~taken])
    assert (rows.first_days[taken] < rows.days[taken]).any()


def triples(rows: Reactions | Judgements) -> set[tuple[int, ...]]:
    parties = (rows.needs.tolist(), rows.outcomes.tolist(), rows.managers.tolist())
    return set(zip(*parties, strict=True))


def test_what_was_taken_up_before_a_day_is_known_on_it(
    world: World, history: Reactions, feedback: Feedback
) -> None:
    day = world.month(1)[10]
    then, known = history.known(day), feedback.until(day).judgements
    assert triples(then.where(then.accepted)) <= triples(known) <= triples(then.where(then.touched))
    # Some went on since, which is what the first days are for.
    later = feedback.judgements.where(feedback.judgements.first_days < day)
    assert (later.days >= day).any()


def test_before_the_first_day_nothing_is_known(world: World, history: Reactions) -> None:
    feedback = feedback_of(world, history, world.start.toordinal())
    assert len(feedback.judgements) == len(feedback.impressions) == 0
    assert feedback.ids[Noun.NEED] == world.ids(Noun.NEED)
