"""Undoing imports on SQLite and PostgreSQL: as it was before, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions.import_undo import VERB, undo_import
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.followup import transition
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict, NotAllowed, NotFound
from matcher.store import events, followups, imports, interactions, records
from matcher.store.leaning import Leaning
from tests.actions.import_cases import (
    NOW,
    OUTCOMES,
    admin,
    everything,
    imported,
    jsonl,
    opened,
    stored,
    with_parties,
)

PAIR = {"id": "f1", "need": "n1", "outcome": "o1", "manager": "m1"}


@pytest.fixture
def platform(database_url: str, tmp_path: Path) -> Iterator[Platform]:
    with opened(database_url, tmp_path) as platform:
        yield platform


def put(platform: Platform, *rows: dict[str, object], noun: str = Noun.OUTCOME) -> str:
    """Import rows; return the import's id."""
    path = jsonl(platform.settings.home / "rows.jsonl", rows)
    return imported(platform, noun, path).id


def live(platform: Platform) -> dict[str, object]:
    with platform.database.reading() as session:
        found = records.every(session, Noun.OUTCOME)
        return {one.record.id: one.record for one in found}


def test_what_was_created_is_deleted_and_what_was_updated_is_as_before(
    platform: Platform,
) -> None:
    put(platform, *OUTCOMES)
    before = live(platform)
    second = put(platform, {**OUTCOMES[0], "trl": 9}, {"id": "o3", "title": "new"})
    assert live(platform) != before
    report = undo_import(platform, SYSTEM, second)
    assert live(platform) == before
    assert report.counts == {"deleted": 1, "restored": 1, "withdrawn": 0, "left": 0}
    with platform.database.reading() as session:
        run = imports.get(session, second)
        told = events.read(session, verbs=[VERB])
    assert run is not None
    assert run.state.value == "undone"
    assert len(told) == 1


def test_a_dry_run_counts_what_loses_a_record(platform: Platform, tmp_path: Path) -> None:
    with_parties(platform, tmp_path)
    put(platform, PAIR, noun=Noun.FOLLOW_UP)
    with platform.database.reading() as session:
        (made,) = (run.id for run in imports.recent(session) if run.noun is Noun.NEED)
    assert undo_import(platform, SYSTEM, made, dry_run=True).losing == Leaning(1, 0)
    changed = put(platform, {"id": "n1", "title": "要涂层！"}, noun=Noun.NEED)
    assert undo_import(platform, SYSTEM, changed, dry_run=True).losing == Leaning()


def test_imports_are_undone_one_after_the_other(platform: Platform) -> None:
    first = put(platform, *OUTCOMES)
    second = put(platform, {**OUTCOMES[0], "trl": 9})
    with pytest.raises(EditConflict, match="o1"):
        undo_import(platform, SYSTEM, first)
    undo_import(platform, SYSTEM, second)
    undo_import(platform, SYSTEM, first)
    assert live(platform) == {}


def test_a_record_that_was_deleted_before_is_deleted_again(platform: Platform) -> None:
    put(platform, *OUTCOMES)
    with platform.database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["o1"], actor="x", at=NOW)
    second = put(platform, {**OUTCOMES[0], "title": "other"})
    assert stored(platform, Noun.OUTCOME, "o1").live
    undo_import(platform, SYSTEM, second)
    there = stored(platform, Noun.OUTCOME, "o1")
    assert (there.live, there.record.title) == (False, "石墨烯涂层")


def test_the_file_may_be_imported_again_after_the_undo(platform: Platform) -> None:
    undo_import(platform, SYSTEM, put(platform, *OUTCOMES))
    again = put(platform, *OUTCOMES)
    assert live(platform).keys() == {"o1", "o2"}
    undo_import(platform, SYSTEM, again)
    assert live(platform) == {}


def test_a_dry_run_says_the_same_and_writes_nothing(platform: Platform) -> None:
    import_id = put(platform, *OUTCOMES)
    before = everything(platform)
    dry = undo_import(platform, SYSTEM, import_id, dry_run=True)
    assert everything(platform) == before
    assert replace(undo_import(platform, SYSTEM, import_id), dry_run=True) == dry


def test_the_job_that_took_it_back_is_told_again_what_it_did(platform: Platform) -> None:
    import_id = put(platform, *OUTCOMES)
    first = undo_import(platform, SYSTEM, import_id, job="J-1")
    after = everything(platform)
    assert undo_import(platform, SYSTEM, import_id, job="J-1") == first
    assert everything(platform) == after
    for job in ("J-2", ""):
        with pytest.raises(EditConflict, match="undone already"):
            undo_import(platform, SYSTEM, import_id, job=job)


