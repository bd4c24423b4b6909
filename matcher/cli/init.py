"""`matcher init`: a folder becomes a platform."""

from __future__ import annotations

import click

from matcher.actions.init import Initialised, initialise, make_home
from matcher.bootstrap import open_platform
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, quiet_option


@click.command(epilog='Example: matcher init --node-name "East China"')
@click.option("--upgrade", is_flag=True, help="Bring an older database up to this version.")
@click.option("--node-name", default="", help="Name of the first node.")
@json_option
@quiet_option
@pass_place
def init(place: Place, upgrade: bool, node_name: str, as_json: bool, quiet: bool) -> None:
    """Make the folder, the database and the first node; a second time changes nothing.

    Copy an older database before --upgrade: there is no way back without a copy.
    """
    settings = place.settings()
    make_home(settings.home)
    with open_platform(settings, checked=False) as platform:
        made = initialise(platform, upgrade=upgrade, node_name=node_name)
    if as_json:
        print_json(_facts(made))
    elif not quiet:
        for line in _lines(made):
            click.echo(line, err=True)


def _facts(made: Initialised) -> dict[str, object]:
    return {
        "home": str(made.home),
        "database": made.database,
        "schema_before": made.before,
        "schema": made.schema,
        "node": made.node.to_mapping(),
    }


def _lines(made: Initialised) -> list[str]:
    node = f"the node {made.node.id} ({made.node.name})"
    if made.before == made.schema:
        return [f"The platform in {made.home} is there already and up to date, with {node}."]
    if made.before is not None:
        return [f"The database went from schema {made.before} to {made.schema}."]
    return [
        f"The platform is ready in {made.home}, with {node}.",
        "Next: matcher user add LOGIN --role admin",
    ]
