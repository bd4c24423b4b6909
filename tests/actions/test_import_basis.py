"""What is planned beside the others' writing is written only where it still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from matcher.actions.import_basis import TRIES, Basis
from matcher.actions.import_undo import undo_import
from matcher.actions.platform import Platform
from matcher.actions.shelves import shelf_of
from matcher.domain.enums import FollowUpState, NodeKind, Noun
from matcher.domain.followup import transition
from matcher.domain.node import Node
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import SYSTEM
from matcher.errors import EditConflict
from matcher.store import feed, followups, nodes, records
from tests.actions.import_cases import (
    NOW,
    OUTCOMES,
    actions,
    everything,
    imported,
    jsonl,
    opened,
    refused,
    stored,
    with_parties,
)

PATIENCE = 20.0
"""Less than a writer waits in line: who waits for a plan is found out."""
PAIR = {"id": "f1", "need": "n1", "outcome": "o1", "manager": "m1"}
During = Callable[[Callable[[int], None]], list[int]]


@pytest.fixture
def platform(database_url: str, tmp_path: Path) -> Iterator[Platform]:
    with opened(database_url, tmp_path) as platform:
        yield platform


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> During:
    """Something that another does while a plan is made; returns a list of the plans."""
    found = Basis.of

    def doing(act: Callable[[int], None]) -> list[int]:
        plans: list[int] = []

        def of(*given: Any) -> Basis:
            made = found(*given)
            plans.append(len(plans))
            if len(plans) <= TRIES:
                other = Thread(target=act, args=(plans[-1],), daemon=True)
                other.start()
                other.join(PATIENCE)
                assert not other.is_alive(), "it waits for the plan"
            return made

        monkeypatch.setattr(Basis, "of", of)
        return plans

    return doing


def put(platform: Platform, id_: str, title: str) -> None:
    with platform.database.writing() as session:
        records.put(session, Noun.OUTCOME, [Outcome(id=id_, title=title)], actor="x", at=NOW)


def test_a_write_goes_through_while_an_import_is_planned(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    plans = during(lambda _: put(platform, "other", "Other"))
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    assert (len(plans), report.counts["created"]) == (1, 2)
    assert stored(platform, Noun.OUTCOME, "other").record.title == "Other"


def test_what_was_changed_meanwhile_is_planned_anew(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    """The file says nothing of the summary: what somebody wrote into it meanwhile stays."""
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))

    def edit(turn: int) -> None:
        with platform.database.writing() as session:
            kept = records.get(session, Noun.OUTCOME, "o1")
            assert kept is not None
            mine = replace(kept.record, summary=f"mine {turn}")
            records.put(session, Noun.OUTCOME, [mine], actor="x", at=NOW)

    plans = during(edit)
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "b.jsonl", [{"id": "o1", "title": "new"}]))
    kept = stored(platform, Noun.OUTCOME, "o1")
    assert (kept.record.title, kept.record.summary) == ("new", f"mine {TRIES - 1}")
    assert len(plans) == TRIES + 1


def test_what_comes_to_be_meanwhile_is_no_new_record(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    plans = during(lambda turn: put(platform, "o2", "Theirs") if turn == 0 else None)
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    assert actions(report) == [(1, "o1", "created"), (2, "o2", "updated")]
    assert len(plans) == 2


@pytest.mark.parametrize("noun", [Noun.FOLLOW_UP, "interaction"])
def test_what_a_row_refers_to_is_looked_at_again(
    platform: Platform, during: During, tmp_path: Path, noun: str
) -> None:
    with_parties(platform, tmp_path)

    def delete(turn: int) -> None:
        if turn == 0:
            with platform.database.writing() as session:
                records.delete(session, Noun.OUTCOME, ["o1"], actor="x", at=NOW)

    during(delete)
    report = refused(platform, noun, jsonl(tmp_path / "p.jsonl", [PAIR]))
    assert report.refused[0].problems[-1].code.value == "unknown_reference"
    assert (everything(platform)["interaction"], everything(platform)["follow_up"]) == (0, 0)


def test_a_follow_up_that_went_on_meanwhile_stays_where_it_is(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    with_parties(platform, tmp_path)
    imported(platform, Noun.FOLLOW_UP, jsonl(tmp_path / "f.jsonl", [PAIR]))

    def accept(turn: int) -> None:
        with platform.database.writing() as session:
            kept = followups.get(session, "f1")
            assert kept is not None
            if turn == 0:
                on = transition(kept.followup, FollowUpState.ACCEPTED, by="x", at=NOW)
                followups.save(session, on, kept.version)

    plans = during(accept)
    path = jsonl(tmp_path / "g.jsonl", [{**PAIR, "next_action": "ring"}])
    imported(platform, Noun.FOLLOW_UP, path)
    with platform.database.reading() as session:
        kept = followups.get(session, "f1")
    assert kept is not None
    assert (kept.followup.state.value, kept.followup.next_action) == ("accepted", "")
    assert len(plans) == 2


def test_a_node_that_changes_place_is_heeded(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    def add(turn: int) -> None:
        with platform.database.writing() as session:
            new = Node(id=f"new{turn}", kind=NodeKind.REGIONAL, parent="core")
            nodes.put(session, [new], at=NOW)

    plans = during(add)
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    assert len(plans) == TRIES + 1


def test_a_write_goes_through_while_the_undoing_is_planned(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    plans = during(lambda _: put(platform, "other", "Other"))
    assert undo_import(platform, SYSTEM, report.id).counts["deleted"] == 2
    assert len(plans) == 1
    assert stored(platform, Noun.OUTCOME, "other").live


@pytest.mark.parametrize("force", [True, False])
def test_what_was_changed_while_the_undoing_was_planned_is_left(
    platform: Platform, during: During, tmp_path: Path, force: bool
) -> None:
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    during(lambda turn: put(platform, "o1", "Mine") if turn == 0 else None)
    if force:
        assert undo_import(platform, SYSTEM, report.id, force=True).left == ("o1",)
    else:
        with pytest.raises(EditConflict, match="o1"):
            undo_import(platform, SYSTEM, report.id)
    assert stored(platform, Noun.OUTCOME, "o1").live
    assert stored(platform, Noun.OUTCOME, "o1").record.title == "Mine"
    assert stored(platform, Noun.OUTCOME, "o2").live is not force


def test_two_who_undo_at_once_undo_it_once(
    platform: Platform, during: During, tmp_path: Path
) -> None:
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))

    def other(turn: int) -> None:
        if turn == 0:
            undo_import(platform, SYSTEM, report.id, job="J-1")

    during(other)
    with pytest.raises(EditConflict, match="undone already"):
        undo_import(platform, SYSTEM, report.id)


def test_a_feed_that_was_pruned_tells_nothing(platform: Platform) -> None:
    put(platform, "a", "A")
    with platform.database.reading() as session:
        basis = Basis.of(session, shelf_of(Noun.OUTCOME), {}, ["o1"])
    for title in ("B", "C"):
        put(platform, "a", title)
    with platform.database.writing() as session:
        assert basis.holds(session)
        feed.prune(session, feed.latest(session))
        assert not basis.holds(session)
