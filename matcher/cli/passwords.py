"""Passwords on their way in: typed twice without being shown, or from a pipe."""

from __future__ import annotations

import sys

import click

from matcher.errors import InvalidValue, UsageError

_LONGEST_LINE = 8192


def typed_password() -> str:
    """Ask twice, on a terminal; "" for none, and where nobody can be asked."""
    if not (sys.stdin and sys.stdin.isatty()):
        return ""
    asked: str = click.prompt(
        "Password (Enter for none yet)",
        default="",
        show_default=False,
        hide_input=True,
        confirmation_prompt="Again",
        err=True,
    )
    return asked


def piped_password() -> str:
    """The first line of standard input. Raises UsageError where it is empty, InvalidValue."""
    line = sys.stdin.buffer.readline(_LONGEST_LINE)
    try:
        password = line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        hint = "Write it in UTF-8."
        raise InvalidValue("The password isn't text.", field="password", hint=hint) from None
    if not password:
        hint = "Pipe it in: printf %s PASSWORD | matcher …, or read it from a file."
        raise UsageError("Standard input holds no password.", field="password", hint=hint)
    return password
