"""`matcher import` and `matcher imports`: files in, the list of them, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from matcher.actions.import_reading import Request
from matcher.actions.import_report import ImportReport
from matcher.actions.import_runs import recent
from matcher.actions.import_runs import show as show_import
from matcher.actions.import_undo import undo_import
from matcher.actions.imports import import_file
from matcher.cli.counter import counter
from matcher.cli.import_lines import (
    report_lines,
    report_mapping,
    run_line,
    run_mapping,
    shown_lines,
    shown_mapping,
    undo_line,
    undo_mapping,
)
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, quiet_option
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.errors import ImportRefused
from matcher.files.sheet_columns import INTERACTION

NOUNS = {
    "outcomes": Noun.OUTCOME,
    "needs": Noun.NEED,
    "managers": Noun.MANAGER,
    "organisations": Noun.ORGANISATION,
    "interactions": INTERACTION,
    "followups": Noun.FOLLOW_UP,
}
"""What is imported and exported, as it is typed."""

_PATH = click.Path(path_type=Path, readable=False)


@click.command("import", epilog="Example: matcher import needs 需求.xlsx --dry-run")
@click.argument("noun", type=click.Choice(list(NOUNS)))
@click.argument("file", type=_PATH)
@click.option("--mapping", default="", help="TOML that names the columns, or a shipped name: sbir.")
@click.option("--source", default="", help="Goes before the file's ids, so they stay apart.")
@click.option("--node", default="", help="Where records go that name none; the root unless given.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--accept-partial", "partial", is_flag=True, help="Leave refused rows out.")
@click.option("--report", type=_PATH, help="Every row in a file: .jsonl, .csv or .xlsx.")
@quiet_option
@json_option
@pass_place
def import_(
    place: Place, /, noun: str, file: Path, quiet: bool, as_json: bool, **given: Any
) -> None:
    """Import the records of FILE: all of them, or none where a row can't be.

    Files are .xlsx, .csv, .tsv or .jsonl, text files also .gz. The same file again changes
    nothing; rows that differ update their records.
    """
    request = Request(NOUNS[noun], file, **given)
    console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True, emoji=False)
    with place.platform() as platform, counter("rows read", console) as progress:
        try:
            report = import_file(platform, request, SYSTEM, progress=progress)
        except ImportRefused as refused:
            _tell(refused.values["report"], request, console, as_json)
            raise
    _tell(report, request, console, as_json)


@click.group(epilog="Example: matcher imports list")
def imports() -> None:
    """The imports that were made, and taking one back."""


@imports.command("list", epilog="Example: matcher imports list --json")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@json_option
@pass_place
def list_(place: Place, limit: int, as_json: bool) -> None:
    """List imports, the last one first."""
    with place.platform() as platform:
        runs = recent(platform, SYSTEM, limit)
    if as_json:
        print_json([run_mapping(run) for run in runs])
    else:
        _print(map(run_line, runs) if runs else ["Nothing was imported yet."])


@imports.command(epilog="Example: matcher imports show 20261101-093000-a1b2c3")
@click.argument("import_id", metavar="ID")
@json_option
@pass_place
def show(place: Place, import_id: str, as_json: bool) -> None:
    """Show an import and its rows with something to say."""
    with place.platform() as platform:
        shown = show_import(platform, SYSTEM, import_id)
    if as_json:
        print_json(shown_mapping(shown))
    else:
        _print(shown_lines(shown))


@imports.command(epilog="Example: matcher imports undo 20261101-093000-a1b2c3 --dry-run")
@click.argument("import_id", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--force", is_flag=True, help="Leave alone what was changed since.")
@json_option
@pass_place
def undo(place: Place, import_id: str, dry_run: bool, force: bool, as_json: bool) -> None:
    """Take a whole import back: its records are as they were before it."""
    console = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
    with place.platform() as platform, counter("records", console) as progress:
        report = undo_import(
            platform, SYSTEM, import_id, force=force, dry_run=dry_run, progress=progress
        )
    if as_json:
        print_json(undo_mapping(report))
    else:
        click.echo(undo_line(report))


def _tell(report: ImportReport, request: Request, console: Console, as_json: bool) -> None:
    """For scripts on standard output, for people on standard error with the other messages."""
    if as_json:
        print_json(report_mapping(report, request.dry_run))
        return
    for line in report_lines(report):
        console.print(line, markup=False)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
