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
        "match": (
            "matcher.cli.match:match",
            "Rank the records of the CANDIDATES file for every record of the QUERIES file.",
        ),
        "init": (
            "matcher.cli.init:init",
            "Make the folder, the database and the first node; a second time changes nothing.",
        ),
        "import": (
            "matcher.cli.imports:import_",
            "Import the records of FILE: all of them, or none where a row can't be.",
        ),
        "imports": (
            "matcher.cli.imports:imports",
            "The imports that were made, and taking one back.",
        ),
        "export": ("matcher.cli.export:export", "Write all records of a kind to FILE."),
        "duplicates": (
            "matcher.cli.duplicates:duplicates",
            "Records that may be one: find, list, merge, reject, undo.",
        ),
        "train": (
            "matcher.cli.train:train",
            "Learn from all records and make a new model; print its version.",
        ),
        "models": (
            "matcher.cli.models:models",
            "Models: list, show, compare, publish, rollback, collect, verify.",
        ),
        "search": (
            "matcher.cli.search:search",
            "Find records for TEXT, in Chinese or English; an empty TEXT lists the newest.",
        ),
        "suggest": (
            "matcher.cli.suggest:suggest",
            "Rank outcomes or managers for a need, needs or managers for an outcome.",
        ),
        "worklist": (
            "matcher.cli.worklist:worklist",
            "List the pairs that a manager could take up, the best first.",
        ),
        "followup": (
            "matcher.cli.followup:followup",
            "Follow-ups: accept, decline, snooze, undo, move, note, list, show.",
        ),
        "plan": (
            "matcher.cli.plan:plan",
            "Docking plans: new, list, show, edit, confirm, discard.",
        ),
        "serve": (
            "matcher.cli.serve:serve",
            "Answer over HTTP, until Ctrl-C.",
        ),
        "worker": ("matcher.cli.worker:worker", "Carry out jobs, until Ctrl-C."),
        "jobs": (
            "matcher.cli.jobs:jobs",
            "Jobs: list, show, cancel, retry.",
        ),
        "user": (
            "matcher.cli.user:user",
            "Accounts: add, list, show, change, password, role, disable, enable.",
        ),
        "token": ("matcher.cli.token:token", "API tokens: new, list, revoke."),
        "node": ("matcher.cli.node:node", "Nodes: add, list."),
        "backup": (
            "matcher.cli.backup:backup",
            "Write database and current model into FILE (.zip), while others go on working.",
        ),
        "restore": (
            "matcher.cli.backup:restore",
            "Make the platform that FILE holds, in an empty place.",
        ),
        "audit": (
            "matcher.cli.audit:audit",
            "List what was done, by whom and to what, the newest first.",
        ),
        "doctor": (
            "matcher.cli.doctor:doctor",
            "Check the machine and the platform, where there is one: each line ok, or what to do.",
        ),
    }
)
"""Each command: where it is, as module:name, and what it does, which loads nothing."""


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
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


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
    except click.Abort as error:
        click.echo(str(error) or "Interrupted; no file was written.", err=True)
        return INTERRUPTED
    except MemoryError:
        click.echo("Error: there isn't enough memory for this many records.", err=True)
        return FAILED
    return 0
