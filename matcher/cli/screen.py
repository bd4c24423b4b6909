"""Matches on a terminal: a heading a query, then for each match how well it fits, what and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from matcher.cli.wrap import wrap
from matcher.domain.enums import Language
from matcher.domain.result import Fit
from matcher.errors import UnwritableOutput
from matcher.files.match_row import MatchRow

WIDTH = 100
"""Of lines that don't go to a terminal, and at most of those that do."""
_NARROWEST = 40
_STYLES = {Fit.STRONG: "bold green", Fit.POSSIBLE: "yellow", Fit.WEAK: "dim"}


def print_matches(rows: Iterable[MatchRow], language: Language) -> None:
    """Print the rows to standard output; without colours where that is no terminal.

    Raises UnwritableOutput, but for a reader that left: `| head` is no fault.
    """
    console = Console(highlight=False, soft_wrap=True)
    width = max(min(console.width, WIDTH), _NARROWEST) if console.is_terminal else WIDTH
    for line in match_lines(rows, language, width):
        _print(console, line)


def _print(console: Console, line: Text) -> None:
    try:
        console.print(line)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableOutput(f"standard output can't be written: {error.strerror}.") from error


def match_lines(rows: Iterable[MatchRow], language: Language, width: int) -> Iterator[Text]:
    """The lines, none wider than `width` cells. Rows of one query follow each other."""
    for (query, title), group in groupby(rows, key=lambda row: (row.query_id, row.query_title)):
        for line in wrap(_named(query, title), width):
            yield Text(line, style="bold")
        for row in group:
            yield from _pair(row, language, width)
        yield Text()


def _pair(row: MatchRow, language: Language, width: int) -> Iterator[Text]:
    fit = Fit(row.band) if row.band else None
    margin = Text.assemble(
        f"{row.rank:>3}  ",
        (_padded(fit.label(language) if fit else "", 8), _STYLES[fit] if fit else ""),
        f"  {row.score:.3f}  ",
        "" if row.likelihood is None else f"{percent(row.likelihood):>4}  ",
    )
    room = width - margin.cell_len
    named = wrap(_named(row.candidate_id, row.candidate_title), room)
    why = chain.from_iterable(wrap(reason, room) for reason in row.reason_texts)
    lines = [*(Text(line) for line in named), *(Text(line, style="dim") for line in why)]
    blank = Text(" " * margin.cell_len)
    for place, line in enumerate(lines):
        yield (blank if place else margin) + line


def percent(likelihood: float) -> str:
    """A likelihood in at most four characters; nothing is impossible, and nothing is certain."""
    whole = f"{likelihood:.0%}"
    return {"0%": "<1%", "100%": ">99%"}.get(whole, whole)


def _named(id_: str, title: str) -> str:
    return f"{id_}  {title}".strip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
