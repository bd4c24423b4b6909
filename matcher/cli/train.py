"""`matcher train`: a new model of what is in the store, published unless that isn't wanted."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.actions.models import publish_model
from matcher.actions.platform import OPERATOR
from matcher.actions.train import train as train_model
from matcher.cli.place import Place, pass_place


@click.command(epilog="Example: matcher train")
@click.option("--recipe", type=click.Path(path_type=Path), help="TOML; the shipped one if none.")
@click.option("--encoder", help="Name, folder or URL#MODEL; the setting's if none is given.")
@click.option("--publish/--no-publish", default=True, help="Make it current (default).")
@pass_place
def train(place: Place, recipe: Path | None, encoder: str | None, publish: bool) -> None:
    """Learn from all records and make a new model; print its version."""
    with place.platform() as platform:
        version = train_model(platform, recipe, encoder)
        if publish:
            publish_model(platform, version, actor=OPERATOR)
    click.echo(version)
