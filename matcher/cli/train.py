"""`matcher train`: a new model of what is in the store, published unless that isn't wanted."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.actions.models import publish_model
from matcher.actions.train import train as train_model
from matcher.cli.forcing import checked_reason, force_options
from matcher.cli.place import Place, pass_place
from matcher.domain.visibility import SYSTEM

_INTERRUPTED = "Interrupted; no model was published. The same command goes on where it was."
_INTERRUPTED_AFRESH = f"{_INTERRUPTED[:-1]}, with --resume instead of --fresh."


@click.command(epilog="Example: matcher train")
@click.option("--recipe", type=click.Path(path_type=Path), help="TOML; the shipped one if none.")
@click.option("--encoder", help="Name, folder or URL#MODEL; the setting's if none is given.")
@click.option("--publish/--no-publish", default=True, help="Make it current (default).")
@click.option("--resume/--fresh", default=True, help="Go on with what was interrupted (default).")
@click.option("--seed", type=click.IntRange(0), default=0, help="Of all chance (0).")
@force_options
@pass_place
def train(
    place: Place,
    recipe: Path | None,
    encoder: str | None,
    publish: bool,
    resume: bool,
    seed: int,
    force: bool,
    why: str,
) -> None:
    """Learn from all records and make a new model; print its version.

    One that is significantly worse than the current model is kept, but not published.
    """
    why = checked_reason(force, why)
    with place.platform() as platform:
        try:
            made = train_model(platform, recipe, encoder, seed=seed, fresh=not resume)
        except KeyboardInterrupt as error:
            raise click.Abort(_INTERRUPTED if resume else _INTERRUPTED_AFRESH) from error
        click.echo(made.version)
        if publish:
            publish_model(platform, SYSTEM, made.version, why)
