"""The command line's root: the one place where errors become text and exit codes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from types import MappingProxyType

import click

from matcher import __version__
from matcher.cli.place import Place
from matcher.errors import MatcherError, UsageError

FAILED, USAGE, INTERRUPTED = 1, 2, 1
COMMANDS = MappingProxyType(
    {
        "match": "matcher.cli.match:match",
        "init": "matcher.cli.init:init",
        "import": "matcher.cli.imports:import_",
        "imports": "matcher.cli.imports:imports",
        "export": "matcher.cli.export:export",
        "duplicates": "matcher.cli.duplicates:duplicates",
        "train": "matcher.cli.train:train",
        "models": "matcher.cli.models:models",
        "search": "matcher.cli.search:search",
        "suggest": "matcher.cli.suggest:suggest",
        "user": "matcher.cli.user:user",
        "token": "matcher.cli.token:token",
        "node": "matcher.cli.node:node",
        "backup": "matcher.cli.backup:backup",
        "restore": "matcher.cli.backup:restore",
        "doctor": "matcher.cli.doctor:doctor",
    }
)
"""Where each command is: its module and its name there."""


_FOLDER = click.Path(path_type=Path, readable=False)


class Commands(click.Group):
    """Loads a command when it is asked for: numpy and faiss take a second, `--version` doesn't.

    It also puts that second inside `run`, where Ctrl-C ends with a message.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="matcher")
@click.option("--home", type=_FOLDER, help="Folder of database and models (./matcher-home).")
@click.option("--config", type=_FOLDER, help="TOML file with settings (./matcher.toml).")
@click.pass_context
def root(ctx: click.Context, home: Path | None, config: Path | None) -> None:
    """Match technology outcomes, enterprise needs and technology managers, and say why.

    `match` works on two files. The other commands work on a platform, which `init` makes in the
    folder of --home.
    """
    ctx.obj = Place(home, config)


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
