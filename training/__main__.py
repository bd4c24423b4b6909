"""`python -m training COMMAND`: the steps of training, each a command."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import click

from matcher.bootstrap import open_platform
from matcher.errors import InputError, MatcherError, UsageError
from matcher.evaluate.reliability import as_text
from matcher.files.atomic import check_writable, replacing
from matcher.resources import data_path
from matcher.settings import load_settings
from training import baseline, ranker
from training.build import build as build_model
from training.build import reported, tried
from training.evaluate import Figure, figures
from training.experiments.command import learning
from training.figures import report_of
from training.fusion import as_recipe, as_table, best_weight, curve
from training.gate import compare_versions
from training.held_out import PREFIX, PRIMARY
from training.learning import METHODS
from training.leash import follow
from training.marks import Plan
from training.moved import moved_most
from training.page import check_page, write_page
from training.platform_report import as_markdown as as_platform
from training.pooling import as_lines, grid, transferred
from training.pooling import tried as tried_poolings
from training.recipe_text import recipe_tables
from training.report import Report, as_json, as_markdown, library_versions
from training.search import as_recipe as as_searched
from training.search import best_of
from training.sets.case import Case
from training.sets.catalogue import Selection, select
from training.simulation.command import simulate
from training.space import SPACE, read_space
from training.targets import read_targets

TITLE = "Quality"
QUALITY = Path("docs", "quality.md")
FAILED, MISUSED = 1, 2


class Commands(click.Group):
    """Says an error in a line instead of a traceback: exit code 1, for misuse 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except MatcherError as error:
            say(f"error: {error}")
            ctx.exit(MISUSED if isinstance(error, UsageError) else FAILED)


@click.group(cls=Commands)
@click.option("--leashed", is_flag=True, hidden=True, help="End when standard input does.")
def main(leashed: bool) -> None:
    """Steps of training."""
    if leashed:
        follow(sys.stdin.fileno())


@main.command()
@click.option("--sets", type=click.Path(path_type=Path), help="Folder that holds the sets.")
@click.option("--only", multiple=True, help="Case (sbir/firms) or set (sbir); may be repeated.")
@click.option(
    "-o",
    "page",
    type=click.Path(path_type=Path),
    help="Page to put the table into; docs/quality.md by default, unless --only is given.",
)
@click.option("--json", "data", type=click.Path(path_type=Path), help="File for all figures.")
def evaluate(
    sets: Path | None, only: tuple[str, ...], page: Path | None, data: Path | None
) -> None:
    """Measure ranking quality: each leg alone, the fusion, and BM25 beside.

    Without --sets the project's own sample is measured. The table is printed too.
    """
    if page is None and sets is not None and not only:
        page = QUALITY
    selection = select(sets, only)
    targets = read_targets()
    if page:
        check_page(page)
    if data:
        check_writable(data)
    skipped = (*selection.skipped, *_without_baseline())
    for line in skipped:
        say(line)
    found, notes = measure_all(selection)
    today = datetime.now(UTC).date().isoformat()
    report = Report(today, library_versions(), tuple(found), targets, notes, skipped)
    if data:
        write_json(data, report)
    if page:
        write_page(page, as_markdown(report), TITLE)
    click.echo(as_markdown(report))


@main.command()
@click.option("--recipe", type=click.Path(path_type=Path), help="TOML; the shipped one if none.")
@click.option("--encoder", help="Name, folder or URL#MODEL; the setting's if none is given.")
@click.option("--seed", type=int, default=0, help="Of all chance (0).")
@click.option("--resume/--fresh", default=True, help="Go on with what was interrupted (default).")
@click.option("--job", default="", hidden=True, help="Id of the job that it is made for.")
def build(recipe: Path | None, encoder: str | None, seed: int, resume: bool, job: str) -> None:
    """Make a model of the platform's records; print version and the gate's ruling as JSON.

    The platform is that of the settings (MATCHER_HOME). Publishing is a step of its own.
    """
    recipe = recipe or data_path("recipes", "default.toml")
    with open_platform(load_settings()) as platform:
        encoder = encoder or platform.settings.encoder
        built = build_model(platform, recipe, encoder, say, seed=seed, fresh=not resume, job=job)
    click.echo(json.dumps({"version": built.version, "gate": built.ruling.to_mapping()}))


@main.command()
@click.argument("first")
@click.argument("second")
@click.option("--moved", type=click.IntRange(0, 100), default=0, help="Examples to give (0).")
def compare(first: str, second: str, moved: int) -> None:
    """Compare two versions on what was accepted since both were made; prints JSON.

    With --moved also what they find for the needs that they differ most about.
    """
    with open_platform(load_settings()) as platform:
        with platform.database.reading() as session:
            feedback = METHODS.read_feedback(session, platform.now().date())
        found, why = compare_versions(platform.library, first, second, feedback)
        examples = moved_most(platform.library, first, second, platform.now().date(), moved)
    compared = {PREFIX + name: asdict(one) for name, one in found.items()}
    told = [asdict(one) for one in examples]
    click.echo(json.dumps({"why": why, "metrics": compared, "moved": told}))


