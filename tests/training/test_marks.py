"""The key of a training changes with all that its model depends on, and with nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event
from matcher.domain.interaction import Interaction
from matcher.errors import UnreadableFile
from matcher.store import events, interactions
from tests.platforms import NOW, outcome, put
from training.marks import Marks, Plan, key_of, read_marks

MARKS = Marks(1, 2, 3, 4, 5.5, "2026-01-01")


def marks(platform: Platform) -> Marks:
    with platform.database.reading() as session:
        return read_marks(session)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "recipe.toml").write_text("a = 1")
    return Plan(tmp_path / "recipe.toml", "trained")


def test_the_same_gives_the_same_wherever_the_recipe_lies(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "copy.toml").write_text("a = 1")
    assert key_of(MARKS, plan) == key_of(MARKS, replace(plan, recipe=tmp_path / "copy.toml"))


@pytest.mark.parametrize("name", [field.name for field in fields(Marks)])
def test_every_mark_counts(plan: Plan, name: str) -> None:
    other = replace(MARKS, **{name: "x" if name == "latest" else 99})
    assert key_of(MARKS, plan) != key_of(other, plan)


def test_recipe_encoder_and_seed_count(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("a = 2")
    plans = (
        plan,
        replace(plan, seed=1),
        replace(plan, encoder="x"),
        replace(plan, recipe=tmp_path / "other.toml"),
    )
    assert len({key_of(MARKS, one) for one in plans}) == 4


def test_a_recipe_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.toml"):
        key_of(MARKS, Plan(tmp_path / "none.toml", "trained"))


def test_records_events_and_interactions_leave_their_marks(platform: Platform) -> None:
    before = marks(platform)
    assert marks(platform) == before
    put(platform, Noun.OUTCOME, outcome("x", "New"))
    with platform.database.writing() as session:
        events.append(session, [Event(actor=OPERATOR, verb="shown", at=NOW)])
        interactions.put(session, [Interaction(id="i1", need="w1", outcome="o1", weight=2.0)])
    after = marks(platform)
    assert after.seq > before.seq
    assert after.events > before.events
    assert (after.interactions, after.weight) == (before.interactions + 1, before.weight + 2)


def test_who_did_what_else_is_nothing_to_learn_from(platform: Platform) -> None:
    before = marks(platform)
    with platform.database.writing() as session:
        events.append(session, [Event(actor=OPERATOR, verb="read_audit", at=NOW)])
    assert marks(platform) == before
