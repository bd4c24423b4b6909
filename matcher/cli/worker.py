"""`matcher worker`: carries out jobs until it is told to end."""

from __future__ import annotations

import logging
from threading import Event

import click

from matcher.cli.place import Place, pass_place
from matcher.jobs.worker import work


@click.command(epilog="Example: matcher worker")
@click.option("--threads", type=click.IntRange(1, 32), help="Jobs at once; the setting's if none.")
@pass_place
def worker(place: Place, threads: int | None) -> None:
    """Carry out jobs, until Ctrl-C; as many workers as are wanted may run.

    When it is told to end it begins nothing more, and what runs is put back to wait.
    """
    logging.getLogger("matcher.jobs").setLevel(logging.INFO)
    with place.platform() as platform:
        count = threads or platform.settings.jobs_workers
        work(platform, count, Event(), lambda: click.echo(f"Working, {count} jobs at a time."))
