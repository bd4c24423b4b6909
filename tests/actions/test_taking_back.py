from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.actions.platform import Platform
from matcher.actions.shelves import shelf_of
from matcher.actions.taking_back import Fate, Step, fates
from matcher.domain import FollowUp, FollowUpState, Noun, Outcome, transition
from matcher.store import followups, records
from matcher.store.imports import ImportRow, RowAction
from matcher.store.stored import Author
from tests.actions.import_cases import NOW, opened

LATER = Author("y", NOW + timedelta(days=1))
ROW = ImportRow(2, "o", RowAction.UPDATED)


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def put(platform: Platform, title: str, import_id: str) -> None:
    with platform.database.writing() as session:
        found = [Outcome(id="o", title=title, node="core")]
        records.put(session, Noun.OUTCOME, found, actor="x", at=NOW, import_id=import_id)


def steps(platform: Platform, import_id: str, row: ImportRow = ROW) -> list[Step]:
    with platform.database.reading() as session:
        present = shelf_of(Noun.OUTCOME).present(session, ["o"])
        return list(fates(Noun.OUTCOME).steps(session, import_id, [row], present))


def take_back(platform: Platform, import_id: str) -> None:
    found = steps(platform, import_id)
    with platform.database.writing() as session:
        fates(Noun.OUTCOME).apply(session, found, LATER)


def test_the_version_before_the_import_is_written_again_as_its_own_imports(
    platform: Platform,
) -> None:
    for title, import_id in (("one", "a"), ("two", "b"), ("three", "c")):
        put(platform, title, import_id)
    assert [step.fate for step in steps(platform, "b")] == [Fate.LEFT]
    take_back(platform, "c")
    with platform.database.reading() as session:
        there = records.get(session, Noun.OUTCOME, "o")
    assert there is not None
    assert (there.record.title, there.import_id, there.version) == ("two", "b", 4)
    take_back(platform, "b")
    take_back(platform, "a")
    with platform.database.reading() as session:
        there = records.get(session, Noun.OUTCOME, "o")
    assert there is not None
    assert not there.live


def test_what_is_not_there_is_left(platform: Platform) -> None:
    assert [step.fate for step in steps(platform, "a")] == [Fate.LEFT]


def test_an_ended_follow_up_is_reopened_and_withdrawn(platform: Platform) -> None:
    begun = FollowUp(id="f", need="n", outcome="o", manager="m", node="core")
    signed = transition(begun, FollowUpState.CONTRACT_SIGNED, by="a", at=NOW)
    closed = transition(signed, FollowUpState.CLOSED, by="a", at=NOW)
    with platform.database.writing() as session:
        followups.add(session, closed)
        fates(Noun.FOLLOW_UP).apply(session, [Step("f", Fate.WITHDRAWN, closed)], LATER)
        kept = followups.get(session, "f")
    assert kept is not None
    assert [step.to_state.value for step in kept.followup.history[2:]] == [
        "contract_signed",
        "withdrawn",
    ]
    assert kept.followup.history[-1].at == LATER.at
