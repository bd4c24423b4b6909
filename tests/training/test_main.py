"""The command `python -m training evaluate`, with a stub in place of the matcher."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from training import ranker
from training.__main__ import main
from training.page import BEGIN, END
from training.sets.case import Part


class Alphabetic:
    """Ranks every candidate by its id."""

    legs = ("concepts",)

    def __init__(self, part: Part, depth: int) -> None:
        self.part, self.depth = part, depth

    def rank(self, weights: object) -> dict[str, list[tuple[str, float]]]:
        ids = sorted(record["id"] for record in self.part.candidates)[: self.depth]
        return {query["id"]: [(id, 0.0) for id in ids] for query in self.part.queries}


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "fit", Alphabetic)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_the_sample_is_measured_and_printed_with_progress_beside() -> None:
    result = run("--only", "sample/managers")
    assert result.exit_code == 0
    assert "| sample/managers | nDCG@10 |" in result.stdout
    assert "| sample/managers, cross-language | nDCG@10 |" in result.stdout
    assert "[1/1] sample/managers" in result.stderr
    assert "[1/1]" not in result.stdout


def test_page_and_figures_are_written(tmp_path: Path) -> None:
    page, data = tmp_path / "quality.md", tmp_path / "quality.json"
    page.write_text(f"before\n{BEGIN}{END}\nafter\n")
    result = run("--only", "sample/managers", "-o", page, "--json", data)
    assert result.exit_code == 0
    assert "| sample/managers | nDCG@10 |" in result.stdout
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| sample/managers |" in text
    figures = json.loads(data.read_text())["figures"]
    assert set(figures[0]["systems"]) == {"concepts", "fusion"}


def test_sets_that_are_not_there_are_named(tmp_path: Path) -> None:
    result = run("--sets", tmp_path, "--only", "csl", "--only", "sample/managers")
    assert result.exit_code == 0
    assert "csl/titles, csl/keywords: skipped" in result.stderr
    assert "csl/titles, csl/keywords: skipped" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--only", "nothing"], 2, "no case or set is named 'nothing'"),
        (["--sets", "absent"], 1, "absent: is not a folder"),
        (["-o", "absent/quality.md"], 1, "its folder doesn't exist"),
        (["--json", "absent/quality.json"], 1, "its folder doesn't exist"),
    ],
)
def test_an_error_is_a_line_before_any_work(arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert "[1/" not in result.stderr
    assert "Traceback" not in result.output
