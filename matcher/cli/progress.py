"""How far a long piece of work has come: lines, and a bar on a terminal, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn


class Reporter:
    """Takes the steps of an action and the bytes it has done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def say(self, text: str) -> None:
        """A step begins."""
        self._progress.console.print(text, markup=False)

    def bytes(self, done: int, total: int | None) -> None:
        """So many bytes are done, of `total` if that is known."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def reporting(quiet: bool, console: Console | None = None) -> Iterator[Reporter]:
    """A reporter for the block; the bar is gone after it. quiet: it says nothing."""
    console = console or Console(
        stderr=True, quiet=quiet, highlight=False, soft_wrap=True, emoji=False
    )
    columns = (TextColumn(""), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        yield Reporter(bar)
