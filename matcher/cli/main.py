"""The command line's root: the one place where errors become text and exit codes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import MappingProxyType

import click

from matcher import __version__
from matcher.errors import MatcherError, UsageError

FAILED, USAGE, INTERRUPTED = 1, 2, 1
COMMANDS = MappingProxyType({"match": "matcher.cli.match", "doctor": "matcher.cli.doctor"})
"""The module of each command, which holds it under the command's name."""


class Commands(click.Group):
    """Loads a command when it is asked for: numpy and faiss take a second, `--version` doesn't.

    It also puts that second inside `run`, where Ctrl-C ends with a message.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="matcher")
def root() -> None:
    """Match technology outcomes, enterprise needs and technology managers, and say why."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 wrong usage."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    if isinstance(sys.stdout, TextIOWrapper):
        # A console that can't show Chinese shows question marks, not a traceback.
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        root.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except MatcherError as error:
        click.echo(f"Error: {error}", err=True)
        return USAGE if isinstance(error, UsageError) else FAILED
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.Abort:
        click.echo("Interrupted; no file was written.", err=True)
        return INTERRUPTED
    except MemoryError:
        click.echo("Error: there isn't enough memory for this many records.", err=True)
        return FAILED
    return 0
