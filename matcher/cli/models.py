"""`matcher models`: what was trained, which one is current, and how two compare."""

from __future__ import annotations

import click

from matcher.actions import models as actions
from matcher.actions.model_comparison import compare_held_out, compare_models
from matcher.cli.forcing import checked_reason, force_options
from matcher.cli.model_rows import (
    differences_of,
    entry_row,
    facts_of,
    readable,
    remarked,
    side_by_side,
)
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_facts, print_json, print_rows, quiet_option
from matcher.domain.visibility import SYSTEM
from matcher.errors import BrokenBundle

_COLUMNS = ("version", "state", "created_at", "records", "seq", "size", "problem")
_COMPARED = ("", "part", "name", "first", "second")
_DIFFERENCES = ("name", "verdict", "words")


@click.group(epilog="Example: matcher models list")
def models() -> None:
    """Models: list, show, compare, publish, rollback, collect, verify."""


@models.command("list", epilog="Example: matcher models list --json")
@json_option
@pass_place
def list_(place: Place, as_json: bool) -> None:
    """List all versions, oldest first."""
    with place.platform() as platform:
        entries = platform.library.versions()
    print_rows([entry_row(entry) for entry in entries], _COLUMNS, as_json)
    if not entries:
        click.echo("There is no model yet: matcher train", err=True)


@models.command(epilog="Example: matcher models show 0003-1f2e3d4c")
@click.argument("version", required=False)
@json_option
@pass_place
def show(place: Place, version: str | None, as_json: bool) -> None:
    """Show what VERSION, or the current model, says of itself."""
    with place.platform() as platform:
        manifest = actions.model_facts(platform, version)
        remark = actions.remark_of(platform, manifest.version)
    facts = facts_of(manifest) | remarked(remark)
    print_facts(facts if as_json else readable(facts), as_json)


@models.command(epilog="Example: matcher models compare 0002-5a6b7c8d 0003-1f2e3d4c")
@click.argument("first")
@click.argument("second")
@click.option(
    "--held-out/--no-held-out",
    default=True,
    help="Ask both the same, what was accepted since (default).",
)
@json_option
@pass_place
def compare(place: Place, first: str, second: str, held_out: bool, as_json: bool) -> None:
    """Show two versions side by side; * marks what differs."""
    with place.platform() as platform:
        lines = compare_models(platform, first, second)
        found = compare_held_out(platform, first, second) if held_out else None
    differences = [] if found is None else differences_of(found)
    if as_json:
        told = [{**line._asdict(), "differs": line.differs} for line in lines]
        print_json([*differences, *told])
        return
    click.echo(f"first: {first}, second: {second}", err=True)
    if found is not None:
        click.echo(f"held out: {found.why}", err=True)
    print_rows(differences, _DIFFERENCES, False)
    print_rows([side_by_side(line) for line in lines], _COMPARED, False)


@models.command(epilog="Example: matcher models publish 0003-1f2e3d4c")
@click.argument("version")
@force_options
@quiet_option
@pass_place
def publish(place: Place, version: str, force: bool, why: str, quiet: bool) -> None:
    """Make VERSION current, once it has found what it found when it was built."""
    why = checked_reason(force, why)
    with place.platform() as platform:
        actions.publish_model(platform, SYSTEM, version, why)
    _say(f"{version} is current.", quiet)


@models.command(epilog="Example: matcher models rollback")
@click.argument("version", required=False)
@quiet_option
@pass_place
def rollback(place: Place, version: str | None, quiet: bool) -> None:
    """Go back to what was current before, or to VERSION."""
    with place.platform() as platform:
        found = actions.rollback_model(platform, SYSTEM, version)
    _say(f"{found} is current.", quiet)


@models.command(epilog="Example: matcher models collect --keep 3")
@click.option("--keep", type=click.IntRange(1), help="How many of the newest; the setting's.")
@json_option
@pass_place
def collect(place: Place, keep: int | None, as_json: bool) -> None:
    """Remove old versions; the current one and the one before it stay."""
    with place.platform() as platform:
        removed = actions.collect_models(platform, keep)
    if as_json:
        print_json(removed)
    else:
        click.echo(f"Removed: {', '.join(removed) or 'none'}.", err=True)


@models.command(epilog="Example: matcher models verify")
@click.argument("version", required=False)
@json_option
@pass_place
def verify(place: Place, version: str | None, as_json: bool) -> None:
    """Read every byte of VERSION, or of all, and compare it with what was written."""
    with place.platform() as platform:
        checked = actions.verify_models(platform, version)
    rows = [{"version": one.version, "problem": one.problem or None} for one in checked]
    if as_json:
        print_json(rows)
    else:
        for one in checked:
            click.echo(f"{'NO' if one.problem else 'ok'}  {one.version}  {one.problem}".rstrip())
    if broken := [one.version for one in checked if one.problem]:
        raise BrokenBundle(f"damaged: {', '.join(broken)}.", hint="See above.")


def _say(text: str, quiet: bool) -> None:
    if not quiet:
        click.echo(text, err=True)
