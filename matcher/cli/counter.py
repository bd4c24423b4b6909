"""How many are done, on a terminal, once something takes a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PATIENCE = 2.0
"""Seconds before anything is shown."""


@contextmanager
def counter(
    label: str, console: Console, tick: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int], None]]:
    """Hand out a function to be told the count; where the console is no terminal it's silent."""
    columns = (SpinnerColumn(), TextColumn(label), MofNCompleteColumn(), TimeElapsedColumn())
    started = tick()
    with Progress(*columns, console=console, transient=True, disable=_is_silent(console)) as shown:
        task = shown.add_task(label, total=None, visible=False)

        def tell(count: int) -> None:
            shown.update(task, completed=count, visible=tick() - started >= PATIENCE)

        yield tell


def _is_silent(console: Console) -> bool:
    return console.quiet or not console.is_terminal
