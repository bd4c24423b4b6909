"""Imports on SQLite and PostgreSQL: all or nothing, idempotent, and just what the dry run says."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions import imports as actions_of_imports
from matcher.actions.imports import VERB
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.outcome import Outcome
from matcher.errors import ImportRefused, NotAllowed, NotFound, UnwritableOutput
from matcher.store import events, imports, records
from tests.actions.import_cases import (
    NEEDS,
    NOW,
    OUTCOMES,
    actions,
    admin,
    everything,
    imported,
    jsonl,
    opened,
    refused,
    stored,
    with_parties,
)

CHECKOUT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from matcher.actions import imports
from matcher.actions.import_reading import Request
from matcher.bootstrap import make_platform
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
url, home, path, death = sys.argv[1:]
if death:
    step = getattr(imports, death)
    append = step.append if death == "events" else step.start
    def die(*args):
        append(*args)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(step, "append" if death == "events" else "start", die)
platform = make_platform(Settings(home=Path(home), database=url), checked=False)
sys.stdin.readline()
report = imports.import_file(platform, Request("outcome", Path(path)), SYSTEM)
print({name: count for name, count in report.counts.items() if count})
"""


@pytest.fixture
def platform(database_url: str, tmp_path: Path) -> Iterator[Platform]:
    with opened(database_url, tmp_path) as platform:
        yield platform


@pytest.fixture
def outcomes(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "outcomes.jsonl", OUTCOMES)


def child(url: str, home: Path, path: Path, death: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(home), str(path), death],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_every_row_becomes_a_record_of_the_node(platform: Platform, outcomes: Path) -> None:
    report = imported(platform, Noun.OUTCOME, outcomes)
    assert actions(report) == [(1, "o1", "created"), (2, "o2", "created")]
    kept = stored(platform, Noun.OUTCOME, "o1")
    wanted = Outcome(id="o1", external_id="o1", title="石墨烯涂层", summary="耐磨", holder="某大学")
    assert kept.record == replace(wanted, trl=6, node="core")
    assert (kept.import_id, kept.changed_by, kept.changed_at) == (report.id, OPERATOR, NOW)


