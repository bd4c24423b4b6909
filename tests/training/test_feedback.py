"""Feedback: events, follow-ups and interactions of a store, joined and graded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp, transition
from matcher.domain.interaction import Interaction
from matcher.recommend.feedback import NOBODY, no_feedback
from matcher.store import events, followups, interactions, records
from tests.store.some_records import NOW, OUTCOME
from training.feedback import read, read_feedback

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY, LATER = NOON.date(), date(2027, 1, 1)
NEW = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")


def shown(need, outcome, manager, position=1):
    named = {Noun.NEED: need, Noun.OUTCOME: outcome, Noun.MANAGER: manager}
    subjects = tuple(Subject(noun=noun, id=id) for noun, id in named.items() if id)
    return Event(actor="A1", verb="shown", at=NOON, subjects=subjects, position=position)


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def declined(followup, reason, days=1):
    at = NOON + timedelta(days=days)
    return transition(followup, State.DECLINED, by="A1", at=at, reason=reason, why="so")


def test_lists_follow_ups_and_interactions_name_the_same_ids(session):
    events.append(session, [shown("N1", "O1", "M1"), shown("N2", "O1", "M1", 2)])
    followups.add(session, transition(NEW, State.ACCEPTED, by="A1", at=NOON))
    interactions.put(session, [Interaction(id="I1", need="N2", outcome="O3")])
    found = read_feedback(session, LATER)
    assert found.ids == {
        Noun.NEED: ("N1", "N2"),
        Noun.OUTCOME: ("O1", "O3"),
        Noun.MANAGER: ("M1",),
    }
    rows = found.judgements
    assert (rows.needs.tolist(), rows.outcomes.tolist()) == ([1, 0], [1, 0])
    assert rows.managers.tolist() == [NOBODY, 0]
    np.testing.assert_allclose(rows.grades, [0.3, 0.3], rtol=1e-6)
    assert rows.reasons.tolist() == [-1, -1]
    assert rows.days[1] == NOON.toordinal()


def test_what_was_shown_has_the_grade_of_what_came_of_it(session):
    events.append(
        session,
        [shown("N1", "O1", "M1"), shown("N1", "O2", "M1", 2), shown("N1", "O2", "M2", 3)],
    )
    followups.add(session, declined(NEW, DeclineReason.TOO_EARLY))
    second = replace(NEW, id="F2", outcome="O2", manager="M2")
    followups.add(session, transition(second, State.CONTRACT_SIGNED, by="A1", at=NOON))
    assert read_feedback(session, LATER).impressions.grades.tolist() == [-0.5, 0, 1]


def test_nothing_is_known_before_its_day(session):
    events.append(session, [shown("N1", "O1", "M1")])
    followups.add(session, declined(NEW, DeclineReason.PRICE))
    assert read_feedback(session, TODAY).impressions.grades.tolist() == [0]
    after = read_feedback(session, TODAY + timedelta(days=1))
    assert after.impressions.grades.tolist() == [-0.5]
    assert len(read_feedback(session, TODAY - timedelta(days=1)).impressions) == 0


def test_what_was_taken_up_before_a_day_is_known_on_it_however_far_it_went_since(session):
    """What is read as of a day and what is known of it later agree."""
    events.append(session, [shown("N1", "O1", "M1")])
    taken = transition(NEW, State.ACCEPTED, by="A1", at=NOON)
    later = NOON + timedelta(days=8)
    followups.add(session, transition(taken, State.NEGOTIATING, by="A1", at=later))
    at_the_time, now = read_feedback(session, TODAY), read_feedback(session, LATER)
    assert now.judgements.first_days.tolist() == [NOON.toordinal()]
    cut = now.until(NOON.toordinal() + 1)
    for rows, others in (
        (cut.judgements, at_the_time.judgements),
        (cut.impressions, at_the_time.impressions),
    ):
        for name in type(rows).__slots__:
            np.testing.assert_array_equal(getattr(rows, name), getattr(others, name))
    assert cut.impressions.grades.tolist() == [np.float32(0.3)]


def test_a_pair_that_was_taken_up_by_mistake_teaches_nothing(session):
    events.append(session, [shown("N1", "O1", "M1")])
    taken = transition(NEW, State.ACCEPTED, by="A1", at=NOON)
    dropped = declined(taken, DeclineReason.PRICE)
    back = transition(dropped, State.SUGGESTED, by="A1", at=NOON + timedelta(days=2))
    followups.add(session, back)
    found = read_feedback(session, LATER)
    assert found.impressions.grades.tolist() == [0]
    assert found.judgements.first_days.tolist() == found.judgements.days.tolist()


def test_what_was_seen_here_counts_more_than_what_is_told_of_the_same_day(session):
    events.append(session, [shown("N1", "O1", "M1")])
    followups.add(session, declined(NEW, DeclineReason.PRICE, days=0))
    interactions.put(session, [Interaction(id="I", need="N1", outcome="O1", manager="M1", at=NOON)])
    assert read_feedback(session, LATER).impressions.grades.tolist() == [-0.5]


def test_what_happened_to_a_merged_record_happened_to_what_it_went_into(session):
    records.put(session, Noun.OUTCOME, [OUTCOME, replace(OUTCOME, id="o2")], actor="A1", at=NOW)
    events.append(session, [shown("N1", "o1", "M1")])
    followups.add(session, declined(replace(NEW, outcome="o2"), DeclineReason.PRICE))
    assert read_feedback(session, LATER).impressions.grades.tolist() == [0]
    records.set_merged(session, Noun.OUTCOME, "o2", "o1", actor="A1", at=NOW)
    found = read_feedback(session, LATER)
    assert found.ids[Noun.OUTCOME] == ("o1",)
    assert found.impressions.grades.tolist() == [-0.5]


def test_what_cannot_be_understood_is_counted_and_the_rest_is_read(session):
    events.append(session, [shown("", "O1", "M1"), shown("N1", "O1", "M1")])
    reading = read(session, LATER)
    assert (reading.skipped, len(reading.feedback.impressions)) == (1, 1)


def test_an_empty_store_is_no_feedback(session):
    found, nothing = read_feedback(session, LATER), no_feedback()
    assert found.ids == nothing.ids
    for rows, empty in (
        (found.judgements, nothing.judgements),
        (found.impressions, nothing.impressions),
    ):
        assert len(rows) == 0
        for name in type(rows).__slots__:
            assert getattr(rows, name).dtype == getattr(empty, name).dtype
