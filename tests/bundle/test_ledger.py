"""Numbers: one more than ever before, whatever was removed."""

from pathlib import Path

import pytest

from matcher.bundle.ledger import LEDGER, next_number
from matcher.errors import BrokenBundle


def test_numbers_go_up_from_one(tmp_path: Path) -> None:
    assert [next_number(tmp_path) for _ in range(3)] == [1, 2, 3]


def test_a_number_is_not_given_again_when_its_folder_is_gone(tmp_path: Path) -> None:
    (tmp_path / "0007-aaaaaaaa").mkdir()
    assert next_number(tmp_path) == 8
    (tmp_path / "0007-aaaaaaaa").rmdir()
    assert next_number(tmp_path) == 9


def test_folders_that_came_without_the_ledger_count(tmp_path: Path) -> None:
    next_number(tmp_path)
    (tmp_path / "0041-aaaaaaaa").mkdir()
    assert next_number(tmp_path) == 42


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format": 1, "last": -1}', '{"format": 1, "last": "3"}']
)
def test_a_damaged_ledger_is_said_and_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / LEDGER).write_text(content)
    with pytest.raises(BrokenBundle, match="Remove the file"):
        next_number(tmp_path)
    assert (tmp_path / LEDGER).read_text() == content
