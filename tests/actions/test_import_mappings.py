"""Columns that were chosen are known again, and go to the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.import_mappings import FOLDER, mapping_file, remember, remembered
from matcher.domain.enums import Noun
from matcher.errors import MissingData
from matcher.files.vocabulary_file import load_vocabulary

COLUMNS = {"名 称": "title", '"b"\\': "problem", "丙": "problem", "丁\x7f": ""}


def test_the_same_headings_are_known_again_in_any_order(tmp_path: Path) -> None:
    remember(tmp_path, "n1", "need", COLUMNS)
    assert remembered(tmp_path, "n1", "need", list(reversed(COLUMNS))) == COLUMNS
    remember(tmp_path, "n1", "need", {**COLUMNS, "丙": ""})
    assert remembered(tmp_path, "n1", "need", list(COLUMNS)) == {**COLUMNS, "丙": ""}
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


@pytest.mark.parametrize(
    ("node", "noun", "names"),
    [("n2", "need", list(COLUMNS)), ("n1", "outcome", list(COLUMNS)), ("n1", "need", ["名 称"])],
)
def test_other_headings_kinds_and_nodes_are_others(
    tmp_path: Path, node: str, noun: str, names: list[str]
) -> None:
    remember(tmp_path, "n1", "need", COLUMNS)
    assert remembered(tmp_path, node, noun, names) is None


def test_the_mapping_file_is_one_that_the_command_line_reads(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(mapping_file("need", COLUMNS), encoding="utf-8")
    found = load_vocabulary(path)
    assert found.noun is Noun.NEED
    assert found.required[None] == {"title": ("名 称",), "problem": ('"b"\\', "丙")}


def test_without_a_column_there_is_no_mapping_file() -> None:
    with pytest.raises(MissingData):
        mapping_file("need", {"a": ""})
