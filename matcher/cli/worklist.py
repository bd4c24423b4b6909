"""`matcher worklist`: what a manager is to decide on today."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from matcher.actions.worklist import worklist as worklist_of
from matcher.actions.worklist_row import Worklist
from matcher.cli.answers import viewer_for
from matcher.cli.dates import day
from matcher.cli.place import Place, pass_place
from matcher.cli.screen import WIDTH
from matcher.cli.tables import json_option, print_json
from matcher.cli.worklist_lines import worklist_lines
from matcher.domain.enums import Language

_EXAMPLE = "Example: matcher worklist --manager M101 -n 10"


@click.command(epilog=_EXAMPLE)
@click.option("--manager", required=True, help="Id of the manager.")
@click.option("-n", "--size", default=20, show_default=True, help="How many pairs.")
@click.option("--day", type=day, help="The list of another day, YYYY-MM-DD; today's without it.")
@click.option(
    "--count/--peek",
    default=None,
    help="Whether it counts as shown to the manager; only their own look does unless given.",
)
@click.option("--as", "login", help="Look as this account; as the operator without it.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Of reasons; the setting's.")
@json_option
@pass_place
def worklist(place: Place, /, **options: Any) -> None:
    """List the pairs that a manager could take up, the best first."""
    print_worklist(place, **options)


def print_worklist(
    place: Place,
    *,
    manager: str,
    size: int,
    day: date | None = None,
    count: bool | None = None,
    login: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """To standard output; why it is empty, and what couldn't be used, to standard error."""
    with place.platform() as platform:
        language = Language(lang or platform.settings.language)
        viewer = viewer_for(platform, login)
        found = worklist_of(platform, viewer, manager, size, day, language=language, counted=count)
    if as_json:
        print_json(found.to_mapping())
        return
    for line in worklist_lines(found, language, WIDTH):
        click.echo(line)
    _say(found, language)


def _say(found: Worklist, language: Language) -> None:
    if found.empty is not None:
        click.echo(f"{found.empty.label(language)}.", err=True)
    for name in found.degraded:
        click.echo(f"Degraded: {name.replace('_', ' ')}; matcher doctor says more.", err=True)
