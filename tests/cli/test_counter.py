from __future__ import annotations

import io

import pytest
from rich.console import Console

from matcher.cli.counter import PATIENCE, counter


@pytest.mark.parametrize(
    ("terminal", "seconds", "shown"),
    [(True, PATIENCE, True), (True, PATIENCE / 2, False), (False, PATIENCE, False)],
)
def test_the_count_is_shown_on_a_terminal_after_a_while(
    terminal: bool, seconds: float, shown: bool
) -> None:
    stream, times = io.StringIO(), iter([0.0, seconds])
    console = Console(file=stream, force_terminal=terminal, _environ={"TERM": "xterm"})
    with counter("rows read", console, lambda: next(times)) as tell:
        tell(4321)
    assert ("4321" in stream.getvalue()) is shown


def test_quiet_is_quiet() -> None:
    stream, times = io.StringIO(), iter([0.0, 9.0])
    console = Console(file=stream, force_terminal=True, quiet=True)
    with counter("rows read", console, lambda: next(times)) as tell:
        tell(1)
    assert stream.getvalue() == ""
