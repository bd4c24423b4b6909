from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.actions.export_original import check_originals, write_originals
from matcher.actions.platform import Platform
from matcher.actions.shelves import shelf_of
from matcher.domain import Noun
from matcher.errors import UnwritableOutput, UsageError
from tests.actions.import_cases import imported, jsonl, opened


@pytest.fixture
def platform(filled_file: Path, tmp_path: Path) -> Iterator[Platform]:
    (tmp_path / "small.db").write_bytes(filled_file.read_bytes())
    with opened(f"sqlite:///{tmp_path / 'small.db'}", tmp_path) as platform:
        yield platform


def test_only_the_import_that_wrote_the_record_counts(platform: Platform, tmp_path: Path) -> None:
    rows = [
        {"id": "o1", "title": "ＡＢ"},
        {"id": "o2", "title": "=ＣＤ"},
        {"id": "o3", "title": "ＥＦ"},
    ]
    first = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "a.jsonl", rows)).id
    rows[0]["title"] = "ＧＨ"
    second = imported(platform, Noun.OUTCOME, jsonl(tmp_path / "b.jsonl", rows)).id
    written = {"o1": second, "o2": first}
    out = tmp_path / "o.csv"
    with platform.database.reading() as session:
        count = write_originals(session, shelf_of(Noun.OUTCOME), written, out)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    assert count == 2
    assert sorted(lines) == [["o1", "title", "ＧＨ", "GH"], ["o2", "title", "'=ＣＤ", "'=CD"]]


def test_originals_are_a_csv_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    for bad in (out, tmp_path / "o.jsonl"):
        with pytest.raises(UsageError):
            check_originals(bad, out)
    with pytest.raises(UnwritableOutput):
        check_originals(tmp_path / "none" / "o.csv", out)
