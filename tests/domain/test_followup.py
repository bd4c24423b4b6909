"""The follow-up's states: what is legal, what a step needs, and that nothing is overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import (
    CHAIN,
    ENDED,
    EXITS,
    OPEN,
    FollowUp,
    Note,
    Transition,
    legal_transitions,
    transition,
)
from matcher.errors import IllegalTransition, InvalidValue

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = date(2027, 3, 1)
NEW = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")
REGISTERED = Contract(contract_reg_no="2026610100001234")
FACTS = {
    State.DECLINED: {"reason": DeclineReason.TOO_EARLY},
    State.ON_HOLD: {"until": LATER},
    State.DUPLICATE: {"of": "F0"},
    State.REGISTERED: {"contract": REGISTERED},
}


def step(followup, to, at=NOON, **facts):
    """Go to a state with the facts that it needs."""
    return transition(followup, to, by="A1", at=at, **(FACTS.get(to, {}) | facts))


def through(*states):
    """A new follow-up after these states."""
    followup = NEW
    for state in states:
        followup = step(followup, state)
    return followup


@st.composite
def walks(draw):
    """A follow-up after a random legal walk, and its states on the way."""
    stations = [NEW]
    for _ in range(draw(st.integers(0, 12))):
        to = draw(st.sampled_from(legal_transitions(stations[-1])))
        stations.append(step(stations[-1], to, at=NOON + timedelta(hours=len(stations))))
    return stations


def test_the_states_are_those_of_the_design():
    assert " ".join(CHAIN) == (
        "suggested accepted contacted mutual_interest nda_signed technical_exchange negotiating"
        " contract_signed registered paid commission_settled closed"
    )
    assert set(EXITS) == {"declined", "on_hold", "expired", "duplicate", "withdrawn"}
    assert set(ENDED) == {"closed", "declined", "expired", "duplicate", "withdrawn"}


@pytest.mark.parametrize(
    ("states", "legal"),
    [
        (
            (),
            "accepted contacted mutual_interest nda_signed technical_exchange negotiating"
            " contract_signed declined on_hold expired duplicate withdrawn",
        ),
        (
            ("accepted", "negotiating"),
            "contract_signed declined on_hold expired duplicate withdrawn",
        ),
        (
            ("contract_signed",),
            "registered paid commission_settled closed"
            " declined on_hold expired duplicate withdrawn",
        ),
        (
            ("contract_signed", "commission_settled"),
            "closed declined on_hold expired duplicate withdrawn",
        ),
        (("contacted", "declined"), "suggested accepted contacted"),
        (("contacted", "declined", "accepted", "expired"), "suggested accepted"),
        (
            ("accepted", "on_hold"),
            "suggested accepted declined on_hold expired duplicate withdrawn",
        ),
        (("accepted", "on_hold", "on_hold", "declined"), "suggested accepted"),
        (
            ("contract_signed", "closed"),
            "suggested accepted contacted mutual_interest nda_signed technical_exchange"
            " negotiating contract_signed",
        ),
    ],
)
def test_legal_transitions_by_hand(states, legal):
    followup = through(*map(State, states))
    assert " ".join(legal_transitions(followup)) == legal


@given(walks())
def test_history_only_grows(stations):
    for before, after in pairwise(stations):
        assert after.history[:-1] == before.history
        assert after.history[-1].from_state is before.state
        assert after.history[-1].to_state is after.state
    assert len(stations[-1].history) == len(stations) - 1


@given(walks(), st.sampled_from(State))
def test_what_is_illegal_is_refused_and_changes_nothing(stations, to):
    followup = stations[-1]
    before = followup.to_mapping()
    legal = legal_transitions(followup)
    at = NOON + timedelta(days=1)
    if to in legal:
        assert step(followup, to, at=at).state is to
    else:
        with pytest.raises(IllegalTransition) as refused:
            step(followup, to, at=at)
        assert refused.value.values["legal"] == legal
        assert all(state.value in (refused.value.hint or "") for state in legal)
    assert followup.to_mapping() == before


@given(walks())
def test_an_ended_follow_up_only_reopens_and_an_open_one_has_every_exit(stations):
    for followup in stations:
        legal = legal_transitions(followup)
        assert legal
        if followup.state in ENDED:
            assert set(legal) <= set(OPEN)
            assert followup.left in legal
        else:
            assert set(EXITS) <= set(legal)


@given(walks())
def test_an_open_follow_up_never_steps_back_and_none_passes_by_the_contract(stations):
    for before, after in pairwise(stations):
        if before.is_open and after.is_open:
            assert CHAIN.index(after.state) > CHAIN.index(before.state)
        assert CHAIN.index(after.furthest) >= CHAIN.index(before.furthest)
        if CHAIN.index(after.furthest) > CHAIN.index(State.CONTRACT_SIGNED):
            assert State.CONTRACT_SIGNED in {one.state for one in stations}


@given(walks())
def test_a_follow_up_goes_to_a_mapping_and_back(stations):
    followup = stations[-1]
    assert FollowUp.from_mapping(followup.to_mapping()) == followup


def test_a_step_records_who_when_whence_whither_and_why():
    declined = step(NEW, State.DECLINED, why="等中试数据", reason=DeclineReason.TOO_EARLY)
    assert declined.history == (
        Transition(
            from_state=State.SUGGESTED,
            to_state=State.DECLINED,
            by="A1",
            at=NOON,
            why="等中试数据",
            reason=DeclineReason.TOO_EARLY,
        ),
    )


@pytest.mark.parametrize(
    ("to", "facts", "field"),
    [
        (State.DECLINED, {"reason": None}, "reason"),
        (State.DECLINED, {"reason": DeclineReason.OTHER}, "why"),
        (State.ON_HOLD, {"until": None}, "until"),
        (State.ON_HOLD, {"until": date(2026, 10, 31)}, "until"),
        (State.DUPLICATE, {"of": ""}, "of"),
        (State.DUPLICATE, {"of": "F1"}, "history"),
        (State.ACCEPTED, {"reason": DeclineReason.PRICE}, "reason"),
        (State.ACCEPTED, {"until": LATER}, "until"),
        (State.WITHDRAWN, {"of": "F0"}, "of"),
        (State.ACCEPTED, {"at": datetime(2026, 11, 1)}, "at"),
    ],
)
def test_a_step_needs_its_facts_and_no_others(to, facts, field):
    with pytest.raises(InvalidValue) as refused:
        step(NEW, to, **facts)
    assert refused.value.where == {"field": field}
    assert refused.value.hint


def test_a_step_needs_somebody_who_takes_it():
    with pytest.raises(InvalidValue, match="by"):
        transition(NEW, State.ACCEPTED, by=" ", at=NOON)


def test_the_reason_other_is_enough_with_words():
    declined = step(NEW, State.DECLINED, reason=DeclineReason.OTHER, why="负责人休假")
    assert declined.history[-1].why == "负责人休假"


def test_a_hold_may_end_on_the_day_itself():
    assert step(NEW, State.ON_HOLD, until=NOON.date()).due == NOON.date()


def test_registering_needs_the_registration_number():
    signed = through(State.CONTRACT_SIGNED)
    with pytest.raises(InvalidValue) as refused:
        step(signed, State.REGISTERED, contract=Contract(value=500_000))
    assert refused.value.where == {"field": "contract.contract_reg_no"}
    assert step(signed, State.REGISTERED).contract == REGISTERED
    known = replace(signed, contract=REGISTERED)
    assert transition(known, State.REGISTERED, by="A1", at=NOON).contract == REGISTERED


def test_steps_do_not_run_back_in_time():
    accepted = through(State.ACCEPTED)
    with pytest.raises(InvalidValue) as refused:
        step(accepted, State.CONTACTED, at=NOON - timedelta(seconds=1))
    assert refused.value.where == {"field": "history"}
    assert step(accepted, State.CONTACTED, at=NOON).state is State.CONTACTED


@pytest.mark.parametrize(
    ("states", "due"),
    [
        (("accepted",), date(2026, 12, 1)),
        (("accepted", "on_hold"), LATER),
        (("declined",), None),
        (("contract_signed", "closed"), None),
    ],
)
def test_when_it_wants_attention(states, due):
    followup = replace(through(*map(State, states)), due_on=date(2026, 12, 1))
    assert followup.due == due


def test_how_far_it_came_is_remembered_after_reopening():
    followup = through(State.NEGOTIATING, State.DECLINED, State.CONTACTED)
    assert followup.furthest is State.NEGOTIATING
    assert followup.left is State.CONTACTED


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.DECLINED},
        {"state": State.CLOSED},
        {"history": through(State.ACCEPTED).history},
        {
            "state": State.CONTACTED,
            "history": through(State.ACCEPTED, State.CONTACTED).history[1:] * 2,
        },
        {
            "state": State.ACCEPTED,
            "history": through(State.DECLINED, State.SUGGESTED, State.ACCEPTED).history[1:],
        },
    ],
)
def test_a_history_that_does_not_lead_here_is_refused(changes):
    with pytest.raises(InvalidValue) as refused:
        replace(NEW, **changes)
    assert refused.value.where == {"field": "history"}


@pytest.mark.parametrize("field", ["id", "need", "outcome", "manager"])
def test_a_follow_up_needs_its_three_parties(field):
    with pytest.raises(InvalidValue) as refused:
        replace(NEW, **{field: ""})
    assert refused.value.where == {"field": field}


def test_a_deal_may_come_in_under_way_without_a_history():
    followup = replace(NEW, state=State.NEGOTIATING)
    assert followup.is_open
    assert followup.left is followup.furthest is State.NEGOTIATING


@pytest.mark.parametrize(("wrong", "field"), [({"text": " "}, "text"), ({"by": ""}, "by")])
def test_a_note_has_words_and_a_writer(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Note(**{"by": "A1", "at": NOON, "text": "谈过价格"} | wrong)
    assert refused.value.where == {"field": field}


def test_an_introduction_has_a_time_in_utc():
    with pytest.raises(InvalidValue) as refused:
        replace(NEW, introduced_at=datetime(2026, 11, 1))
    assert refused.value.where == {"field": "introduced_at"}
