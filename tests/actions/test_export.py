"""Exports: what a viewer may see, and a file that makes the same records elsewhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.export import export_records
from matcher.actions.platform import Platform
from matcher.actions.shelves import SHELVES, shelf_of
from matcher.domain import (
    SYSTEM,
    Contract,
    Deal,
    FollowUp,
    FollowUpState,
    Interaction,
    Note,
    Noun,
    Outcome,
    Payment,
    Role,
    Secrecy,
    Visibility,
    transition,
)
from matcher.domain.visibility import Viewer
from matcher.errors import UnwritableOutput, UsageError
from matcher.files.sheet_columns import INTERACTION
from matcher.store import records
from matcher.store.stored import Author
from tests.actions.import_cases import NOW, admin, imported, jsonl, opened
from tests.store.some_records import MANAGER, NEED, ORGANISATION, OUTCOME


def followup() -> FollowUp:
    begun = FollowUp(id="f1", need="n1", outcome="o1", manager="m1", node="core")
    sheet = Contract(contract_reg_no="7", value=10**6, payment=Payment(royalty_percent=2.5))
    signed = transition(begun, FollowUpState.CONTRACT_SIGNED, by="a", at=NOW, contract=sheet)
    later = NOW + dt.timedelta(days=1, microseconds=7)
    done = transition(signed, FollowUpState.REGISTERED, by="b", at=later, why="“quoted”\n行")
    return replace(done, notes=(Note(by="a", at=NOW, text="called"),), next_action="ask")


# As it is read back: without blanks at the ends, choices in their order.
SECRETIVE = Outcome.from_mapping(OUTCOME.to_mapping())
KNOWN: Any = {"visibility": Visibility.PUBLIC, "secrecy": Secrecy.OPEN}
ALL: dict[str, list[Any]] = {
    Noun.ORGANISATION: [replace(ORGANISATION, node="core")],
    Noun.OUTCOME: [SECRETIVE, replace(SECRETIVE, id="o2", node="east", **KNOWN)],
    Noun.NEED: [replace(NEED, node="core")],
    Noun.MANAGER: [replace(MANAGER, node="core", same_person=("a1", "a2"))],
    Noun.FOLLOW_UP: [followup()],
    INTERACTION: [
        Interaction(id="i1", need="n1", outcome="o1", weight=0.3, at=NOW, node="core"),
    ],
}


@pytest.fixture
def platform(database_url: str, tmp_path: Path) -> Iterator[Platform]:
    with opened(database_url, tmp_path) as platform:
        yield platform


@pytest.fixture
def small(tmp_path: Path, filled_file: Path) -> Iterator[Platform]:
    """A platform on SQLite, where the database doesn't matter."""
    path = tmp_path / "small.db"
    path.write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{path}", tmp_path) as platform:
        yield platform


def fill(platform: Platform, nouns: dict[str, list[Any]] = ALL) -> None:
    with platform.database.writing() as session:
        for noun, found in nouns.items():
            shelf_of(noun).write(session, found, Author("x", NOW))


def all_of(platform: Platform, noun: str) -> list[Any]:
    with platform.database.reading() as session:
        return [there.record for there in shelf_of(noun).every(session)]


