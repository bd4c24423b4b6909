"""What became of proposals, and how much of it was known on a day."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.recommend.feedback import (
    ACCEPTED,
    NOBODY,
    Feedback,
    Impressions,
    Judgements,
    graded,
    no_feedback,
)

IDS = {Noun.NEED: ("n1", "n2"), Noun.OUTCOME: ("o1", "o2"), Noun.MANAGER: ("m1",)}
Judged = tuple[int, int, int, int, float]


def judged(*rows: Judged) -> Judgements:
    """Need, outcome, manager, day and grade of each."""
    columns = np.array(rows, np.float64).reshape(-1, 5).T
    needs, outcomes, managers, days = (column.astype(np.int32) for column in columns[:4])
    reasons = np.full(len(rows), -1, np.int8)
    grades = columns[4].astype(np.float32)
    return Judgements(needs, outcomes, managers, days, grades, reasons, days)


def shown(*rows: tuple[int, int, int, int]) -> Impressions:
    """Need, outcome, manager and day of each; a list of its own for each day."""
    columns = np.array(rows, np.int32).reshape(-1, 4).T
    count = len(rows)
    return Impressions(
        *columns,
        columns[3].astype(np.int64),
        np.ones(count, np.int32),
        np.ones(count, np.float64),
        np.zeros(count, bool),
        np.zeros(count, np.float32),
    )


def test_an_impression_has_the_grade_of_its_very_three() -> None:
    known = judged((0, 0, 0, 5, 0.75), (0, 1, 0, 5, -0.5), (1, 0, NOBODY, 5, 1.0))
    found = graded(shown((0, 0, 0, 1), (0, 1, 0, 1), (1, 0, 0, 1), (1, 1, 0, 1)), known)
    assert found.grades.tolist() == [0.75, -0.5, 0.0, 0.0]


def test_of_several_grades_the_one_of_the_last_day_counts() -> None:
    known = [(0, 0, 0, 9, -1.0), (0, 0, 0, 3, 0.5), (0, 0, 0, 6, 0.25)]
    for rows in (known, known[::-1]):
        assert graded(shown((0, 0, 0, 1)), judged(*rows)).grades.tolist() == [-1.0]


def test_what_was_shown_after_it_was_judged_is_left_out() -> None:
    """Known from elsewhere on day 5: that it was proposed on day 9 made nothing come of it."""
    known = judged((0, 0, 0, 5, 0.75), (1, 1, 0, 5, -0.5), (1, 0, 0, 5, 0.0))
    rows = shown((0, 0, 0, 4), (0, 0, 0, 5), (0, 0, 0, 9), (1, 1, 0, 9), (1, 0, 0, 9))
    found = graded(rows, known)
    assert found.days.tolist() == [4, 5, 9]
    assert found.needs.tolist() == [0, 0, 1]
    assert found.grades.tolist() == [0.75, 0.75, 0]


def test_what_came_later_is_not_known_yet() -> None:
    known = judged((0, 0, 0, 5, 0.5), (0, 0, 0, 8, 1.0))
    feedback = Feedback(IDS, known, graded(shown((0, 0, 0, 4), (0, 1, 0, 7)), known))
    assert feedback.impressions.grades.tolist() == [1.0, 0.0]
    before = feedback.until(8)
    assert before.judgements.days.tolist() == [5]
    assert before.impressions.days.tolist() == [4, 7]
    assert before.impressions.grades.tolist() == [0.5, 0.0]
    early = feedback.until(5)
    assert (len(early.judgements), early.impressions.grades.tolist()) == (0, [0.0])
    assert len(feedback.judgements) == 2


def taken_up(rows: Judgements, *first_days: int) -> Judgements:
    """The rows, first known to go together on these days."""
    return replace(rows, first_days=np.array(first_days, np.int32))


def test_what_was_taken_up_before_and_went_on_since_is_known_as_taken_up() -> None:
    rows = judged((0, 0, 0, 9, 1.0), (0, 1, 0, 9, -0.5), (1, 0, 0, 9, 0.6), (1, 1, 0, 4, 0.9))
    rows = replace(taken_up(rows, 3, 3, 9, 2), reasons=np.array([-1, 5, -1, -1], np.int8))
    known = rows.until(5)
    assert known.needs.tolist() == [0, 0, 1]
    assert known.outcomes.tolist() == [0, 1, 1]
    np.testing.assert_allclose(known.grades, [ACCEPTED, ACCEPTED, 0.9], rtol=1e-6)
    assert (known.days.tolist(), known.first_days.tolist()) == ([3, 3, 4], [3, 3, 2])
    assert known.reasons.tolist() == [-1, -1, -1]
    types = [getattr(known, each.name).dtype for each in fields(known)]
    assert types == [getattr(rows, each.name).dtype for each in fields(rows)]
    feedback = Feedback(IDS, rows, graded(shown((0, 1, 0, 2), (1, 0, 0, 2)), rows))
    np.testing.assert_allclose(feedback.impressions.grades, [-0.5, 0.6])
    np.testing.assert_allclose(feedback.until(5).impressions.grades, [ACCEPTED, 0])


def test_what_was_known_before_is_not_news() -> None:
    rows = taken_up(judged((0, 0, 0, 9, 1.0), (0, 1, 0, 9, 0.6), (1, 1, 0, 4, -1)), 3, 5, 4)
    assert rows.since(5).outcomes.tolist() == [1]
    assert len(rows.since(4)) == 2


days = st.integers(1, 9)
judgements = st.lists(st.tuples(*[st.integers(0, 1)] * 3, days, st.floats(-1, 1)), max_size=6)
earlier = st.lists(st.integers(0, 8), min_size=6, max_size=6)
impressions = st.lists(st.tuples(*[st.integers(0, 1)] * 3, days), max_size=6)


@given(known=judgements, before=earlier, seen=impressions, day=days)
def test_a_day_cuts_once_and_for_all(
    known: list[Judged], before: list[int], seen: list[tuple[int, int, int, int]], day: int
) -> None:
    rows = judged(*known)
    rows = taken_up(rows, *(rows.days - before[: len(rows)]))
    feedback = Feedback(IDS, rows, graded(shown(*seen), rows))
    once, twice = feedback.until(day), feedback.until(day + 1).until(day)
    assert (once.judgements.days < day).all()
    assert (once.impressions.days < day).all()
    assert len(once.judgements) + len(rows.since(day)) == len(rows)
    np.testing.assert_array_equal(once.judgements.grades, twice.judgements.grades)
    np.testing.assert_array_equal(once.impressions.grades, twice.impressions.grades)


def test_the_last_day_of_which_anything_is_known() -> None:
    day = date(2026, 11, 1).toordinal()
    feedback = Feedback(IDS, judged((0, 0, 0, day, 1.0)), shown((0, 0, 0, day - 3)))
    assert feedback.last_day() == date(2026, 11, 1)
    assert replace(feedback, judgements=judged()).last_day() == date(2026, 10, 29)
    assert no_feedback().last_day() is None


def test_rows_are_taken_by_a_mask_or_by_place() -> None:
    rows = judged((0, 0, 0, 1, 0.5), (1, 1, 0, 2, -0.5))
    assert rows.where(np.array([False, True])).days.tolist() == [2]
    assert rows.where(np.array([1, 0])).grades.tolist() == [-0.5, 0.5]
    assert (len(rows), len(rows.where(np.zeros(2, bool)))) == (2, 0)


def test_the_parties_of_a_row() -> None:
    rows = judged((0, 1, NOBODY, 1, 0.5))
    found = [rows.party(noun).tolist() for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)]
    assert found == [[0], [1], [NOBODY]]
    with pytest.raises(KeyError):
        rows.party(Noun.ORGANISATION)


def test_of_nothing_nothing_is_known() -> None:
    nothing = no_feedback()
    assert (len(nothing.judgements), len(nothing.impressions)) == (0, 0)
    assert len(nothing.until(10**6).impressions) == 0
