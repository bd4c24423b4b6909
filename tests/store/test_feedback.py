"""Feedback: every event, follow-up and interaction as arrays, as it was known on a day."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import insert

from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp, transition
from matcher.domain.interaction import Interaction
from matcher.errors import WrongSchema
from matcher.store import events, feedback, followups, interactions
from matcher.store.feedback import NO_REASON, UNDATED, meetings, pursuits, sightings
from matcher.store.parties import NOBODY, Parties
from matcher.store.schema.event import EventRow
from matcher.store.schema.followup import TransitionRow

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY, LATER = NOON.date(), date(2027, 1, 1)
STATES, REASONS = list(State), list(DeclineReason)
NEW = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")


def subject(noun, id):
    return Subject(noun=noun, id=id)


def shown(need="N1", outcome="O1", manager="M1", **more):
    named = [(Noun.NEED, need), (Noun.OUTCOME, outcome), (Noun.MANAGER, manager)]
    subjects = tuple(subject(noun, id) for noun, id in named if id)
    given = {"actor": "A1", "verb": "shown", "at": NOON, "position": 1, **more}
    return Event(subjects=subjects, **given)


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def seen(session, *several, on=LATER, parties=None):
    events.append(session, several)
    return sightings(session, parties or Parties(), on)


def test_a_row_tells_who_was_shown_what_where_when_and_with_which_chance(session):
    parties = Parties()
    found = seen(
        session,
        shown(position=1),
        shown(outcome="O2", position=2, verb="explored", propensity=0.25),
        shown(need="N2", outcome="O2", manager="", at=NOON + timedelta(days=1), position=7),
        parties=parties,
    )
    assert parties.ids() == {
        Noun.NEED: ("N1", "N2"),
        Noun.OUTCOME: ("O1", "O2"),
        Noun.MANAGER: ("M1",),
    }
    assert (found.needs.tolist(), found.outcomes.tolist()) == ([0, 0, 1], [0, 1, 1])
    assert found.managers.tolist() == [0, 0, NOBODY]
    assert found.positions.tolist() == [1, 2, 7]
    assert found.propensities.tolist() == [1, 0.25, 1]
    assert found.explored.tolist() == [False, True, False]
    assert found.days.tolist() == [NOON.toordinal(), NOON.toordinal(), NOON.toordinal() + 1]
    assert found.skipped == 0
    types = (found.needs, found.days, found.lists, found.positions, found.propensities)
    assert [each.dtype for each in types] == [np.int32, np.int32, np.int64, np.int32, np.float64]


def test_a_list_has_one_actor_one_time_and_one_manager(session):
    second = NOON + timedelta(seconds=1)
    found = seen(
        session,
        shown(),
        Event(actor="A9", verb="opened", at=NOON),
        shown(position=2, verb="explored"),
        shown(actor="A2"),
        shown(actor="A2", at=second),
        shown(actor="A2", at=second, manager="M2"),
        shown(),
    )
    assert found.lists.tolist() == [0, 0, 1, 2, 3, 4]


def test_other_verbs_tell_nothing_of_lists(session):
    assert len(seen(session, shown(verb="accepted"), shown(verb="opened"))) == 0


@pytest.mark.parametrize(
    "broken",
    [
        shown(need=""),
        shown(outcome=""),
        shown(position=None),
        replace(shown(), subjects=()),
        replace(shown(), subjects=(*shown().subjects, subject(Noun.NEED, "N2"))),
    ],
)
def test_what_names_no_pair_or_no_place_is_skipped_and_counted(session, broken):
    found = seen(session, shown(), broken, shown(outcome="O2", position=2))
    assert (len(found), found.skipped) == (2, 1)
    assert found.lists.tolist() == [0, 0]
    assert found.outcomes.tolist() == [0, 1]


@pytest.mark.parametrize(
    "raw",
    [
        {"subjects": "N1"},
        {"subjects": {"noun": "need", "id": "N1"}},
        {"subjects": ["N1", "O1"]},
        {"subjects": [{"noun": "need"}, {"noun": "outcome", "id": "O1"}]},
        {"subjects": [{"noun": "need", "id": 1}, {"noun": "outcome", "id": "O1"}]},
        {"subjects": [{"noun": "need", "id": " "}, {"noun": "outcome", "id": "O1"}]},
        {"position": 0},
        {"propensity": 0.0},
        {"propensity": 1.5},
    ],
)
def test_a_row_that_no_event_could_have_written_is_skipped_and_counted(session, raw):
    subjects = [{"noun": "need", "id": "N1"}, {"noun": "outcome", "id": "O1"}]
    row = {"actor": "A1", "verb": "shown", "at": NOON, "subjects": subjects, "position": 1, **raw}
    session.execute(insert(EventRow), [row])
    found = seen(session, shown())
    assert (len(found), found.skipped) == (1, 1)


def test_the_same_subject_twice_and_subjects_of_other_kinds_do_no_harm(session):
    more = (subject(Noun.NEED, "N1"), subject(Noun.NODE, "n1"), subject(Noun.NODE, "n2"))
    found = seen(session, replace(shown(), subjects=(*shown().subjects, *more)))
    assert (len(found), found.skipped) == (1, 0)


def test_what_was_shown_after_the_day_is_not_known_yet(session):
    last = datetime(2026, 11, 1, 23, 59, 59, 999999, tzinfo=UTC)
    several = [shown(), shown(at=last), shown(at=last + timedelta(microseconds=1))]
    assert len(seen(session, *several, on=TODAY)) == 2
    assert len(sightings(session, Parties(), TODAY - timedelta(days=1))) == 0
    assert len(sightings(session, Parties(), date.max)) == 3


def moved(followup, *states, start=NOON):
    """The follow-up after a step each day, with what each needs."""
    facts = {
        State.DECLINED: {"reason": DeclineReason.PRICE},
        State.ON_HOLD: {"until": date(2030, 1, 1)},
        State.DUPLICATE: {"of": "F0"},
    }
    for n, state in enumerate(states):
        at = start + timedelta(days=n)
        followup = transition(followup, state, by="A1", at=at, **facts.get(state, {}))
    return followup


def pursued(session, *several, on=LATER, parties=None):
    for followup in several:
        followups.add(session, followup)
    return pursuits(session, parties or Parties(), on)


def told(found, row=0):
    """State, furthest state, reason and days since NOON of a row."""
    reason = found.reasons[row]
    return (
        STATES[found.states[row]],
        STATES[found.furthest[row]],
        None if reason == NO_REASON else REASONS[reason],
        int(found.days[row]) - NOON.toordinal(),
    )


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([State.ACCEPTED], (State.ACCEPTED, State.ACCEPTED, None, 0)),
        (
            [State.ACCEPTED, State.NEGOTIATING, State.DECLINED],
            (State.DECLINED, State.NEGOTIATING, DeclineReason.PRICE, 2),
        ),
        (
            [State.CONTACTED, State.DECLINED, State.ACCEPTED],
            (State.ACCEPTED, State.CONTACTED, None, 2),
        ),
        ([State.ACCEPTED, State.ON_HOLD], (State.ON_HOLD, State.ACCEPTED, None, 1)),
        ([State.EXPIRED], (State.EXPIRED, State.SUGGESTED, None, 0)),
        ([State.DUPLICATE], (State.DUPLICATE, State.SUGGESTED, None, 0)),
        (
            [State.CONTRACT_SIGNED, State.CLOSED],
            (State.CLOSED, State.CLOSED, None, 1),
        ),
    ],
)
def test_a_follow_up_tells_where_it_stands_and_how_far_it_ever_came(session, steps, wanted):
    assert told(pursued(session, moved(NEW, *steps))) == wanted


def test_a_follow_up_without_steps_always_stood_there(session):
    found = pursued(session, replace(NEW, state=State.MUTUAL_INTEREST))
    assert told(found)[:3] == (State.MUTUAL_INTEREST, State.MUTUAL_INTEREST, None)
    assert (found.days.tolist(), found.first_days.tolist()) == ([UNDATED], [UNDATED])


def test_what_is_suggested_and_took_no_step_yet_is_not_there(session):
    begun = moved(replace(NEW, id="F2"), State.ACCEPTED, start=NOON + timedelta(days=1))
    assert len(pursued(session, NEW, begun, on=TODAY)) == 0
    assert len(pursuits(session, Parties(), TODAY + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([State.ACCEPTED], 0),
        ([State.ACCEPTED, State.CONTACTED, State.NEGOTIATING], 0),
        ([State.DECLINED, State.SUGGESTED, State.ACCEPTED, State.CONTACTED], 2),
        ([State.ACCEPTED, State.DECLINED], 0),
        ([State.ACCEPTED, State.ON_HOLD, State.ACCEPTED, State.CONTACTED], 0),
        ([State.DECLINED], 0),
        ([State.ON_HOLD, State.EXPIRED], 1),
        ([State.ACCEPTED, State.DECLINED, State.SUGGESTED], 2),
        ([State.ACCEPTED, State.DECLINED, State.SUGGESTED, State.EXPIRED], 3),
        ([State.ACCEPTED, State.DECLINED, State.SUGGESTED, State.ACCEPTED, State.ON_HOLD], 3),
    ],
)
def test_the_first_day_is_that_on_which_it_was_taken_up_or_else_the_last(session, steps, wanted):
    found = pursued(session, moved(NEW, *steps))
    assert found.first_days.tolist() == [NOON.toordinal() + wanted]
    assert found.first_days.dtype == np.int32


def test_what_was_taken_up_before_its_first_step_was_always_taken_up(session):
    found = pursued(session, moved(replace(NEW, state=State.ACCEPTED), State.CONTACTED))
    assert found.first_days.tolist() == [UNDATED]
    assert found.days.tolist() == [NOON.toordinal()]


def test_a_follow_up_is_taken_up_no_later_than_it_ends_though_its_steps_came_out_of_order(session):
    followups.add(session, NEW)
    steps = [("suggested", "accepted", NOON), ("accepted", "expired", NOON - timedelta(days=3))]
    for before, after, at in steps:
        row = {"follow_up": "F1", "from_state": before, "to_state": after, "by": "A1", "at": at}
        session.execute(insert(TransitionRow), [row])
    found = pursuits(session, Parties(), LATER)
    assert found.first_days.tolist() == found.days.tolist() == [NOON.toordinal() - 3]


def test_the_parties_of_follow_ups_have_the_numbers_that_they_had_in_lists(session):
    parties = Parties()
    seen(session, shown(need="N2"), shown(manager="M2"), parties=parties)
    first = replace(NEW, state=State.ACCEPTED)
    second = replace(first, id="F2", need="N2", outcome="O7")
    found = pursued(session, first, second, parties=parties)
    assert (found.needs.tolist(), found.outcomes.tolist()) == ([1, 0], [0, 1])
    assert found.managers.tolist() == [0, 0]


@pytest.mark.parametrize("known", range(4))
def test_a_follow_up_is_seen_as_it_stood_on_the_day(session, known):
    """Whatever came later, it is as it was when it was kept on that day."""
    steps = [State.CONTACTED, State.DECLINED, State.CONTACTED]
    on = TODAY + timedelta(days=known - 1)
    found = pursued(session, moved(NEW, *steps), on=on)
    if not known:
        assert len(found) == 0
        return
    at_the_time = moved(NEW, *steps[:known])
    assert STATES[found.states[0]] is at_the_time.state
    assert STATES[found.furthest[0]] is at_the_time.furthest
    assert (found.reasons[0] == NO_REASON) == (at_the_time.state is not State.DECLINED)
    assert found.days[0] == on.toordinal()


def test_the_steps_of_many_follow_ups_do_not_get_mixed_up(session, monkeypatch):
    monkeypatch.setattr(feedback, "_ROWS_AT_ONCE", 3)
    for n in range(10):
        state = State.SUGGESTED if n in (7, 2, 9) else State.CONTACTED
        followups.add(session, replace(NEW, id=f"F{n}", need=f"N{n}", state=state))
    for n in (7, 2, 9):
        followup = replace(NEW, id=f"F{n}", need=f"N{n}")
        followups.save(session, moved(followup, *list(State)[1 : n - 1]), 1)
    found = pursuits(session, Parties(), LATER)
    # The third took no step, and stays suggested.
    wanted = {7: STATES[5], 9: STATES[7]}
    assert [STATES[state] for state in found.states] == [
        wanted.get(n, State.CONTACTED) for n in range(10) if n != 2
    ]


@pytest.mark.parametrize("column", ["to_state", "reason"])
def test_a_state_or_reason_of_a_newer_version_is_an_error_that_names_the_follow_up(session, column):
    followups.add(session, NEW)
    step = {"from_state": "suggested", "to_state": "declined", "reason": "price", column: "newer"}
    row = {"follow_up": "F1", "by": "A1", "at": NOON, "until": None, **step}
    session.execute(insert(TransitionRow), [row])
    with pytest.raises(WrongSchema, match=r"F1 .*newer"):
        pursuits(session, Parties(), LATER)


def test_an_interaction_may_lack_a_party_and_a_day(session):
    several = [
        Interaction(id="I2", need="N1", outcome="O1", weight=0.5),
        Interaction(id="I1", outcome="O2", manager="M1", weight=7, at=NOON),
        Interaction(id="I3", need="N1", manager="M1", at=NOON + timedelta(days=1)),
    ]
    interactions.put(session, several)
    found = meetings(session, Parties(), TODAY)
    assert (found.needs.tolist(), found.outcomes.tolist()) == ([NOBODY, 0], [0, 1])
    assert found.managers.tolist() == [0, NOBODY]
    assert found.days.tolist() == [NOON.toordinal(), UNDATED]
    assert found.weights.tolist() == [7, 0.5]
    assert len(meetings(session, Parties(), LATER)) == 3


def test_an_empty_store_is_empty_arrays(session):
    parties = Parties.of(session)
    found = [read(session, parties, LATER) for read in (sightings, pursuits, meetings)]
    assert [len(each) for each in found] == [0, 0, 0]
    assert [each.needs.dtype for each in found] == [np.int32] * 3
    assert set(parties.ids().values()) == {()}


COUNT = 200_000


def many_events():
    for n in range(COUNT):
        ids = {"need": n % 9_001, "outcome": n % 50_021, "manager": n // 20 % 5_003}
        yield {
            "actor": f"A{n // 20}",
            "verb": "shown",
            "at": NOON,
            "position": n % 20 + 1,
            "subjects": [{"noun": noun, "id": f"{noun}-{id}"} for noun, id in ids.items()],
        }


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
def test_two_hundred_thousand_events_are_read_in_seconds(session):
    """A million in half a minute, that is; the processor's seconds, whatever else runs."""
    session.connection().execute(EventRow.__table__.insert(), list(many_events()))
    before = time.process_time()
    found = sightings(session, Parties(), LATER)
    assert time.process_time() - before < 15
    assert len(found) == COUNT
    assert found.lists[-1] == COUNT // 20 - 1
    assert found.skipped == 0
