"""Follow-ups: nothing lost on the way to the database and back, nothing ever overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import DeclineReason, TransferMode
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import OPEN, FollowUp, Note, legal_transitions, transition
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound
from matcher.store import followups
from matcher.store.followups import Kept

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NEW = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")
ACCEPTED = transition(NEW, State.ACCEPTED, by="A1", at=NOON)
CALLED = Note(by="A1", at=NOON, text="  Called.\n再联系 ")
CONTRACT = Contract(
    mode=TransferMode.LICENSE,
    contract_reg_no="2026610100001234",
    signed_on=date(2026, 11, 2),
    value=10**15,
    technical_value=1,
    currency="EUR",
    payment=Payment(
        upfront=5,
        instalments=(Instalment(amount=3, due_on=date(2027, 1, 1)), Instalment(amount=0)),
        pay_after_use=True,
        royalty_percent=3.5,
    ),
    commission=7,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
sums = st.none() | st.integers(0, 10**15)
days = st.none() | st.dates()
contracts = st.builds(
    Contract,
    mode=st.none() | st.sampled_from(TransferMode),
    contract_reg_no=words.filter(bool),
    signed_on=days,
    value=sums,
    currency=st.sampled_from(["CNY", "USD"]),
    payment=st.none()
    | st.builds(
        Payment,
        pay_after_use=st.booleans(),
        royalty_percent=st.none() | st.floats(0, 100),
        instalments=st.lists(st.builds(Instalment, amount=st.just(0), due_on=days), max_size=2).map(
            tuple
        ),
    ),
    commission=sums,
)


@st.composite
def walks(draw):
    """A follow-up as it was after each step of a random legal walk, with notes on the way."""
    start = replace(
        NEW,
        state=draw(st.sampled_from(OPEN)),
        next_action=draw(words),
        due_on=draw(days),
        introduced_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        node=draw(words),
    )
    stations = [start]
    for hour in range(draw(st.integers(0, 6))):
        stations.append(draw(one_step(stations[-1], NOON + timedelta(hours=hour))))
    return stations


@st.composite
def one_step(draw, followup, at):
    """The follow-up after one legal step, and perhaps a note."""
    to = draw(st.sampled_from(legal_transitions(followup)))
    facts = {
        State.DECLINED: {"reason": draw(st.sampled_from(DeclineReason)), "why": "so"},
        State.ON_HOLD: {"until": date(2030, 1, 1)},
        State.DUPLICATE: {"of": "F0"},
        State.REGISTERED: {"contract": draw(contracts)},
    }
    moved = transition(
        followup, to, **{"by": "A1", "at": at, "why": draw(words)} | facts.get(to, {})
    )
    text = draw(words.filter(str.strip) | st.none())
    notes = moved.notes if text is None else (*moved.notes, Note(by="A2", at=at, text=text))
    return replace(moved, notes=notes)


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(stations=walks())
def test_a_follow_up_comes_back_as_it_was_saved_at_every_step(database, stations):
    with database.writing() as session:
        example = session.begin_nested()
        followups.add(session, stations[0])
        for version, station in enumerate(stations[1:], 2):
            saved = followups.save(session, station, version - 1)
            assert saved == followups.get(session, "F1") == Kept(station, version)
        assert followups.get(session, "F1") == Kept(stations[-1], len(stations))
        example.rollback()


def test_a_follow_up_with_a_past_can_be_added_whole(session):
    whole = replace(ACCEPTED, notes=(CALLED, CALLED), contract=CONTRACT, node="core")
    assert followups.add(session, whole) == Kept(whole, 1)
    assert followups.get(session, "F1") == Kept(whole, 1)


def test_an_id_that_is_taken_is_refused(session):
    followups.add(session, NEW)
    with pytest.raises(DuplicateId):
        followups.add(session, replace(NEW, need="N2"))


@pytest.mark.parametrize("id", ["F9", "", "F\0"])
def test_what_is_not_there_is_none(session, id):
    assert followups.get(session, id) is None


def test_a_contract_sheet_is_filled_in_changed_and_taken_away(session):
    followups.add(session, NEW)
    for version, sheet in enumerate((CONTRACT, Contract(value=5), None, CONTRACT), 1):
        followups.save(session, replace(NEW, contract=sheet), version)
        found = followups.get(session, "F1")
        assert found == Kept(replace(NEW, contract=sheet), version + 1)


def test_a_version_that_is_not_the_last_one_is_a_conflict(session):
    followups.add(session, NEW)
    followups.save(session, replace(NEW, next_action="call"), 1)
    with pytest.raises(EditConflict) as refused:
        followups.save(session, ACCEPTED, 1)
    assert refused.value.values["version"] == 2
    assert followups.get(session, "F1") == Kept(replace(NEW, next_action="call"), 2)


def test_saving_what_was_never_added_is_not_found(session):
    with pytest.raises(NotFound):
        followups.save(session, NEW, 1)


OTHER_PAST = transition(NEW, State.CONTACTED, by="A1", at=NOON)
LONG = transition(replace(ACCEPTED, notes=(CALLED,)), State.CONTACTED, by="A1", at=NOON)


@pytest.mark.parametrize(
    ("rewritten", "field"),
    [
        (replace(LONG, need="N2"), "outcome"),
        (replace(LONG, outcome="O2"), "outcome"),
        (replace(LONG, notes=()), "notes"),
        (replace(LONG, notes=(replace(CALLED, text="Never."), CALLED)), "notes"),
        (replace(ACCEPTED, notes=LONG.notes), "history"),
        (replace(OTHER_PAST, notes=LONG.notes), "history"),
        (replace(LONG, history=(), state=State.CONTACTED), "history"),
        (
            replace(LONG, history=(LONG.history[0], replace(LONG.history[1], why="else"))),
            "history",
        ),
    ],
)
def test_the_past_is_not_rewritten(session, rewritten, field):
    followups.add(session, LONG)
    with pytest.raises(InvalidValue) as refused:
        followups.save(session, rewritten, 1)
    assert refused.value.where == {"field": field}
    assert followups.get(session, "F1") == Kept(LONG, 1)


@pytest.mark.parametrize(
    "jumped",
    [
        replace(NEW, state=State.ACCEPTED),
        transition(replace(NEW, state=State.ACCEPTED), State.CONTACTED, by="A1", at=NOON),
    ],
)
def test_a_state_is_reached_by_a_step_only(session, jumped):
    followups.add(session, NEW)
    with pytest.raises(InvalidValue) as refused:
        followups.save(session, jumped, 1)
    assert refused.value.where == {"field": "history"}


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ACCEPTED, notes=(replace(CALLED, text="a\0b"),)),
        replace(ACCEPTED, contract=Contract(contract_reg_no="9" * 501)),
        replace(ACCEPTED, node="n" * 501),
    ],
)
def test_what_cannot_be_stored_is_refused_before_anything_is_written(session, wrong):
    followups.add(session, NEW)
    with pytest.raises(InvalidValue):
        followups.save(session, wrong, 1)
    with pytest.raises(InvalidValue):
        followups.add(session, replace(wrong, id="F2"))
    assert list(followups.every(session)) == [Kept(NEW, 1)]


def test_another_manager_may_take_over(session):
    followups.add(session, ACCEPTED)
    followups.save(session, replace(ACCEPTED, manager="M2"), 1)
    assert followups.for_manager(session, "M1") == ()
    assert followups.for_manager(session, "M2") == (Kept(replace(ACCEPTED, manager="M2"), 2),)


def test_follow_ups_are_found_by_manager_pair_and_id(session):
    others = [
        replace(ACCEPTED, id="F2", manager="M2"),
        replace(NEW, id="F3", outcome="O2", contract=CONTRACT),
        replace(NEW, id="F0", notes=(CALLED,)),
    ]
    for followup in (NEW, *others):
        followups.add(session, followup)

    def found(several):
        return [kept.followup for kept in several]

    assert found(followups.every(session)) == [others[2], NEW, others[0], others[1]]
    assert found(followups.for_manager(session, "M1")) == [others[2], NEW, others[1]]
    assert found(followups.for_pair(session, "N1", "O1")) == [others[2], NEW, others[0]]
    assert set(followups.get_many(session, ["F3", "F9", "F1"])) == {"F1", "F3"}


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_several_batches_are_read_once_and_in_order(session, monkeypatch, count):
    monkeypatch.setattr(followups, "CHUNK", 3)
    many = [replace(ACCEPTED, id=f"F{n}", notes=(CALLED,)) for n in range(count)]
    for followup in reversed(many):
        followups.add(session, followup)
    assert [kept.followup for kept in followups.every(session)] == many


def test_of_two_who_write_at_once_one_is_told_so(database):
    with database.writing() as session:
        followups.add(session, NEW)
    start, outcomes = Barrier(2), []

    def write(account):
        start.wait()
        try:
            with database.writing() as session:
                step = transition(NEW, State.ACCEPTED, by=account, at=NOON)
                followups.save(session, step, 1)
                outcomes.append(account)
        except EditConflict as refused:
            outcomes.append(refused.values["version"])

    threads = [Thread(target=write, args=(account,)) for account in ("A1", "A2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [one for one in outcomes if one != 2]
    with database.reading() as session:
        kept = followups.get(session, "F1")
    assert len(outcomes) == 2
    assert [step.by for step in kept.followup.history] == [winner]


def test_those_of_a_manager_or_a_node_are_read_by_their_state(database):
    kept = [
        replace(NEW, id="F1", node="n1"),
        replace(NEW, id="F2", node="n2", manager="M2"),
        replace(ACCEPTED, id="F3", node="n2", manager="M3"),
    ]
    with database.writing() as session:
        for one in kept:
            followups.add(session, one)

        def ids(found):
            return [one.followup.id for one in found]

        assert ids(followups.every(session, [State.ACCEPTED])) == ["F3"]
        assert ids(followups.within(session, ["M1", "M2"], [], ())) == ["F1", "F2"]
        assert ids(followups.within(session, ["M1"], ["n2"], ())) == ["F1", "F2", "F3"]
        assert ids(followups.within(session, ["M1"], ["n2"], [State.SUGGESTED])) == ["F1", "F2"]
        assert ids(followups.within(session, [], [], ())) == []
