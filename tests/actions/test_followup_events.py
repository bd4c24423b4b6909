"""The event of a change."""

from __future__ import annotations

import pytest

from matcher.actions.followup_events import parties, tell
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import SYSTEM
from matcher.store import events
from tests.platforms import NOW

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_it_names_all_that_it_is_about(platform: Platform) -> None:
    followup = FollowUp(id="F1", need="w1", outcome="o1", manager="m1")
    with platform.database.writing() as session:
        tell(session, SYSTEM, followup, "contacted", NOW)
        [(_, event)] = events.read(session)
    subjects = (Subject(noun=Noun.FOLLOW_UP, id="F1"), *parties("w1", "o1", "m1"))
    assert event == Event(actor=OPERATOR, verb="contacted", at=NOW, subjects=subjects)
