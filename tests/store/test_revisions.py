"""Superseded versions."""

from matcher.domain import Noun
from matcher.store import records
from matcher.store.database import Database
from matcher.store.revisions import Revision, revision, revisions
from tests.store.some_records import LATER, MANAGER, NOW


def test_every_step_of_a_record_can_be_told_afterwards(database: Database) -> None:
    with database.writing() as session:
        put = {"actor": "a1", "at": NOW, "import_id": "i1"}
        records.put(session, Noun.MANAGER, [MANAGER], **put)
        records.delete(session, Noun.MANAGER, [MANAGER.id], actor="a2", at=LATER)
        records.restore(session, Noun.MANAGER, MANAGER.id, 1, actor="a3", at=NOW)
        records.set_merged(session, Noun.MANAGER, MANAGER.id, "", actor="a4", at=NOW)
    with database.reading() as session:
        assert revisions(session, Noun.MANAGER, MANAGER.id) == [
            Revision(MANAGER, 1, "a1", NOW, "i1", None, ""),
            Revision(MANAGER, 2, "a2", LATER, "", LATER, ""),
        ]


def test_one_version_can_be_asked_for(database: Database) -> None:
    with database.writing() as session:
        records.put(session, Noun.MANAGER, [MANAGER], actor="a1", at=NOW)
        records.delete(session, Noun.MANAGER, [MANAGER.id], actor="a2", at=LATER)
        first = revision(session, Noun.MANAGER, MANAGER.id, 1)
        assert first is not None
        assert (first.version, first.record) == (1, MANAGER)
        assert revision(session, Noun.MANAGER, MANAGER.id, 2) is None
        assert revision(session, Noun.NEED, MANAGER.id, 1) is None


def test_a_record_without_a_past_has_no_revisions(database: Database) -> None:
    with database.reading() as session:
        assert revisions(session, Noun.MANAGER, "nobody") == []
