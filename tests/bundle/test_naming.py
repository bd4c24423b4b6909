"""Names in a models folder: order, what is a version, what is remains, what is let be."""

from pathlib import Path

import pytest

from matcher.bundle import naming


def test_a_version_is_its_number_and_the_head_of_its_hash() -> None:
    assert naming.version_name(7, "0123456789abcdef") == "0007-01234567"
    assert naming.number_of("0007-01234567") == 7
    assert naming.number_of(naming.version_name(12345, "f" * 64)) == 12345


@pytest.mark.parametrize(
    "name",
    [
        "",
        "7-01234567",
        "0007-0123456",
        "0007-0123456G",
        "../0007-01234567",
        "0007-01234567\n",
        "٠٠٠٧-01234567",
    ],
)
def test_other_names_are_no_versions(name: str) -> None:
    assert not naming.is_version(name)


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10000-00000000", "9999-ffffffff", "0002-aaaaaaaa"):
        (tmp_path / name).mkdir()
    assert naming.versions_in(tmp_path) == ["0002-aaaaaaaa", "9999-ffffffff", "10000-00000000"]


def test_what_people_put_beside_is_let_be(tmp_path: Path) -> None:
    for name in (".DS_Store", "notes.txt", "current.json", ".something.part"):
        (tmp_path / name).touch()
    (tmp_path / "old models").mkdir()
    (tmp_path / "0001-aaaaaaaa").symlink_to(tmp_path / "old models")
    assert naming.versions_in(tmp_path) == []
    assert naming.drafts_in(tmp_path) == []
    assert naming.remains_in(tmp_path) == []
    assert naming.largest_number(tmp_path) == 0


def test_drafts_and_remains_are_told_apart(tmp_path: Path) -> None:
    draft, gone = naming.draft_name(3, 4711), naming.gone_name("0002-aaaaaaaa")
    (tmp_path / draft).mkdir()
    (tmp_path / gone).mkdir()
    (tmp_path / ".current.json.0123456789ab.part").touch()
    assert naming.drafts_in(tmp_path) == [draft]
    assert [path.name for path in naming.remains_in(tmp_path)] == [
        gone,
        ".current.json.0123456789ab.part",
    ]


def test_hidden_folders_count_for_the_largest_number(tmp_path: Path) -> None:
    (tmp_path / "0002-aaaaaaaa").mkdir()
    assert naming.largest_number(tmp_path) == 2
    (tmp_path / naming.gone_name("0004-aaaaaaaa")).mkdir()
    assert naming.largest_number(tmp_path) == 4
    (tmp_path / naming.draft_name(5, 1)).mkdir()
    assert naming.largest_number(tmp_path) == 5


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert naming.versions_in(tmp_path / "none") == []
    assert naming.largest_number(tmp_path / "none") == 0
