"""A row that would make another thing of the record that has its id is pointed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions.import_identity import Identities, unlike
from matcher.actions.import_report import Action, ImportReport, PlanCode
from matcher.actions.import_undo import undo_import
from matcher.actions.platform import Platform
from matcher.actions.shelf import Present
from matcher.domain.enums import Noun, Visibility
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.files.mapping import ColumnMap
from matcher.store import records
from tests.actions.import_cases import NOW, imported, jsonl, opened, stored
from tests.platforms import need

SEWAGE = {"id": "3", "title": "高盐废水处理技术需求", "problem": "盐"}
AIRCRAFT = {"id": "3", "title": "飞机蒙皮焊接技术需求", "problem": "焊"}


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def put(platform: Platform, name: str, row: dict[str, str], **more: bool) -> ImportReport:
    return imported(platform, Noun.NEED, jsonl(platform.settings.home / name, [row]), **more)


def doubted(report: ImportReport) -> list[tuple[str | None, str | None]]:
    found = [one for result in report.results for one in result.problems]
    return [(one.was, one.now) for one in found if one.code is PlanCode.OTHER_TITLE]


def test_another_files_row_with_another_title_is_asked_about_and_not_stopped(
    platform: Platform,
) -> None:
    put(platform, "a.jsonl", SEWAGE)
    tried = put(platform, "b.jsonl", AIRCRAFT, dry_run=True)
    assert doubted(tried) == [(SEWAGE["title"], AIRCRAFT["title"])]
    assert tried.results[0].action is Action.UPDATED
    assert doubted(put(platform, "b.jsonl", AIRCRAFT)) == doubted(tried)
    assert stored(platform, Noun.NEED, "3").record.title == AIRCRAFT["title"]


def test_the_same_file_name_is_asked_about_too(platform: Platform) -> None:
    """Next month's table has the same name, and other needs."""
    put(platform, "a.jsonl", SEWAGE)
    assert len(doubted(put(platform, "a.jsonl", AIRCRAFT, dry_run=True))) == 1


def test_what_was_written_by_hand_is_asked_about_whatever_the_file(platform: Platform) -> None:
    put(platform, "a.jsonl", SEWAGE)
    with platform.database.writing() as session:
        before = stored(platform, Noun.NEED, "3").record
        records.put(session, Noun.NEED, [replace(before, problem="咸")], actor="x", at=NOW)
    assert len(doubted(put(platform, "a.jsonl", AIRCRAFT, dry_run=True))) == 1


def test_a_title_with_something_in_common_or_the_same_in_english_is_the_same(
    platform: Platform,
) -> None:
    put(platform, "a.jsonl", {**SEWAGE, "title_en": "Desalting"})
    assert doubted(put(platform, "b.jsonl", {**SEWAGE, "title": "高盐废水零排放"})) == []
    assert doubted(put(platform, "b.jsonl", {**AIRCRAFT, "title_en": "Desalting"})) == []


def test_what_was_taken_back_is_asked_about_too(platform: Platform) -> None:
    undo_import(platform, SYSTEM, put(platform, "a.jsonl", SEWAGE).id)
    report = put(platform, "b.jsonl", AIRCRAFT, dry_run=True)
    assert (report.results[0].action, len(doubted(report))) == (Action.RESTORED, 1)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("高盐废水处理技术", "飞机蒙皮焊接技术", True),
        ("污水处理", "污水深度处理", False),
        ("Sewage treatment", "Welding of aircraft", True),
        ("Sewage treatment", "Treatment of sewage in towns", False),
        ("ＡＢＣ", "abc", False),
        ("技术需求", "技术需求", False),
        ("", "飞机", False),
        ("泵", "阀", True),
    ],
)
def test_titles_have_something_in_common_or_nothing(
    first: str, second: str, expected: bool
) -> None:
    assert unlike(first, second) is expected


def test_the_title_of_what_the_viewer_may_not_know_of_is_not_told() -> None:
    columns = ColumnMap(Noun.NEED, {}, ())
    there = Present(need("3", "绝密电池配方", node="n2", visibility=Visibility.NAMED))
    row = need("3", "飞机蒙皮焊接", node="n2")
    viewers = (SYSTEM, Viewer(None, frozenset({"admins:n2"})))
    assert [len(list(Identities(columns, one).doubts(there, row))) for one in viewers] == [1, 0]
