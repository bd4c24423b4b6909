"""Names that are ids of the file's own source become ids of the platform; others stay."""

from __future__ import annotations

from matcher.actions.import_sources import SourceIds
from matcher.actions.platform import OPERATOR
from matcher.domain.enums import Noun
from matcher.domain.manager import Deal, Manager
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.store import records
from matcher.store.database import Database
from tests.platforms import NOW

THERE = {
    Noun.ORGANISATION: [Organisation(id="een:U1", name="Firm"), Organisation(id="U2", name="Lab")],
    Noun.OUTCOME: [Outcome(id="een:O1", title="coating")],
}


def resolved(database: Database, noun: Noun, namespace: str, *found: object) -> list[object]:
    with database.writing() as session:
        for other, stored in THERE.items():
            records.put(session, other, stored, actor=OPERATOR, at=NOW)
    with database.reading() as session:
        ids = SourceIds(session, noun, found, namespace)
        return [ids.resolved(record) for record in found]


def test_an_organisation_of_the_source_is_meant_before_a_name(database: Database) -> None:
    rows = (Outcome(id="een:O2", holder="U1"), Outcome(id="een:O3", holder="U2"))
    found = resolved(database, Noun.OUTCOME, "een", *rows)
    assert [record.holder for record in found] == ["een:U1", "U2"]  # type: ignore[attr-defined]


def test_without_a_source_nothing_changes(database: Database) -> None:
    row = Outcome(id="O2", holder="U1")
    assert resolved(database, Noun.OUTCOME, "", row) == [row]


def test_a_parent_may_stand_further_down_in_the_same_file(database: Database) -> None:
    child = Organisation(id="een:U8", parent="U9")
    parent = Organisation(id="een:U9", name="Group")
    found = resolved(database, Noun.ORGANISATION, "een", child, parent)
    assert found[0].parent == "een:U9"  # type: ignore[attr-defined]


def test_all_that_a_manager_names(database: Database) -> None:
    deals = (Deal(title="a", outcome="O1"), Deal(title="b", outcome="O7", need="N1"))
    row = Manager(id="een:M1", agency="U1", conflicts=("U1", "U2", "Elsewhere"), deals=deals)
    [found] = resolved(database, Noun.MANAGER, "een", row)
    assert isinstance(found, Manager)
    assert (found.agency, found.conflicts) == ("een:U1", ("een:U1", "U2", "Elsewhere"))
    named = [(deal.outcome, deal.need) for deal in found.deals]
    assert named == [("een:O1", ""), ("O7", "N1")]
