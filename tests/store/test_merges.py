"""Merges: a pair is proposed once, decided by somebody, and not asked about again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.enums import Noun
from matcher.errors import IllegalTransition, InvalidValue, NotFound
from matcher.store import merges
from matcher.store.merges import MergeState

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
WHY = {"title": "same", "distance": 0.25, "fields": ["reg_no"]}


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session


def propose(session, kept="O2", dropped="O1", score=0.9, noun=Noun.OUTCOME, at=NOON):
    return merges.propose(session, noun, kept, dropped, score=score, why=WHY, at=at)


def test_a_proposal_comes_back_as_it_was_made(session):
    merge = propose(session)
    assert (merge.kept, merge.dropped, merge.state) == ("O2", "O1", MergeState.PROPOSED)
    assert merge.why == WHY
    assert merges.get(session, merge.id) == merge
    assert merges.get(session, "9") is merges.get(session, "\0") is None


def test_a_pair_is_proposed_once_in_whichever_order(session):
    merge = propose(session)
    assert propose(session, "O1", "O2", score=0.5, at=LATER) == merge
    assert merges.in_state(session, MergeState.PROPOSED) == (merge,)
    assert merges.for_pair(session, Noun.OUTCOME, "O1", "O2") == merge
    assert merges.for_pair(session, Noun.NEED, "O1", "O2") is None


def test_the_same_ids_of_another_noun_are_another_pair(session):
    assert propose(session).id != propose(session, noun=Noun.NEED).id


@pytest.mark.parametrize("path", [["rejected"], ["merged", "undone"], ["merged"]])
def test_a_pair_that_was_decided_is_not_proposed_again(session, path):
    merge = propose(session)
    for state in path:
        merge = merges.decide(session, merge.id, MergeState(state), by="A1", at=LATER)
    assert propose(session, "O1", "O2") == merge
    assert merges.in_state(session, MergeState.PROPOSED) == ()


def test_a_decision_says_who_and_when(session):
    merge = propose(session)
    merged = merges.decide(session, merge.id, MergeState.MERGED, by="A1", at=LATER)
    assert merged == replace(merge, state=MergeState.MERGED, decided_by="A1", decided_at=LATER)
    assert merges.get(session, merge.id) == merged


LEGAL = {
    "proposed": {"merged", "rejected"},
    "merged": {"undone"},
    "rejected": {"merged"},
    "undone": {"merged"},
}
PATHS = {"proposed": [], "merged": ["merged"], "rejected": ["rejected"]}
PATHS["undone"] = ["merged", "undone"]


@pytest.mark.parametrize("before", LEGAL)
@pytest.mark.parametrize("to", MergeState)
def test_only_what_makes_sense_can_be_decided(session, before, to):
    merge = propose(session)
    for state in PATHS[before]:
        merge = merges.decide(session, merge.id, MergeState(state), by="A1", at=NOON)
    if to.value in LEGAL[before]:
        assert merges.decide(session, merge.id, to, by="A2", at=LATER).state is to
        return
    with pytest.raises(IllegalTransition) as refused:
        merges.decide(session, merge.id, to, by="A2", at=LATER)
    assert set(refused.value.values["legal"]) == LEGAL[before]
    assert merges.get(session, merge.id) == merge


def test_deciding_what_is_not_there_is_not_found(session):
    with pytest.raises(NotFound):
        merges.decide(session, "9", MergeState.MERGED, by="A1", at=NOON)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"dropped": "O2"}, "dropped"),
        ({"score": float("nan")}, "score"),
        ({"score": 1.5}, "score"),
        ({"dropped": "O" * 501}, "dropped"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(session, wrong, field):
    with pytest.raises(InvalidValue) as refused:
        propose(session, **wrong)
    assert refused.value.where == {"field": field}


def test_the_surest_come_first_then_the_oldest_whatever_the_clock_says(session):
    a = propose(session, "O1", "O2", score=0.5)
    b = propose(session, "O1", "O3", score=0.9, at=NOON)
    c = propose(session, "O1", "O4", score=0.9, at=NOON - timedelta(days=1))
    d = propose(session, "N1", "N2", score=0.7, noun=Noun.NEED)
    proposed = MergeState.PROPOSED
    assert merges.in_state(session, proposed) == (b, c, d, a)
    assert merges.in_state(session, proposed, Noun.OUTCOME) == (b, c, a)
    assert merges.in_state(session, proposed, limit=2, offset=1) == (c, d)
    assert merges.in_state(session, MergeState.MERGED) == ()


def test_what_comes_behind_one_is_found_though_that_was_decided_meanwhile(session):
    a = propose(session, "O1", "O2", score=0.5)
    b = propose(session, "O1", "O3", score=0.9)
    c = propose(session, "O1", "O4", score=0.9)
    proposed = MergeState.PROPOSED
    assert merges.in_state(session, proposed, after=b.id) == (c, a)
    merges.decide(session, c.id, MergeState.REJECTED, by="A1", at=NOON)
    assert merges.in_state(session, proposed, after=c.id) == (a,)
    assert merges.in_state(session, proposed, after=a.id) == ()
    assert merges.in_state(session, proposed, after="nothing") == ()