def lines(platform: Platform, viewer: Viewer, noun: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / "out.jsonl"
    export_records(platform, viewer, noun, path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_jsonl_imported_into_an_empty_platform_gives_equal_records(
    platform: Platform, tmp_path: Path, filled_file: Path
) -> None:
    fill(platform)
    other = tmp_path / "other.db"
    other.write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{other}", tmp_path) as empty:
        for noun in ALL:
            path = tmp_path / f"{noun}.jsonl"
            done = export_records(platform, SYSTEM, noun, path)
            report = imported(empty, noun, path)
            assert done.records == report.counts["created"] == len(ALL[noun])
            assert all_of(empty, noun) == all_of(platform, noun)
            again = imported(empty, noun, path)
            assert again.counts["unchanged"] == len(ALL[noun])
    assert ALL.keys() == SHELVES.keys()


def test_a_flat_file_of_the_platform_itself_changes_nothing(
    small: Platform, tmp_path: Path
) -> None:
    fill(small)
    for noun in ALL:
        for suffix in (".csv", ".xlsx"):
            path = tmp_path / f"{noun}{suffix}"
            export_records(small, SYSTEM, noun, path)
            report = imported(small, noun, path)
            told = {one.action.value: (noun, suffix, one.fields) for one in report.results}
            assert told.keys() == {"unchanged"}, told


def test_only_what_the_viewer_sees_is_written(small: Platform, tmp_path: Path) -> None:
    fill(small)
    seen = [line["id"] for line in lines(small, admin("west"), Noun.OUTCOME, tmp_path)]
    assert seen == ["o2"]
    assert lines(small, admin("west"), Noun.FOLLOW_UP, tmp_path) == []
    assert lines(small, admin("west"), INTERACTION, tmp_path) == []
    assert [line["id"] for line in lines(small, admin("core"), INTERACTION, tmp_path)] == ["i1"]


def test_conflicts_and_accounts_are_for_admins_in_scope(small: Platform, tmp_path: Path) -> None:
    fill(small)
    guarded = {"conflicts", "same_person", "owner", "visible_to"}
    for noun in (Noun.MANAGER, Noun.OUTCOME):
        for viewer in (SYSTEM, admin("core")):
            line = lines(small, viewer, noun, tmp_path)[-1]
            assert len(guarded & line.keys()) == 2
        for viewer in (admin("west"), admin("core", Role.MANAGER)):
            line = lines(small, viewer, noun, tmp_path)[-1]
            assert not guarded & line.keys()


def test_a_deal_of_a_hidden_record_is_not_told(small: Platform, tmp_path: Path) -> None:
    """What was signed elsewhere, under an id that nobody knows here, is."""
    hidden = replace(SECRETIVE, id="o7", visibility=Visibility.NAMED, node="core")
    deals = (Deal(outcome="o7", value=7), Deal(need="elsewhere"), Deal(outcome="o2"))
    broker = replace(MANAGER, node="core", deals=deals)
    public = replace(SECRETIVE, id="o2", node="core", **KNOWN)
    fill(small, {Noun.OUTCOME: [hidden, public], Noun.MANAGER: [broker]})
    (told,) = lines(small, admin("west", Role.ENTERPRISE), Noun.MANAGER, tmp_path)
    assert [(deal.get("outcome"), deal.get("need")) for deal in told["deals"]] == [
        (None, "elsewhere"),
        ("o2", None),
    ]
    (told,) = lines(small, SYSTEM, Noun.MANAGER, tmp_path)
    assert len(told["deals"]) == len(deals)


def test_a_file_without_them_does_not_take_them_away(small: Platform, tmp_path: Path) -> None:
    fill(small)
    path = tmp_path / "managers.jsonl"
    export_records(small, admin("core", Role.MANAGER), Noun.MANAGER, path)
    assert imported(small, Noun.MANAGER, path).counts["unchanged"] == 1
    assert all_of(small, Noun.MANAGER) == ALL[Noun.MANAGER]


def test_deleted_and_merged_records_are_not_written(small: Platform, tmp_path: Path) -> None:
    found = [Outcome(id=f"o{n}", title="x", node="core") for n in range(3)]
    fill(small, {Noun.OUTCOME: found})
    with small.database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["o0"], actor="x", at=NOW)
        records.set_merged(session, Noun.OUTCOME, "o1", "o2", actor="x", at=NOW)
    assert [line["id"] for line in lines(small, SYSTEM, Noun.OUTCOME, tmp_path)] == ["o2"]


def test_originals_hold_the_texts_before_repair(small: Platform, tmp_path: Path) -> None:
    rows = [{"id": "o1", "title": "ＡＢＣ"}, {"id": "o2", "title": "plain"}]
    imported(small, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", rows))
    path = tmp_path / "o.csv"
    done = export_records(small, SYSTEM, Noun.OUTCOME, tmp_path / "o.xlsx", originals=path)
    assert done.originals == 1
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "id,field,original,stored",
        "o1,title,ＡＢＣ,ABC",
    ]


def test_a_bad_place_is_refused_and_leaves_the_old_file(small: Platform, tmp_path: Path) -> None:
    fill(small)
    with pytest.raises(UsageError, match=r"\.docx"):
        export_records(small, SYSTEM, Noun.NEED, tmp_path / "a.docx")
    with pytest.raises(UnwritableOutput):
        export_records(small, SYSTEM, Noun.NEED, tmp_path / "none" / "a.csv")
    with pytest.raises(UsageError):
        export_records(small, SYSTEM, "account", tmp_path / "a.csv")
    out = tmp_path / "a.csv"
    with pytest.raises(UsageError, match="originals"):
        export_records(small, SYSTEM, Noun.NEED, out, originals=out)
    assert not out.exists()
