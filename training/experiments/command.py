"""`python -m training learning`: what learning comes to on synthetic platforms, month by month."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from matcher.recommend.recipe import Recipe, read_recipe
from matcher.resources import data_path
from training.experiments.bias import Bias, bias
from training.experiments.monthly import MIDDLE, Story, story
from training.experiments.routing import Routing, routing
from training.experiments.stage import Stage
from training.experiments.summary import Found, as_markdown
from training.page import check_page, write_page
from training.simulation.size import Size

SECTION = "learning"
"""The name in the page's markers."""
FIRST_SEED = 11
"""Those below were looked at when numbers were chosen, so they prove nothing."""
MISORDERED = 4
"""Months of lists in a misleading order, at most."""


@click.command()
@click.option("--seeds", type=click.IntRange(1), default=5, show_default=True, help="Platforms.")
@click.option("--months", type=click.IntRange(1, 24), default=6, show_default=True)
@click.option("--outcomes", type=int, default=600, show_default=True, help="How many.")
@click.option("--needs", type=int, default=220, show_default=True, help="How many.")
@click.option("--managers", type=int, default=36, show_default=True, help="How many.")
@click.option("--recipe", type=click.Path(path_type=Path), help="TOML; the shipped one if none.")
@click.option("-o", "page", type=click.Path(path_type=Path), help="Page to put the figures into.")
def learning(
    seeds: int,
    months: int,
    outcomes: int,
    needs: int,
    managers: int,
    recipe: Path | None,
    page: Path | None,
) -> None:
    """Let SYNTHETIC platforms learn month by month; print what it comes to.

    Beside that: whether position misleads what is learned, and what a fair docking plan costs.
    """
    size = Size(outcomes, needs, managers, months=months + 1)
    numbers = read_recipe(recipe or data_path("recipes", "default.toml"))
    if page:
        check_page(page, SECTION)
    seeded = range(FIRST_SEED, FIRST_SEED + seeds)
    found = [one_seed(size, seed, months, numbers) for seed in seeded]
    stories, biases, routings = zip(*found, strict=True)
    text = as_markdown(Found(size, stories, biases, routings), _today())
    if page:
        write_page(page, text, "Quality", SECTION)
    click.echo(text)


def one_seed(size: Size, seed: int, months: int, recipe: Recipe) -> tuple[Story, Bias, Routing]:
    """All experiments on one platform."""
    stage = Stage.make(size, seed, recipe)
    told = story(stage, months, say)
    found = routing(stage, told.final, stage.world.month(months)[MIDDLE])
    return told, bias(stage, min(months, MISORDERED), say), found


def say(line: str) -> None:
    """A line of progress."""
    click.echo(line, err=True)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
