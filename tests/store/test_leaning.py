"""What leans on records, counted."""

from dataclasses import replace

import pytest

from matcher.domain.enums import FollowUpState
from matcher.domain.followup import FollowUp, transition
from matcher.domain.interest import Interest, InterestState, step
from matcher.store import followups, interests
from matcher.store.leaning import Leaning, leaning
from tests.store.some_records import NOW

FOLLOW_UP = FollowUp(id="G1", need="q1", outcome="p1", manager="r1", node="east")
INTEREST = Interest(id="Y1", outcome="p1", need="q1", account="A1", made_at=NOW, node="east")


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def test_what_is_open_and_names_one_of_them_counts_once(session):
    over = transition(
        replace(FOLLOW_UP, id="G2"), FollowUpState.WITHDRAWN, by="x", at=NOW, why="no"
    )
    for one in (FOLLOW_UP, over, replace(FOLLOW_UP, id="G3", need="q2")):
        followups.add(session, one)
    declined = step(
        replace(INTEREST, id="Y2", account="A2"), InterestState.WITHDRAWN, by="A2", at=NOW
    )
    for asked in (INTEREST, declined, replace(INTEREST, id="Y3", account="A3", need="")):
        interests.add(session, asked)
    assert leaning(session, "need", ["q1"]) == Leaning(1, 1)
    assert leaning(session, "need", ["q1", "q2"]) == Leaning(2, 1)
    assert leaning(session, "outcome", ["p1", "none"]) == Leaning(2, 2)
    assert leaning(session, "manager", ["r1"]) == Leaning(2, 0)
    assert leaning(session, "outcome", ["p1"], lambda node: node == "west") == Leaning()
    assert leaning(session, "organisation", ["q1"]) == Leaning()
    assert leaning(session, "need", []) == Leaning()
