"""Interactions: written once however often they come, and read in order."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.interaction import Interaction
from matcher.errors import InvalidValue
from matcher.store import interactions
from matcher.store.stored import Effect

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
VIEW = Interaction(id="I2", need="N1", outcome="O2", weight=0.5)
DEAL = Interaction(
    id="I1",
    need="N1",
    outcome="O1",
    manager="M1",
    weight=1e6,
    at=NOON,
    external_id="x-1",
    source="示例",
    node="core",
)
INTRODUCED = Interaction(id="I3", outcome="O1", manager="M2")


@pytest.fixture
def session(database):
    with database.writing() as session:
        assert interactions.put(session, [VIEW, DEAL, INTRODUCED]) == [Effect.CREATED] * 3
        yield session


def test_interactions_come_back_as_they_went_in_by_id(session):
    assert list(interactions.every(session)) == [DEAL, VIEW, INTRODUCED]
    assert interactions.get_many(session, ["I3", "I9", "I1"]) == {"I1": DEAL, "I3": INTRODUCED}
    assert interactions.count(session) == 3


def test_writing_again_changes_only_what_differs(session):
    heavier = replace(VIEW, weight=0.75)
    effects = interactions.put(session, [DEAL, heavier, replace(DEAL, id="I0")])
    assert effects == [Effect.UNCHANGED, Effect.UPDATED, Effect.CREATED]
    assert list(interactions.every(session)) == [
        replace(DEAL, id="I0"),
        DEAL,
        heavier,
        INTRODUCED,
    ]


def test_of_two_with_one_id_in_one_call_the_later_holds(session):
    first, last = replace(VIEW, id="I9"), replace(VIEW, id="I9", weight=2.0)
    effects = interactions.put(session, [first, last, last])
    assert effects == [Effect.CREATED, Effect.UPDATED, Effect.UNCHANGED]
    assert interactions.get_many(session, ["I9"]) == {"I9": last}


def test_one_that_comes_back_to_what_is_stored_is_stored(session):
    effects = interactions.put(session, [replace(VIEW, weight=9.0), VIEW])
    assert effects == [Effect.UPDATED, Effect.UPDATED]
    assert interactions.get_many(session, ["I2"]) == {"I2": VIEW}


@pytest.mark.parametrize("id", ["I\0", "I" * 501])
def test_what_an_index_cannot_hold_is_refused_and_nothing_written(session, id):
    with pytest.raises(InvalidValue):
        interactions.put(session, [replace(DEAL, weight=1.0), replace(VIEW, id=id)])
    assert list(interactions.every(session)) == [DEAL, VIEW, INTRODUCED]


def test_removing_an_import_counts_what_was_there(session):
    assert interactions.remove(session, ["I1", "I9", "I2"]) == 2
    assert interactions.remove(session, ["I1"]) == 0
    assert list(interactions.every(session)) == [INTRODUCED]


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_several_batches_are_read_once_and_in_order(database, monkeypatch, count):
    monkeypatch.setattr(interactions, "CHUNK", 3)
    many = [replace(VIEW, id=f"I{n}") for n in range(count)]
    with database.writing() as session:
        interactions.put(session, reversed(many))
        assert list(interactions.every(session)) == many