@main.command()
@click.option("--minutes", type=click.FloatRange(0, min_open=True), default=30, show_default=True)
@click.option("--recipe", type=click.Path(path_type=Path), help="To begin with; the shipped one.")
@click.option(
    "--space", type=click.Path(path_type=Path), default=SPACE, help="What is tried: TOML."
)
@click.option("--encoder", help="Name, folder or URL#MODEL; the setting's if none is given.")
@click.option("--seed", type=int, default=0, help="Of all chance (0).")
@click.option("-o", "page", type=click.Path(path_type=Path), default=Path("recipe.toml"))
def search(
    minutes: float, recipe: Path | None, space: Path, encoder: str | None, seed: int, page: Path
) -> None:
    """Look for better numbers of a recipe, and write the best one found to -o (recipe.toml).

    The trial that runs when the time is over is finished; Ctrl-C keeps what was found.
    """
    check_writable(page)
    recipe = recipe or data_path("recipes", "default.toml")
    drawn_from = read_space(space)
    with open_platform(load_settings()) as platform:
        plan = Plan(recipe, encoder or platform.settings.encoder, seed)
        trials = tried(platform, plan, drawn_from, minutes * 60, say)
    today = datetime.now(UTC).date().isoformat()
    text = as_searched(recipe_tables(recipe), trials, today, seed)
    with replacing(page) as stream:
        stream.write(text.encode())
    say(f"{page}: {PRIMARY} {best_of(trials).score:.4f} after {len(trials)} trials")


@main.command("platform")
@click.option("--recipe", type=click.Path(path_type=Path), help="TOML; the shipped one if none.")
@click.option("--encoder", help="Name, folder or URL#MODEL; the setting's if none is given.")
@click.option("--seed", type=int, default=0, help="Of all chance (0).")
def platform_(recipe: Path | None, encoder: str | None, seed: int) -> None:
    """Measure what is learned of a platform's own feedback, beside legs and baselines.

    The platform is that of the settings (MATCHER_HOME). Prints tables; makes no model.
    """
    recipe = recipe or data_path("recipes", "default.toml")
    with open_platform(load_settings()) as platform:
        plan = Plan(recipe, encoder or platform.settings.encoder, seed)
        found = reported(platform, plan, report_of, say)
    if not found.evaluations:
        raise InputError(
            "There is too little feedback to measure anything.",
            hint="Wait until something was taken up on several days.",
        )
    click.echo(as_platform(found.evaluations))
    for name, table in found.reliability.items():
        click.echo(f"\nReliability, {name}\n\n{as_text(table)}")


@main.command()
@click.option("--sets", type=click.Path(path_type=Path), help="Folder that holds the sets.")
@click.option("--only", multiple=True, help="Case (sbir/firms) or set (sbir); may be repeated.")
def fusion(sets: Path | None, only: tuple[str, ...]) -> None:
    """Find the weight of the content leg on cases of texts.

    Prints nDCG@10 at each weight and the table [fusion.texts] for a recipe.
    """
    selection = select(sets, only)
    for line in selection.skipped:
        say(line)
    curves = []
    for entry in selection.entries:
        say(entry.name)
        curves.append(curve(entry.load(), ranker.fit))
    if not curves:
        raise UsageError("There is no case to fit on.", hint="Name the folder of the sets.")
    click.echo(as_table(curves))
    click.echo()
    today = datetime.now(UTC).date().isoformat()
    click.echo(as_recipe(best_weight(curves), curves, today), nl=False)


@main.command()
@click.option("--sets", type=click.Path(path_type=Path), help="Folder that holds the sets.")
@click.option(
    "--only", multiple=True, default=("sbir/firms", "sample/managers"), help="Cases of portfolios."
)
def pooling(sets: Path | None, only: tuple[str, ...]) -> None:
    """What pooling of portfolios is worth where it wasn't chosen.

    Each case by cross-validation, and with what is best on each other one.
    """
    selection = select(sets, only)
    for line in selection.skipped:
        say(line)
    found = []
    for entry in selection.entries:
        say(entry.name)
        found.append(tried_poolings(entry.load(), ranker.fit, grid()))
        click.echo("\n".join(as_lines(found[-1])))
    for source, target in permutations(found, 2):
        click.echo(transferred(source, target))


main.add_command(simulate)
main.add_command(learning)


def measure_all(selection: Selection) -> tuple[list[Figure], dict[str, str]]:
    """The figures and the notes of the selected cases; each case is let go before the next."""
    found: list[Figure] = []
    notes: dict[str, str] = {}
    for place, entry in enumerate(selection.entries, start=1):
        say(f"[{place}/{len(selection.entries)}] {entry.name}")
        case = entry.load()
        notes[case.name] = case.note
        found += measure_case(case)
    return found, notes


def measure_case(case: Case) -> list[Figure]:
    """The figures of one case, told as they come."""
    started = time.monotonic()
    beside = baseline.rank if baseline.is_installed() else None
    found = []
    for figure in figures(case, ranker.fit, beside):
        mean, low, high = figure.fusion.mean, figure.fusion.low, figure.fusion.high
        say(f"    {figure.name} {figure.metric}: {mean:.3f} [{low:.3f}, {high:.3f}]")
        found.append(figure)
    say(f"    {time.monotonic() - started:.0f} s")
    return found


def write_json(path: Path, report: Report) -> None:
    """Write the report, whole or not at all."""
    with replacing(path) as stream:
        text = json.dumps(as_json(report), ensure_ascii=False, indent=2)
        stream.write(f"{text}\n".encode())


def say(line: str) -> None:
    """A line of progress."""
    click.echo(line, err=True)


def _without_baseline() -> Iterable[str]:
    if not baseline.is_installed():
        yield f"{baseline.BM25}: skipped, the extra `bench` is not installed"


if __name__ == "__main__":
    main(prog_name="python -m training")
