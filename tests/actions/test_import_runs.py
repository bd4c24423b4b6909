from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.actions.import_runs import (
    noun_of,
    page_imports,
    problems_of,
    recent,
    required,
    rows_of,
    show,
)
from matcher.actions.platform import Platform
from matcher.domain import SYSTEM, Noun
from matcher.errors import NotFound
from tests.actions.import_cases import NEEDS, OUTCOMES, admin, imported, jsonl, opened, with_parties


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def test_imports_are_listed_to_the_admins_of_their_nodes(
    platform: Platform, tmp_path: Path
) -> None:
    path = jsonl(tmp_path / "a.jsonl", OUTCOMES)
    ids = [imported(platform, Noun.OUTCOME, path, node=node).id for node in ("east", "west")]
    assert [run.id for run in recent(platform, SYSTEM)] == ids[::-1]
    assert [run.id for run in recent(platform, SYSTEM, limit=1)] == ids[1:]
    assert [run.id for run in recent(platform, admin("east"))] == ids[:1]
    with pytest.raises(NotFound):
        show(platform, admin("east"), ids[1])
    first = page_imports(platform, SYSTEM, "", 1)
    assert ([run.id for run in first.rows], first.next) == (ids[1:], ids[1])
    assert [run.id for run in page_imports(platform, SYSTEM, ids[1], 1).rows] == ids[:1]
    assert page_imports(platform, admin("east"), "", 1).next is None


def test_an_import_is_shown_with_the_rows_that_say_something(
    platform: Platform, tmp_path: Path
) -> None:
    rows = [{"id": "1", "title": "plain"}, {"id": "2", "title": "ＡＢＣ"}, {"id": "3"}]
    path = jsonl(tmp_path / "a.jsonl", rows)
    shown = show(platform, SYSTEM, imported(platform, Noun.NEED, path, partial=True).id)
    assert [(row.row, row.action.value) for row in shown.rows] == [(2, "created"), (3, "refused")]
    first = show(platform, SYSTEM, shown.run.id, 1)
    assert ([row.row for row in first.rows], first.next) == ([2], "2")
    rest = show(platform, SYSTEM, shown.run.id, 1, after=2)
    assert ([row.row for row in rest.rows], rest.next) == ([3], None)


def test_of_interactions_only_what_is_said_is_shown(platform: Platform, tmp_path: Path) -> None:
    with_parties(platform, tmp_path)
    path = jsonl(tmp_path / "a.jsonl", [{"need": NEEDS[0]["id"], "outcome": "o1"}])
    report = imported(platform, "interaction", path)
    shown = show(platform, SYSTEM, report.id)
    assert (noun_of(shown.run), shown.rows) == ("interaction", ())
    with platform.database.reading() as session:
        assert [problems_of(row) for row in rows_of(session, report.id)] == [[]]


def test_pages_of_rows_are_one(platform: Platform, tmp_path: Path) -> None:
    rows = [{"id": f"{n:04}", "title": "x"} for n in range(1001)]
    report = imported(platform, Noun.NEED, jsonl(tmp_path / "a.jsonl", rows))
    with platform.database.reading() as session:
        assert required(session, SYSTEM, report.id).counts["created"] == 1001
        assert [row.row for row in rows_of(session, report.id)] == list(range(1, 1002))
