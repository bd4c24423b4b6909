"""`python -m training simulate`: makes a platform of synthetic records with a history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from matcher.actions.init import initialise, make_home
from matcher.bootstrap import open_platform
from matcher.settings import load_settings
from training.simulation.history import make_history
from training.simulation.platform import fill, require_nothing
from training.simulation.size import Size
from training.simulation.world import World


@click.command()
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the new platform.",
)
@click.option("--outcomes", type=int, default=1000, show_default=True, help="How many.")
@click.option("--needs", type=int, default=300, show_default=True, help="How many.")
@click.option("--managers", type=int, default=50, show_default=True, help="How many.")
@click.option("--events", type=int, default=10_000, show_default=True, help="Pairs shown.")
@click.option("--months", type=int, default=6, show_default=True, help="Of 30 days each.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another one, another world.")
@click.option(
    "--end",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day after the last one of the history; today if none is given.",
)
def simulate(
    home: Path,
    outcomes: int,
    needs: int,
    managers: int,
    events: int,
    months: int,
    seed: int,
    end: dt.datetime | None,
) -> None:
    """Make a platform of SYNTHETIC records with a history, for tests and measurements.

    The same options make the same records and history. Refuses a folder whose platform has
    records or events.
    """
    size = Size(outcomes, needs, managers, months=months)
    world = World.make(size, seed, first_day(size, end.date() if end else _today()))
    settings = load_settings(home=home.absolute())
    make_home(settings.home)
    with open_platform(settings, checked=False) as platform:
        initialise(platform)
        with platform.database.reading() as session:
            require_nothing(session)
        reactions = make_history(world, events)
        filled = fill(platform, world, reactions, say)
    counts = [f"{count} {noun.value}s" for noun, count in filled.records.items()]
    counts += [f"{filled.events} events", f"{filled.follow_ups} follow-ups"]
    click.echo(f"Synthetic platform in {settings.home}: {', '.join(counts)}.")


def first_day(size: Size, end: dt.date) -> dt.date:
    """The first day of a world that is over on the day `end`."""
    return end - dt.timedelta(days=size.days)


def say(line: str) -> None:
    """A line of progress."""
    click.echo(line, err=True)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