def test_what_is_imported_has_its_report(
    platform: Platform, outcomes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies between the two has neither, or both."""
    path, before = tmp_path / "report.csv", everything(platform)

    def full(*_: object) -> None:
        raise UnwritableOutput("can't be written (No space left on device).")

    with monkeypatch.context() as patched:
        patched.setattr(actions_of_imports, "write_report", full)
        with pytest.raises(UnwritableOutput):
            imported(platform, Noun.OUTCOME, outcomes, report=path)
    assert everything(platform) == before
    imported(platform, Noun.OUTCOME, outcomes, report=path)
    assert "created" in path.read_text(encoding="utf-8-sig")


def test_the_same_file_again_changes_nothing(platform: Platform, outcomes: Path) -> None:
    imported(platform, Noun.OUTCOME, outcomes)
    before = everything(platform)
    again = imported(platform, Noun.OUTCOME, outcomes)
    assert [one.action.value for one in again.results] == ["unchanged", "unchanged"]
    after = everything(platform)
    grown = {name for name in before if before[name] != after[name]}
    told = {"event", "event_subject"}
    assert grown == {"import_run", "import_row", *told}


def test_a_dry_run_says_the_same_and_writes_nothing(platform: Platform, tmp_path: Path) -> None:
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    rows = [{**OUTCOMES[0], "trl": 7}, OUTCOMES[1], {"id": "o3", "title": "ＡＢＣ"}, {"id": "o4"}]
    changed = jsonl(tmp_path / "b.jsonl", rows)
    before = everything(platform)
    dry = imported(platform, Noun.OUTCOME, changed, partial=True, dry_run=True)
    assert everything(platform) == before
    done = imported(platform, Noun.OUTCOME, changed, partial=True)
    assert [one.action.value for one in done.results] == [
        *("updated", "unchanged", "created", "refused")
    ]
    assert replace(done, id="") == dry
    assert dry.results[0].fields == ("trl",)
    assert dry.id == ""


def test_a_refused_row_refuses_the_file(platform: Platform, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [*OUTCOMES, {"id": "o3", "title": "x", "price_min": -1}])
    before = everything(platform)
    with pytest.raises(ImportRefused) as refusal:
        imported(platform, Noun.OUTCOME, path)
    assert refusal.value.values["refused"] == 1
    words = ("1 of 3 rows", "nothing was", "Row 3", "price_min", "below zero", "--accept-partial")
    assert [word for word in words if word not in str(refusal.value)] == []
    assert everything(platform) == before


def test_a_row_refused_by_what_is_stored_refuses_the_file(
    platform: Platform, tmp_path: Path
) -> None:
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    before = everything(platform)
    path = jsonl(tmp_path / "b.jsonl", [{"id": "o9", "title": "new"}, {"id": "o1", "title": "y"}])
    told = refused(platform, Noun.OUTCOME, path, admin("east"))
    assert actions(told) == [(1, "o9", "created"), (2, "o1", "refused")]
    assert told.refused[0].problems[-1].code.value == "other_node"
    assert everything(platform) == before


def test_accept_partial_takes_the_other_rows(platform: Platform, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [*OUTCOMES, {"id": "o3"}])
    report = imported(platform, Noun.OUTCOME, path, partial=True)
    assert report.counts["refused"] == 1
    assert stored(platform, Noun.OUTCOME, "o2") is not None
    assert stored(platform, Noun.OUTCOME, "o3") is None


def test_what_a_file_has_no_column_for_stays(platform: Platform, tmp_path: Path) -> None:
    kept = Outcome(
        id="o1",
        title="a",
        visibility=Visibility.NAMED,
        visible_to=("x",),
        owner="y",
        node="east",
        trl=3,
    )
    with platform.database.writing() as session:
        records.put(session, Noun.OUTCOME, [kept], actor="x", at=NOW)
    path = tmp_path / "a.csv"
    path.write_text("id,title\no1,b\n", encoding="utf-8")
    report = imported(platform, Noun.OUTCOME, path)
    assert report.results[0].fields == ("title",)
    assert stored(platform, Noun.OUTCOME, "o1").record == replace(kept, title="b")


def test_a_deleted_record_is_restored(platform: Platform, outcomes: Path) -> None:
    imported(platform, Noun.OUTCOME, outcomes)
    with platform.database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["o1"], actor="x", at=NOW)
    report = imported(platform, Noun.OUTCOME, outcomes)
    assert actions(report) == [(1, "o1", "restored"), (2, "o2", "unchanged")]
    assert report.results[0].problems[0].code.value == "was_deleted"
    assert stored(platform, Noun.OUTCOME, "o1").live


def test_a_merged_record_is_updated_and_stays_merged(platform: Platform, tmp_path: Path) -> None:
    imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", OUTCOMES))
    with platform.database.writing() as session:
        records.set_merged(session, Noun.OUTCOME, "o1", "o2", actor="x", at=NOW)
    kept = stored(platform, Noun.OUTCOME, "o2")
    path = jsonl(tmp_path / "b.jsonl", [{**OUTCOMES[0], "title": "new"}])
    report = imported(platform, Noun.OUTCOME, path)
    assert [one.code.value for one in report.results[0].problems] == ["was_merged"]
    dropped = stored(platform, Noun.OUTCOME, "o1")
    assert (dropped.record.title, dropped.merged_into) == ("new", "o2")
    assert stored(platform, Noun.OUTCOME, "o2") == kept


def test_the_import_is_kept_with_its_rows(platform: Platform, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [{"id": "1", "title": "ＡＢＣ", "field": "9901"}])
    report = imported(platform, Noun.OUTCOME, path, source="s")
    with platform.database.reading() as session:
        run = imports.get(session, report.id)
        rows = imports.rows(session, report.id)
        told = [event for _, event in events.read(session, verbs=[VERB])]
    assert run is not None
    assert (run.state.value, run.file, run.namespace) == ("done", "a.jsonl", "s")
    assert (run.counts["created"], len(run.sha256)) == (1, 64)
    assert run.mapping["columns"]["title"] == ["title"]
    assert [(row.record_id, row.action.value, row.original) for row in rows] == [
        ("s:1", "created", {"title": "ＡＢＣ"})
    ]
    assert {one["code"] for one in rows[0].problems} == {"repaired", "unknown_code"}
    assert [(event.actor, event.at) for event in told] == [(OPERATOR, NOW)]


def test_followups_and_interactions_name_records_of_the_source_or_the_platform(
    platform: Platform, tmp_path: Path
) -> None:
    with_parties(platform, tmp_path)
    imported(platform, Noun.NEED, jsonl(tmp_path / "n.jsonl", NEEDS), source="s")
    pairs = [{"id": "1", "need": "n1", "outcome": "o1", "manager": "m1"}]
    path = jsonl(tmp_path / "pairs.jsonl", pairs)
    for noun in (Noun.FOLLOW_UP, "interaction"):
        report = imported(platform, noun, path, source="s")
        assert actions(report) == [(1, "s:1", "created")]
        again = imported(platform, noun, path, source="s")
        assert actions(again) == [(1, "s:1", "unchanged")]


def test_a_reference_that_leads_nowhere_refuses_its_row(platform: Platform, tmp_path: Path) -> None:
    with_parties(platform, tmp_path)
    path = jsonl(tmp_path / "p.jsonl", [{"need": "n1", "outcome": "o9", "manager": "m1"}])
    for noun in (Noun.FOLLOW_UP, "interaction"):
        problem = refused(platform, noun, path).refused[0].problems[-1]
        assert (problem.code.value, problem.field) == ("unknown_reference", "outcome")
        assert "'o9'" in problem.message


def test_unresolved_organisations_are_counted(platform: Platform, tmp_path: Path) -> None:
    org = jsonl(tmp_path / "org.jsonl", [{"id": "u1", "name": "某大学"}])
    rows = [*OUTCOMES, {"id": "o3", "title": "x", "holder": "另一大学"}]
    imported(platform, Noun.ORGANISATION, org)
    report = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", rows))
    assert report.unresolved == {"另一大学": 1}
    assert stored(platform, Noun.OUTCOME, "o1").record.holder == "某大学"


def test_an_account_imports_into_the_nodes_it_administrates(
    platform: Platform, outcomes: Path
) -> None:
    report = imported(platform, Noun.OUTCOME, outcomes, admin("east"))
    assert (report.node, stored(platform, Noun.OUTCOME, "o1").changed_by) == ("east", "a-east")
    assert imported(platform, Noun.OUTCOME, outcomes, admin("core"), node="east").node == "east"
    before = everything(platform)
    for viewer in (admin("east"), admin("west", Role.MANAGER), admin("west", Role.HOLDER)):
        with pytest.raises(NotAllowed):
            imported(platform, Noun.OUTCOME, outcomes, viewer, node="west")
    assert everything(platform) == before


def test_an_unknown_node_is_refused(platform: Platform, outcomes: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"'north'.*core, east, west"):
        imported(platform, Noun.OUTCOME, outcomes, node="north")
    line = {"format": "outcome/1", "id": "o1", "title": "x", "node": "north"}
    report = refused(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", [line]))
    assert report.refused[0].problems[-1].code.value == "unknown_node"


def test_the_report_is_written_of_a_refused_file_too(platform: Platform, tmp_path: Path) -> None:
    path, out = jsonl(tmp_path / "a.jsonl", [{"id": "o1"}]), tmp_path / "report.jsonl"
    refused(platform, Noun.OUTCOME, path, report=out)
    assert '"refused"' in out.read_text(encoding="utf-8")


def test_nothing_is_imported_where_the_report_cannot_be_written(
    platform: Platform, outcomes: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnwritableOutput):
        imported(platform, Noun.OUTCOME, outcomes, report=tmp_path / "none" / "r.csv")
    assert everything(platform)["outcome"] == 0


@pytest.mark.slow
def test_one_file_imported_by_two_processes_at_once(
    platform: Platform, database_url: str, outcomes: Path, tmp_path: Path
) -> None:
    running = [child(database_url, tmp_path, outcomes) for _ in range(2)]
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    printed = sorted(one.communicate(timeout=120)[0].strip() for one in running)
    assert printed == ["{'created': 2}", "{'unchanged': 2}"]
    assert everything(platform)["import_run"] == 2


@pytest.mark.slow
@pytest.mark.parametrize("death", ["imports", "events"])
def test_a_process_that_is_killed_leaves_nothing(
    platform: Platform, database_url: str, outcomes: Path, tmp_path: Path, death: str
) -> None:
    before = everything(platform)
    killed = child(database_url, tmp_path, outcomes, death)
    killed.communicate("\n", timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert everything(platform) == before
    assert imported(platform, Noun.OUTCOME, outcomes).counts["created"] == 2
