"""`python -m training learning`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from training.__main__ import main
from training.page import markers

SMALL = ("--seeds", "1", "--months", "1", "--outcomes", "40", "--needs", "20", "--managers", "6")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["learning", *map(str, arguments)])


@pytest.mark.slow
def test_the_figures_are_printed_and_put_between_their_markers(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    begin, end = markers("learning")
    page.write_text(f"before\n{begin}old{end}\nafter\n")
    result = run(*SMALL, "-o", page)
    assert result.exit_code == 0, result.output
    assert "SYNTHETIC" in result.stdout
    assert "seed 11, month 1: " in result.stderr
    text = page.read_text()
    assert text.startswith(f"before\n{begin}\n\nSYNTHETIC")
    assert text.endswith(f"{end}\nafter\n")


def test_a_page_without_a_place_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("nothing\n")
    result = run(*SMALL, "-o", page)
    assert result.exit_code == 1
    assert "has no place for the learning" in result.stderr
    assert page.read_text() == "nothing\n"


def test_a_size_that_no_platform_has_is_refused() -> None:
    result = run("--outcomes", "0")
    assert result.exit_code == 2
    assert "can't have 0 outcomes" in result.stderr
