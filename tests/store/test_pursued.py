"""The follow-ups of many needs at once."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.followup import FollowUp
from matcher.store import followups
from matcher.store.database import Database
from matcher.store.pursued import pursued

NEW = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")


def test_those_of_the_needs_whoever_pursues_them(database: Database) -> None:
    others = [
        replace(NEW, id="F0", manager="M2"),
        replace(NEW, id="F2", need="N2", outcome="O2"),
        replace(NEW, id="F3", need="N3"),
    ]
    with database.writing() as session:
        for followup in (NEW, *others):
            followups.add(session, followup)
        found = pursued(session, ["N2", "N1", "N1", "N9", "N\0"])
        assert [kept.followup for kept in found] == [others[0], NEW, others[1]]
        assert pursued(session, []) == []
