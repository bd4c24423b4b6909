"""The commands of `python -m training`, with a stub in place of the matcher for `evaluate`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.actions.platform import Platform
from matcher.recommend.recipe import read_recipe
from training import __main__ as command
from training import ranker
from training.__main__ import main
from training.page import BEGIN, END
from training.search import Trial
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


def platform_run(platform: Platform, *arguments: str | Path) -> Result:
    """A command on the platform of these settings, without a process of its own."""
    variables = {"MATCHER_HOME": str(platform.settings.home)}
    return CliRunner(env=variables).invoke(main, [*map(str, arguments)])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_build_prints_version_and_ruling_on_one_line(platform: Platform) -> None:
    result = platform_run(platform, "build", "--seed", "3", "--fresh")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert platform.library.verify(found["version"]).parent == found["gate"]["against"]
    assert found["gate"]["verdict"] == "not_comparable"
    assert "[6/6] write" in result.stderr


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_comparison_prints_why_there_is_none(platform: Platform) -> None:
    version = platform.library.current().version
    result = platform_run(platform, "compare", version, version)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["metrics"] == {}
    assert platform_run(platform, "compare", version, "0009-00000000").exit_code == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_search_without_feedback_says_so_and_writes_nothing(
    platform: Platform, tmp_path: Path
) -> None:
    page = tmp_path / "found.toml"
    result = platform_run(platform, "search", "--minutes", "1", "-o", page)
    assert result.exit_code == 1
    assert "too little feedback" in result.stderr
    assert not page.exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_search_writes_the_best_recipe(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = [Trial({}, 0.5), Trial({"pooling.whole": 0.8}, 0.6)]
    monkeypatch.setattr(command, "tried", lambda *_: trials)
    page = tmp_path / "found.toml"
    result = platform_run(platform, "search", "-o", page)
    assert result.exit_code == 0, result.output
    assert read_recipe(page).pooling.whole == 0.8
    assert "0.6000 after 2 trials" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--minutes", "0"], 2, "minutes"),
        (["-o", "absent/recipe.toml"], 1, "its folder doesn't exist"),
        (["--space", "absent.toml"], 1, "can't be read"),
    ],
)
def test_a_search_is_refused_before_any_work(arguments: list[str], code: int, said: str) -> None:
    result = CliRunner().invoke(main, ["search", *arguments])
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.slow
def test_a_platform_is_simulated_and_its_learning_reported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    runner = CliRunner(env={"MATCHER_HOME": str(home)})
    sizes = ["--outcomes", "120", "--needs", "100", "--managers", "10", "--events", "2400"]
    made = runner.invoke(main, ["simulate", "--home", str(home), *sizes])
    assert made.exit_code == 0, made.output
    result = runner.invoke(main, ["platform"])
    assert result.exit_code == 0, result.output
    header, *rows = [line for line in result.stdout.splitlines() if line.startswith("|")]
    assert "concepts" in header
    assert "popularity" in header
    assert any(row.startswith("| need>outcome | nDCG@10 |") for row in rows)
    assert any(row.startswith("| exposure_gini.manager |") for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_platform_without_feedback_has_nothing_to_report(platform: Platform) -> None:
    result = platform_run(platform, "platform")
    assert result.exit_code == 1
    assert "too little feedback" in result.stderr
