"""`matcher export`: records to a file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from matcher.actions.export import Exported, export_records
from matcher.cli.answers import viewer_for
from matcher.cli.counter import counter
from matcher.cli.imports import NOUNS
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, quiet_option
from matcher.domain.enums import Language

_PATH = click.Path(path_type=Path, readable=False)


@click.command(epilog="Example: matcher export outcomes 成果.xlsx --lang zh")
@click.argument("noun", type=click.Choice(list(NOUNS)))
@click.argument("file", type=_PATH)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Of an .xlsx (zh).")
@click.option("--original", is_flag=True, help="Also FILE.original.csv: texts before repair.")
@click.option("--as", "login", help="What this account may see; everything unless given.")
@quiet_option
@json_option
@pass_place
def export(
    place: Place,
    noun: str,
    file: Path,
    lang: str,
    original: bool,
    login: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write all records of a kind to FILE.

    A .jsonl holds everything and can be imported again; .csv and .xlsx hold what a table can.
    """
    console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True, emoji=False)
    with place.platform() as platform, counter("records", console) as progress:
        done = export_records(
            platform,
            viewer_for(platform, login),
            NOUNS[noun],
            file,
            language=Language(lang),
            originals=_originals(file) if original else None,
            progress=progress,
        )
    if as_json:
        print_json(_told(done))
    else:
        console.print(f"{done.records:,} {noun} written to {done.file}.", markup=False)
        if done.originals_file:
            line = f"{done.originals:,} texts as they were written to {done.originals_file}."
            console.print(line, markup=False)


def _originals(file: Path) -> Path:
    return file.with_name(f"{file.stem}.original.csv")


def _told(done: Exported) -> dict[str, object]:
    named = {"noun": done.noun, "file": str(done.file), "records": done.records}
    originals = str(done.originals_file) if done.originals_file else None
    return {**named, "originals_file": originals, "originals": done.originals}