def test_what_was_changed_since_stops_the_undo_unless_it_is_left_alone(
    platform: Platform,
) -> None:
    import_id = put(platform, *OUTCOMES)
    with platform.database.writing() as session:
        mine = replace(records.get(session, Noun.OUTCOME, "o1").record, title="mine")  # type: ignore[union-attr]
        records.put(session, Noun.OUTCOME, [mine], actor="x", at=NOW)
    before = everything(platform)
    with pytest.raises(EditConflict, match="o1") as conflict:
        undo_import(platform, SYSTEM, import_id)
    assert "--force" in str(conflict.value)
    assert everything(platform) == before
    report = undo_import(platform, SYSTEM, import_id, force=True)
    assert report.left == ("o1",)
    assert live(platform) == {"o1": mine}


def test_an_import_is_undone_once(platform: Platform) -> None:
    import_id = put(platform, *OUTCOMES)
    undo_import(platform, SYSTEM, import_id)
    with pytest.raises(EditConflict, match="undone already"):
        undo_import(platform, SYSTEM, import_id)
    with pytest.raises(NotFound):
        undo_import(platform, SYSTEM, "nobody-knows-it")


@pytest.mark.parametrize("state", ["suggested", "negotiating", "closed", "declined", "withdrawn"])
def test_followups_are_withdrawn_and_keep_their_history(platform: Platform, state: str) -> None:
    with_parties(platform, platform.settings.home)
    reason = {"reason": "price"} if state == "declined" else {}
    row = {**PAIR, "state": state, "at": "2026-01-02", **reason}
    before = put(platform, row, noun=Noun.FOLLOW_UP)
    with platform.database.reading() as session:
        history = followups.get(session, "f1").followup.history  # type: ignore[union-attr]
    undo_import(platform, SYSTEM, before)
    with platform.database.reading() as session:
        kept = followups.get(session, "f1").followup  # type: ignore[union-attr]
    assert kept.state is FollowUpState.WITHDRAWN
    assert kept.history[: len(history)] == history
    put(platform, row, noun=Noun.FOLLOW_UP)
    with platform.database.reading() as session:
        assert followups.get(session, "f1").followup.state.value == state  # type: ignore[union-attr]


def test_a_followup_that_went_on_is_left_alone(platform: Platform) -> None:
    with_parties(platform, platform.settings.home)
    import_id = put(platform, PAIR, noun=Noun.FOLLOW_UP)
    with platform.database.writing() as session:
        kept = followups.get(session, "f1")
        assert kept is not None
        on = transition(kept.followup, FollowUpState.ACCEPTED, by="x", at=NOW)
        followups.save(session, on, kept.version)
    with pytest.raises(EditConflict, match="f1"):
        undo_import(platform, SYSTEM, import_id)


def test_interactions_are_removed_or_as_they_were(platform: Platform) -> None:
    with_parties(platform, platform.settings.home)
    first = put(platform, {**PAIR, "weight": 2}, noun="interaction")
    second = put(platform, {**PAIR, "weight": 3}, {**PAIR, "id": "f2"}, noun="interaction")
    with pytest.raises(EditConflict, match="f1"):
        undo_import(platform, SYSTEM, first)
    undo_import(platform, SYSTEM, second)
    with platform.database.reading() as session:
        assert [(one.id, one.weight) for one in interactions.every(session)] == [("f1", 2.0)]
    undo_import(platform, SYSTEM, first)
    with platform.database.reading() as session:
        assert interactions.count(session) == 0


def test_an_account_undoes_what_went_into_its_node(platform: Platform) -> None:
    path = jsonl(platform.settings.home / "a.jsonl", OUTCOMES)
    import_id = imported(platform, Noun.OUTCOME, path, node="east").id
    with pytest.raises(NotFound):
        undo_import(platform, admin("west"), import_id)
    with platform.database.writing() as session:
        moved = replace(records.get(session, Noun.OUTCOME, "o1").record, node="west")  # type: ignore[union-attr]
        records.put(session, Noun.OUTCOME, [moved], actor="x", at=NOW, import_id=import_id)
    with pytest.raises(NotAllowed):
        undo_import(platform, admin("east"), import_id)
    undo_import(platform, admin("core"), import_id)
    assert live(platform) == {}
