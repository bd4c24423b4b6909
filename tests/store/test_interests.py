"""Interests: they come back as they were kept, and nobody writes over what they haven't seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.enums import DeclineReason
from matcher.domain.interest import Interest, InterestState, step
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound
from matcher.store import interests
from matcher.store.interests import KeptInterest
from tests.store.some_contents import INTEREST
from tests.store.some_records import NOW

NEW = Interest(id="X2", outcome="o1", need="n1", account="A2", made_at=NOW, node="east")
ROUTED = step(NEW, InterestState.ROUTED, by="A2", at=NOW, manager="m1")
DECLINED = step(ROUTED, InterestState.UNROUTED, by="b", at=NOW, reason=DeclineReason.PRICE)


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def test_an_interest_comes_back_as_it_was_kept(session):
    assert interests.add(session, INTEREST).version == 1
    assert interests.get(session, INTEREST.id) == KeptInterest(INTEREST, 1)
    assert interests.get(session, "X9") is interests.get(session, "\0") is None


def test_an_id_is_taken_once(session):
    interests.add(session, INTEREST)
    with pytest.raises(DuplicateId, match="X1"):
        interests.add(session, INTEREST)


def test_steps_are_added_to_those_there_are(session):
    interests.add(session, NEW)
    assert interests.save(session, ROUTED, 1).version == 2
    assert interests.save(session, DECLINED, 2).interest == DECLINED
    assert interests.get(session, "X2") == KeptInterest(DECLINED, 3)


def test_what_somebody_else_changed_is_not_written_over(session):
    interests.add(session, NEW)
    interests.save(session, ROUTED, 1)
    with pytest.raises(EditConflict) as refused:
        interests.save(session, ROUTED, 1)
    assert refused.value.values == {"version": 2}
    with pytest.raises(InvalidValue, match="stays in the history"):
        interests.save(session, NEW, 2)
    with pytest.raises(NotFound):
        interests.save(session, INTEREST, 1)


def test_an_id_that_no_index_holds_is_refused(session):
    with pytest.raises(InvalidValue):
        interests.add(session, replace(NEW, outcome="o" * 501))


def test_what_is_open_of_an_account_is_found_until_it_is_taken_up_or_withdrawn(session):
    interests.add(session, ROUTED)
    assert interests.open_of(session, "A2", "o1") == KeptInterest(ROUTED, 1)
    assert interests.open_of(session, "A1", "o1") is interests.open_of(session, "A2", "\0") is None
    over = step(ROUTED, InterestState.WITHDRAWN, by="A2", at=NOW)
    interests.save(session, over, 1)
    assert interests.open_of(session, "A2", "o1") is None


def test_those_about_a_pair_are_found_by_who_has_them(session):
    interests.add(session, ROUTED)
    routed = [InterestState.ROUTED]
    assert [one.interest.id for one in interests.of_pair(session, "n1", "o1", "m1", routed)] == [
        "X2"
    ]
    assert interests.of_pair(session, "n1", "o1", "m2", routed) == ()
    assert interests.unrouted(session, "n1", "o1") == ()
    interests.save(session, DECLINED, 1)
    assert interests.of_pair(session, "n1", "o1", "m1", routed) == ()
    assert interests.unrouted(session, "n1", "o1") == (KeptInterest(DECLINED, 2),)


def test_what_waits_for_a_manager_without_a_need_is_counted(session):
    interests.add(session, INTEREST)
    interests.add(session, ROUTED)
    assert interests.loads(session)["m1"] == 1
    assert interests.loads(session)["m2"] == 0
    interests.add(session, replace(INTEREST, id="X3"))
    interests.add(session, replace(DECLINED, id="X4", need=""))
    assert interests.loads(session) == {"m1": 2}


def test_a_page_has_those_of_an_account_of_a_manager_or_of_nodes_the_last_first(session):
    interests.add(session, NEW)
    interests.add(session, INTEREST)
    for wanted, ids in (
        ({"nodes": None}, ["X2", "X1"]),
        ({"nodes": None, "limit": 1}, ["X2"]),
        ({"nodes": None, "before": "X2"}, ["X1"]),
        ({"nodes": None, "states": [InterestState.ROUTED]}, ["X1"]),
        ({"account": "A2"}, ["X2"]),
        ({"manager": "m1"}, ["X1"]),
        ({"nodes": ["east", "west"]}, ["X2"]),
        ({}, []),
    ):
        assert [one.interest.id for one in interests.page(session, **wanted)] == ids


def test_the_last_interest_of_an_account_that_wasnt_withdrawn_is_found(session):
    over = step(NEW, InterestState.WITHDRAWN, by="A2", at=NOW)
    later = replace(NEW, id="X3")
    for one in (over, later, replace(NEW, id="X4", outcome="o2")):
        interests.add(session, one)
    assert interests.last_of(session, "A2", "o1").interest == later
    assert interests.last_of(session, "A2", "o3") is None
    assert interests.last_of(session, "A2", "\0") is None
    assert interests.last_of(session, "A1", "o1") is None


def test_what_came_to_a_state_lately_is_found_with_its_last_step(session):
    day = timedelta(days=1)
    again = INTEREST
    for state, days in ((InterestState.UNROUTED, 1), (InterestState.ROUTED, 2)):
        given = {"reason": DeclineReason.REGION} if state is InterestState.UNROUTED else {}
        whom = {} if given else {"manager": "m2"}
        again = step(again, state, by="A1", at=NOW + days * day, **given, **whom)
    interests.add(session, replace(again, id="X2"))
    interests.add(session, replace(INTEREST, id="X3"))
    found = list(interests.came_to(session, InterestState.ROUTED, NOW + day))
    assert found == [interests.Arrival("X2", INTEREST.account, "m2", 2)]
    assert len(list(interests.came_to(session, InterestState.ROUTED, NOW))) == 2
    assert list(interests.came_to(session, InterestState.ACCEPTED, NOW)) == []
    assert list(interests.get_many(session, ["X3", "none", "X2", "nul\0"])) == ["X2", "X3"]
