"""`matcher backup` and `matcher restore`: a platform as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.actions.backup import Models, back_up
from matcher.actions.backup_format import Contents
from matcher.actions.restore import restore as restore_from
from matcher.cli.place import Place, pass_place
from matcher.cli.progress import reporting
from matcher.cli.tables import json_option, print_json, quiet_option
from matcher.errors import UsageError

_PATH = click.Path(path_type=Path, readable=False)


@click.command(epilog="Example: matcher backup matcher-2026-03-01.zip")
@click.argument("file", type=_PATH)
@click.option("--all-models", is_flag=True, help="All versions, not the current one alone.")
@click.option("--no-models", is_flag=True, help="The database alone; a model can be trained anew.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
@quiet_option
@pass_place
def backup(
    place: Place,
    file: Path,
    all_models: bool,
    no_models: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write database and current model into FILE (.zip), while others go on working.

    It holds everything, digests of passwords too: keep it as safe as the database.
    """
    models = _models(all_models, no_models)
    with place.platform() as platform, reporting(quiet or as_json) as report:
        saved = back_up(
            platform, file, models=models, overwrite=force, say=report.say, progress=report.bytes
        )
    if as_json:
        print_json({"file": str(file), "bytes": saved.bytes, **_facts(saved.contents)})
    elif not quiet:
        size = f"{saved.bytes / 1e6:,.1f} MB"
        click.echo(f"{_counted(saved.contents)} written to {file} ({size}).", err=True)


@click.command(epilog="Example: matcher restore matcher-2026-03-01.zip")
@click.argument("file", type=_PATH)
@click.option("--no-models", is_flag=True, help="The database alone; train a model afterwards.")
@json_option
@quiet_option
@pass_place
def restore(place: Place, file: Path, no_models: bool, as_json: bool, quiet: bool) -> None:
    """Make the platform that FILE holds, in an empty place: a new --home, an empty database.

    All of FILE is checked first; if anything goes wrong, nothing is left of it.
    """
    settings = place.settings()
    with reporting(quiet or as_json) as report:
        restored = restore_from(
            settings, file, with_models=not no_models, say=report.say, progress=report.bytes
        )
    if as_json:
        facts = _facts(restored.contents)
        print_json({"home": str(settings.home), **facts, "models": restored.models})
    elif not quiet:
        click.echo(f"{_counted(restored.contents)} restored to {settings.home}.", err=True)
        if not restored.models:
            click.echo("There is no model: matcher train", err=True)


def _models(all_models: bool, no_models: bool) -> Models:
    if all_models and no_models:
        raise UsageError("Both --all-models and --no-models.", hint="Name one of the two.")
    if no_models:
        return Models.NONE
    return Models.ALL if all_models else Models.CURRENT


def _facts(contents: Contents) -> dict[str, object]:
    return {
        "created_at": contents.created_at.isoformat(timespec="seconds"),
        "product": contents.product,
        "schema": contents.schema,
        "rows": dict(contents.rows),
        "models": contents.models(),
        "current": contents.current,
    }


def _counted(contents: Contents) -> str:
    models = contents.models()
    count = f"{len(models)} model{'' if len(models) == 1 else 's'}"
    return f"{sum(contents.rows.values()):,} rows and {count}"
