"""The command `simulate`."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.actions.platform import OPERATOR
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.errors import UsageError
from matcher.settings import Settings
from matcher.store import events, followups, records
from training.simulation.command import first_day, simulate
from training.simulation.size import Size


def run(home: Path, *more: str) -> Result:
    given = ["--home", str(home), "--outcomes", "40", "--needs", "20", "--managers", "4"]
    line = [*given, "--events", "150", "--end", "2026-11-01", *more]
    return CliRunner(env={"MATCHER_HOME": "", "MATCHER_DATABASE": ""}).invoke(simulate, line)


def contents(home: Path) -> list[object]:
    with open_platform(Settings(home=home)) as platform, platform.database.reading() as session:
        found: list[object] = [kept.followup for kept in followups.every(session)]
        for noun in (Noun.OUTCOME, Noun.NEED, Noun.MANAGER, Noun.ORGANISATION):
            found += [one.record for one in records.every(session, noun)]
        # Making the platform itself is told with the time that it was made at.
        return found + [event for _, event in events.read(session) if event.actor != OPERATOR]


def test_a_platform_is_made_and_its_counts_are_printed(tmp_path: Path) -> None:
    result = run(tmp_path / "home")
    assert result.exit_code == 0, result.output
    assert "Synthetic platform in" in result.stdout
    assert "4 managers, 40 outcomes, 20 needs, 150 events" in result.stdout
    assert "150 events" in result.stderr
    assert len(contents(tmp_path / "home")) > 4 + 40 + 20 + 150


@pytest.mark.slow
def test_one_seed_makes_the_same_platform_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert run(tmp_path / name, "--seed", seed).exit_code == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b") != contents(tmp_path / "c")


def test_a_platform_with_records_is_refused_and_stays(tmp_path: Path) -> None:
    run(tmp_path / "home")
    before = contents(tmp_path / "home")
    again = run(tmp_path / "home", "--seed", "9")
    assert isinstance(again.exception, UsageError)
    assert "isn't empty: it has" in str(again.exception)
    assert "40 outcomes" in str(again.exception)
    assert contents(tmp_path / "home") == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--outcomes", "0"], "can't have 0 outcomes"),
        (["--seed", "-3"], "-3 is no seed"),
        (["--events", "-1"], "can't have -1 events"),
        (["--events", "4000"], "not enough pairs for 4000 events"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    tmp_path: Path, options: list[str], message: str
) -> None:
    result = run(tmp_path / "home", *options)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert run(tmp_path / "home").exit_code == 0


def test_a_day_that_is_none_is_misuse(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "--end", "soon")
    assert result.exit_code == 2
    assert not (tmp_path / "home").exists()


def test_the_history_ends_before_the_day_named() -> None:
    assert first_day(Size(1, 1, 1, months=2), dt.date(2026, 3, 2)) == dt.date(2026, 1, 1)
