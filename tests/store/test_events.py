"""Events: in the order in which they were written, found by verb and subject."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.errors import InvalidValue
from matcher.store import events

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NEED, OUTCOME = Subject(noun=Noun.NEED, id="N1"), Subject(noun=Noun.OUTCOME, id="O1")
OTHER = Subject(noun=Noun.OUTCOME, id="N1")
SHOWN = Event(
    actor="A1",
    verb="shown",
    at=NOON,
    subjects=(OUTCOME, NEED),
    position=3,
    propensity=0.1 + 0.2,
    model_version="2026-11-01-a",
)
OPENED = Event(actor="A2", verb="opened", at=NOON - timedelta(days=1), subjects=(NEED,))
SIGNED_IN = Event(actor="A2", verb="signed_in", at=NOON)

ids = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=9
).filter(str.strip)
subjects = st.builds(Subject, noun=st.sampled_from(Noun), id=ids)
any_event = st.builds(
    Event,
    actor=ids,
    verb=st.sampled_from(["shown", "opened"]),
    at=st.datetimes(timezones=st.just(UTC)),
    subjects=st.lists(subjects, max_size=3).map(tuple),
    position=st.none() | st.integers(1, 10**6),
    propensity=st.none() | st.floats(0, 1, exclude_min=True),
    model_version=st.just("") | ids,
)


@pytest.fixture
def session(database):
    with database.writing() as session:
        events.append(session, [SHOWN, OPENED])
        events.append(session, [SIGNED_IN])
        yield session


def test_events_come_in_the_order_of_writing_whatever_the_clock_said(session):
    assert events.read(session) == [(1, SHOWN), (2, OPENED), (3, SIGNED_IN)]
    assert events.latest(session) == 3


def test_a_page_goes_on_after_the_last_number(session):
    assert events.read(session, limit=2) == [(1, SHOWN), (2, OPENED)]
    assert events.read(session, after=2, limit=2) == [(3, SIGNED_IN)]
    assert events.read(session, after=3) == []


def test_events_are_found_by_verb(session):
    assert events.read(session, verbs=["opened", "signed_in"]) == [(2, OPENED), (3, SIGNED_IN)]
    assert events.read(session, after=2, verbs=("opened",)) == []


def test_events_are_found_by_noun_and_id_of_a_subject(session):
    assert events.read(session, subject=NEED) == [(1, SHOWN), (2, OPENED)]
    assert events.read(session, subject=OUTCOME) == [(1, SHOWN)]
    assert events.read(session, subject=OTHER) == []
    assert events.read(session, subject=NEED, verbs=["opened"]) == [(2, OPENED)]


def test_a_subject_named_twice_is_one_find(session):
    twice = Event(actor="A1", verb="compared", at=NOON, subjects=(OTHER, OTHER))
    events.append(session, [twice])
    assert events.read(session, subject=OTHER) == [(4, twice)]


def test_nothing_to_append_is_nothing_written(session):
    events.append(session, [])
    assert events.latest(session) == 3


def test_an_empty_log_has_no_last_number(database):
    with database.reading() as session:
        assert events.latest(session) == 0
        assert events.read(session) == []


@pytest.mark.parametrize(
    "wrong",
    [
        Event(actor="A1", verb="shown", at=NOON, subjects=(Subject(noun=Noun.NEED, id="N\0"),)),
        Event(actor="A" * 501, verb="shown", at=NOON),
        Event(actor="A1", verb="v" * 501, at=NOON),
        Event(actor="A1", verb="shown", at=NOON, subjects=(Subject(noun=Noun.NEED, id="N" * 501),)),
    ],
)
def test_what_an_index_cannot_hold_is_refused_on_every_database(session, wrong):
    with pytest.raises(InvalidValue):
        events.append(session, [SIGNED_IN, wrong])
    assert events.latest(session) == 3


def test_the_subjects_of_many_events_do_not_get_mixed_up(session):
    many = [
        Event(actor="A1", verb="shown", at=NOON, subjects=(Subject(noun=Noun.NEED, id=f"N{n}"),))
        for n in range(100, 2600)
    ]
    events.append(session, many)
    for n in (100, 1099, 1100, 2599):
        subject = Subject(noun=Noun.NEED, id=f"N{n}")
        assert [event for _, event in events.read(session, subject=subject)] == [many[n - 100]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(any_event, max_size=5))
def test_events_come_back_as_they_went_in(database, several):
    with database.writing() as session:
        before = events.latest(session)
        events.append(session, several)
        assert [event for _, event in events.read(session, after=before)] == several


def test_the_last_of_some_verbs(session):
    assert events.latest(session, ["opened", "shown"]) == 2
    assert events.latest(session, ["never"]) == 0


def test_what_somebody_did_since_is_known_by_subject(session):
    both = (NEED, OUTCOME, OTHER)
    assert events.told_about(session, "A1", "shown", NOON, both) == {NEED, OUTCOME}
    assert events.told_about(session, "A1", "opened", NOON, both) == frozenset()
    assert events.told_about(session, "A2", "opened", NOON, both) == frozenset()
    assert events.told_about(session, "A2", "opened", OPENED.at, both) == {NEED}
    assert events.told_about(session, "A2", "opened", OPENED.at, ()) == frozenset()


def test_whether_somebody_did_it_since_whatever_it_was_about(session):
    assert events.was_told(session, "A2", "signed_in", NOON)
    assert not events.was_told(session, "A2", "signed_in", NOON + timedelta(microseconds=1))
    assert not events.was_told(session, "A1", "signed_in", NOON)
