"""The root of the command line: help, versions, unknown commands, exit codes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click
import pytest

from matcher import __version__
from matcher.cli.main import COMMANDS, main, root
from matcher.errors import InputError, MatcherError, UsageError

Run = Callable[..., Any]
# `matcher.cli.main` is the function, for it hides the module it is in.
MODULE = import_module("matcher.cli.main")


def test_the_version(matcher: Run) -> None:
    assert matcher("--version").out.strip() == f"matcher, version {__version__}"


def test_help_names_every_command(matcher: Run) -> None:
    ran = matcher("--help")
    assert ran.code == 0
    assert [name for name in COMMANDS if name not in ran.out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = root.get_command(click.Context(root), name)
    assert command is not None
    said = COMMANDS[name][1].removesuffix(".")
    assert command.get_short_help_str(limit=200).startswith(said)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_an_example(command: str, matcher: Run) -> None:
    ran = matcher(command, "--help")
    assert ran.code == 0
    assert f"Example: matcher {command}" in ran.out


def test_an_unknown_command(matcher: Run) -> None:
    ran = matcher("mach")
    assert ran.code == 2
    assert "No such command 'mach'" in ran.err


RAISED: list[tuple[BaseException, int, str]] = [
    (InputError("is odd.", file="a.csv", row=3, hint="Mend it."), 1, "a.csv, row 3: is odd. Mend"),
    (UsageError("No."), 2, "Error: No."),
    (MatcherError("No."), 1, "Error: No."),
    (click.UsageError("No."), 2, "Error: No."),
    (KeyboardInterrupt(), 1, "Interrupted; no file was written."),
    (MemoryError(), 1, "isn't enough memory"),
]


@pytest.mark.parametrize(("error", "code", "words"), RAISED)
def test_an_error_becomes_words_and_a_code(
    error: BaseException,
    code: int,
    words: str,
    matcher: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(MODULE, "root", failing)
    ran = matcher()
    assert ran.code == code
    assert words in ran.err


def test_main_leaves_with_the_code() -> None:
    with pytest.raises(SystemExit) as left:
        main(["--no-such-option"])
    assert left.value.code == 2
