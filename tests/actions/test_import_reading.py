from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.actions.import_reading import Request, read_file, vocabulary_of
from matcher.domain import Noun
from matcher.errors import UnreadableFile, UsageError

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def test_the_whole_file_is_read_and_named_by_its_bytes(tmp_path: Path) -> None:
    path, seen = tmp_path / "a.csv", []
    path.write_text("id,title,foo\n1,x,y\n2,z,\n", encoding="utf-8")
    read = read_file(Request(Noun.NEED, path, source="s", node="core"), NOW, seen.append)
    assert [row.record.id for row in read.rows.rows] == ["s:1", "s:2"]
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (seen, [notice.code.value for notice in read.notices]) == (
        [2],
        ["no_text_column", "unmapped_columns"],
    )


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,title\n1,x\n", encoding="utf-8")

    def change(rows: int) -> None:
        path.write_text("id,title\n1,y\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="changed"):
        read_file(Request(Noun.NEED, path), NOW, change)


def test_a_file_that_goes_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,title\n1,x\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="any more"):
        read_file(Request(Noun.NEED, path), NOW, lambda rows: path.unlink())


def test_a_mapping_is_a_path_or_a_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[columns]\ntitle = "X"\n', encoding="utf-8")
    assert vocabulary_of(str(mine)).required
    assert vocabulary_of("sbir") != vocabulary_of("")
    monkeypatch.chdir(tmp_path)
    assert vocabulary_of("mine.toml").required
    with pytest.raises(UnreadableFile, match="sbir"):
        vocabulary_of("nobody-knows-it")
    with pytest.raises(UnreadableFile):
        vocabulary_of("none/mine.toml")


@pytest.mark.parametrize("source", ["a:b", "a b", "\n", "x" * 33])
def test_a_source_that_would_not_set_ids_apart_is_refused(source: str) -> None:
    with pytest.raises(UsageError, match="source"):
        Request(Noun.NEED, Path("a.csv"), source=source)
