"""What commands print of many things of a kind: columns for people, JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click
from rich.cells import cell_len

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, Any]
_GAP = "  "


def json_option(command: F) -> F:
    """Add --json to a command; it gets it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="JSON, for scripts.")(command)


def quiet_option(command: F) -> F:
    """Add -q to a command; it gets it as `quiet`."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")(command)


def print_json(value: object) -> None:
    """One JSON value on a line of standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def print_rows(rows: Sequence[Row], columns: Sequence[str], as_json: bool) -> None:
    """The rows to standard output: as a JSON array of all they hold, or the named columns."""
    if as_json:
        print_json(list(rows))
        return
    for line in table(rows, columns):
        click.echo(line)


def table(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """A heading and a line for each row, as wide as it takes; nothing for no rows."""
    if not rows:
        return
    cells = [[shown(row.get(column)) for column in columns] for row in rows]
    lines = [[column.replace("_", " ").upper() for column in columns], *cells]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        padded = (_padded(text, width) for text, width in zip(line, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def print_facts(facts: Row, as_json: bool) -> None:
    """The facts of one thing: as a JSON object, or a line each."""
    if as_json:
        print_json(facts)
        return
    width = max(cell_len(name) for name in facts)
    for name, value in facts.items():
        click.echo(f"{_padded(name.replace('_', ' '), width)}{_GAP}{shown(value)}".rstrip())


def shown(value: object) -> str:
    """A value as people read it, on one line; nothing for None, yes and no for truth values."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return "".join(char if char.isprintable() else " " for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
