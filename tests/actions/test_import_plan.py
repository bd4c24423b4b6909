from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.import_plan import FileRows, Planned, known, plan, to_write
from matcher.actions.platform import Platform
from matcher.actions.shelves import shelf_of
from matcher.domain import SYSTEM, FollowUp, Manager, Need, Noun, Outcome
from matcher.domain.enums import FollowUpState, Secrecy
from matcher.domain.visibility import Viewer
from matcher.files.mapping import ColumnMap
from matcher.files.row_report import ParsedRow, RowCode, RowProblem
from matcher.store import followups, records
from tests.actions.import_cases import NOW, admin, opened

COLUMNS = ColumnMap(Noun.OUTCOME, {}, ())
HELD = frozenset({"id", "title"})


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def put(platform: Platform, noun: Noun, *found: Any) -> None:
    with platform.database.writing() as session:
        records.put(session, noun, found, actor="x", at=NOW)


def planned(
    platform: Platform,
    *rows: ParsedRow[Any],
    noun: Noun = Noun.OUTCOME,
    viewer: Viewer = SYSTEM,
    holds: frozenset[str] = HELD,
) -> list[Planned]:
    read = FileRows(rows, COLUMNS, holds)
    with platform.database.reading() as session:
        return plan(session, shelf_of(noun), read, viewer)


def row(record: Any, *problems: RowProblem) -> ParsedRow[Any]:
    return ParsedRow(2, record, problems)


def told(found: list[Planned]) -> list[tuple[str, str]]:
    codes = (one.result.problems[-1].code.value if one.result.problems else "" for one in found)
    return [(one.result.action.value, code) for one, code in zip(found, codes, strict=True)]


def test_each_row_is_held_against_what_is_there(platform: Platform) -> None:
    same, old = (Outcome(id=id_, title=id_, node="core") for id_ in "so")
    put(platform, Noun.OUTCOME, same, old)
    new = Outcome(id="n", title="n", node="core")
    found = planned(platform, row(same), row(replace(old, title="o new")), row(new))
    assert told(found) == [("unchanged", ""), ("updated", ""), ("created", "")]
    assert to_write(found) == [replace(old, title="o new"), new]
    assert list(known(found)) == [same, replace(old, title="o new"), new]
    assert [one.before for one in found] == [same, old, None]


def test_rows_without_a_record_are_refused_or_skipped(platform: Platform) -> None:
    twice = RowProblem(RowCode.DUPLICATE_ROW, "is the same as row 1.")
    bad = RowProblem(RowCode.NO_TEXT, "has no title.")
    found = planned(platform, row(None, twice), row(None, bad))
    assert told(found) == [("skipped", "duplicate_row"), ("refused", "no_text")]
    assert to_write(found) == []


def test_no_row_reaches_into_a_node_of_others(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, Outcome(id="o", title="x", node="west"))
    rows = [Outcome(id="o", title="y", node="east"), Outcome(id="p", node="west")]
    rows += [Outcome(id="q", node="north"), Outcome(id="r", node="east")]
    found = planned(platform, *map(row, rows), viewer=admin("east"))
    assert told(found) == [
        ("refused", "other_node"),
        ("refused", "other_node"),
        ("refused", "unknown_node"),
        ("created", ""),
    ]
    assert "west" not in found[0].result.problems[-1].message


def test_what_the_stored_record_does_not_admit_is_refused(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, Outcome(id="o", price_max=5, node="core"))
    rows = [Outcome(id="o", price_min=9, node="core")]
    rows += [Outcome(id="s", secrecy=Secrecy.SECRET, node="core"), Outcome(id="z\0", node="core")]
    found = planned(platform, *map(row, rows), holds=frozenset({"price_min"}))
    assert told(found) == [("refused", "invalid_value")] * 3
    assert found[0].result.problems[-1].column == "price_min"


def test_an_illegal_step_is_refused_with_the_legal_ones(platform: Platform) -> None:
    parties: tuple[tuple[Noun, Any], ...] = (
        (Noun.NEED, Need(id="n")),
        (Noun.OUTCOME, Outcome(id="o")),
        (Noun.MANAGER, Manager(id="m")),
    )
    for noun, party in parties:
        put(platform, noun, party)
    before = FollowUp(
        id="f", need="n", outcome="o", manager="m", node="core", state=FollowUpState.NEGOTIATING
    )
    with platform.database.writing() as session:
        followups.add(session, before)
    back = row(replace(before, state=FollowUpState.SUGGESTED))
    found = planned(platform, back, noun=Noun.FOLLOW_UP)
    assert told(found) == [("refused", "contradiction")]
    assert "contract_signed" in (found[0].result.problems[-1].hint or "")


def test_a_pair_whose_record_was_merged_since_stays_as_it_is(platform: Platform) -> None:
    put(platform, Noun.NEED, Need(id="n"))
    put(platform, Noun.OUTCOME, Outcome(id="o"), Outcome(id="kept"))
    put(platform, Noun.MANAGER, Manager(id="m"))
    before = FollowUp(id="f", need="n", outcome="o", manager="m", node="core")
    with platform.database.writing() as session:
        followups.add(session, before)
        records.set_merged(session, Noun.OUTCOME, "o", "kept", actor="x", at=NOW)
    for outcome in ("o", "kept"):
        found = planned(platform, row(replace(before, outcome=outcome)), noun=Noun.FOLLOW_UP)
        assert told(found) == [("unchanged", "")]
    fresh = row(replace(before, id="g"))
    assert planned(platform, fresh, noun=Noun.FOLLOW_UP)[0].record.outcome == "kept"
