"""`matcher jobs`: what was asked of the workers, and what became of it."""

from __future__ import annotations

from typing import Any

import click

from matcher.actions.jobs import cancel_job, get_job, list_jobs, retry_job
from matcher.cli.answers import viewer_for
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_facts, print_rows
from matcher.domain.job import Job, JobKind, JobState
from matcher.jobs.queue import send

_COLUMNS = ("id", "kind", "state", "account", "made_at", "progress", "came_to")
_AS = click.option("--as", "login", help="What this account may see; everything unless given.")


@click.group(epilog="Example: matcher jobs list --state failed")
def jobs() -> None:
    """Jobs: list, show, cancel, retry."""


@jobs.command("list", epilog="Example: matcher jobs list --kind import --state waiting")
@click.option("--kind", type=click.Choice([kind.value for kind in JobKind]), multiple=True)
@click.option("--state", type=click.Choice([state.value for state in JobState]), multiple=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@_AS
@json_option
@pass_place
def list_(
    place: Place,
    kind: tuple[str, ...],
    state: tuple[str, ...],
    limit: int,
    login: str | None,
    as_json: bool,
) -> None:
    """List jobs, the newest first."""
    kinds, states = map(JobKind, kind), map(JobState, state)
    with place.platform() as platform:
        viewer = viewer_for(platform, login)
        found = list_jobs(platform, viewer, kinds=tuple(kinds), states=tuple(states), limit=limit)
    print_rows([_row(job) for job in found.rows], _COLUMNS, as_json)


@jobs.command(epilog="Example: matcher jobs show J-20261101-093000-a1b2c3")
@click.argument("id")
@_AS
@json_option
@pass_place
def show(place: Place, id: str, login: str | None, as_json: bool) -> None:
    """Show the job of that ID, all that is known of it."""
    with place.platform() as platform:
        job = get_job(platform, viewer_for(platform, login), id)
    print_facts(_facts(job), as_json)


@jobs.command(epilog="Example: matcher jobs cancel J-20261101-093000-a1b2c3")
@click.argument("id")
@_AS
@pass_place
def cancel(place: Place, id: str, login: str | None) -> None:
    """Cancel the job of that ID; one that runs stops soon."""
    with place.platform() as platform:
        job = cancel_job(platform, viewer_for(platform, login), id)
    said = "is asked to stop" if job.cancelling else "is cancelled"
    click.echo(f"The job {id} {said}.", err=True)


@jobs.command(epilog="Example: matcher jobs retry J-20261101-093000-a1b2c3")
@click.argument("id")
@_AS
@pass_place
def retry(place: Place, id: str, login: str | None) -> None:
    """Have the job of that ID, which failed or was cancelled, done after all."""
    with place.platform() as platform:
        job = retry_job(platform, viewer_for(platform, login), id)
        send(platform.settings, job)
    click.echo(f"The job {id} waits for a worker.", err=True)


def _facts(job: Job) -> dict[str, Any]:
    """All fields, absent ones too."""
    return {**dict.fromkeys(job.__dataclass_fields__), **job.to_mapping()}


def _row(job: Job) -> dict[str, Any]:
    total = "" if job.total is None else f"/{job.total:,}"
    progress = f"{job.doing} {job.done:,}{total}".strip() if job.doing else ""
    return {**_facts(job), "progress": progress, "came_to": _came_to(job)}


def _came_to(job: Job) -> str:
    """What came of it, on a line."""
    if job.error:
        return str(job.error.get("message", ""))
    return ", ".join(f"{name} {value}" for name, value in job.result.items())
