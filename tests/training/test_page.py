"""What people wrote around the markers stays."""

from pathlib import Path

import pytest

from matcher.errors import InvalidValue, UnreadableFile, UnwritableOutput
from training.page import BEGIN, END, check_page, write_page


def test_a_page_is_made_and_its_table_replaced(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    check_page(page)
    write_page(page, "first", "Quality")
    assert page.read_text() == f"# Quality\n\n{BEGIN}\n\nfirst\n\n{END}\n"
    write_page(page, "second", "Quality")
    assert page.read_text() == f"# Quality\n\n{BEGIN}\n\nsecond\n\n{END}\n"


def test_the_text_around_survives_to_the_byte(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_bytes(f"# 质量\r\n\r\nbefore {BEGIN}old{END} after\r\n\r\n".encode())
    write_page(page, "new", "Quality")
    wanted = f"# 质量\r\n\r\nbefore {BEGIN}\n\nnew\n\n{END} after\r\n\r\n".encode()
    assert page.read_bytes() == wanted


@pytest.mark.parametrize(
    "text", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"]
)
def test_a_page_without_one_place_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    page = tmp_path / "quality.md"
    page.write_text(text)
    for act in (check_page, lambda path: write_page(path, "new", "Quality")):
        with pytest.raises(InvalidValue, match="no place for the table"):
            act(page)
    assert page.read_text() == text


def test_what_cannot_be_read_or_written_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="folder"):
        check_page(tmp_path / "absent" / "quality.md")
    with pytest.raises(UnreadableFile):
        check_page(tmp_path)
    (tmp_path / "gbk.md").write_bytes("质量".encode("gbk"))
    with pytest.raises(UnreadableFile, match=r"gbk\.md"):
        check_page(tmp_path / "gbk.md")
