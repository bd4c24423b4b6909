"""Steps and a bar, on standard error."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from matcher.cli.progress import reporting


def test_without_a_terminal_steps_are_lines_and_there_is_no_bar(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with reporting(False) as report:
        report.say("Saving [the] :cat:")
        report.bytes(5, 10)
    assert capsys.readouterr() == ("", "Saving [the] :cat:\n")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with reporting(True) as report:
        report.say("Saving")
        report.bytes(5, None)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_the_bar_tells_the_bytes() -> None:
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=80, color_system=None)
    with reporting(False, console) as report:
        report.bytes(1, None)
        report.bytes(500_000, 1_000_000)
    assert "0.5/1.0 MB" in out.getvalue()
