"""What every change has in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from matcher.actions.followup_change import changed, moment_of, pairing_of, require_version
from matcher.actions.platform import Platform
from matcher.domain.followup import FollowUp, Note
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, InvalidValue, NotFound
from matcher.store import events, followups
from matcher.store.followups import Kept
from tests.platforms import NOW

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
LATER = NOW + timedelta(hours=1)
NEW = FollowUp(id="F1", need="w1", outcome="o1", manager="m1", node="n1")


def failing(_: Session, kept: Kept, at: datetime) -> FollowUp:
    return replace(kept.followup, outcome="o2", due_on=at.date())


def test_a_change_that_cannot_be_kept_leaves_no_event(platform: Platform) -> None:
    with platform.database.writing() as session:
        followups.add(session, NEW)
    with pytest.raises(InvalidValue):
        changed(platform, SYSTEM, "F1", None, "moved", failing)
    with platform.database.reading() as session:
        assert events.latest(session) == 0
        assert followups.get(session, "F1") == Kept(NEW, 1)


def test_time_does_not_run_back(platform: Platform) -> None:
    noted = replace(NEW, notes=(Note(by="a", at=LATER, text="Called."),))
    assert moment_of(platform, NEW) == NOW
    assert moment_of(platform, noted) == LATER


def test_the_version_that_was_seen(platform: Platform) -> None:
    for seen in (None, 3):
        require_version(Kept(NEW, 3), seen)
    with pytest.raises(EditConflict):
        require_version(Kept(NEW, 3), 2)
    with pytest.raises(NotFound):
        require_version(Kept(NEW, 0), 1)


def test_the_three_records(platform: Platform) -> None:
    with platform.database.reading() as session:
        pairing = pairing_of(session, SYSTEM, "m1", "w1", "o1")
    assert [one.id for one in (pairing.manager, *pairing.sides)] == ["m1", "w1", "o1"]
