"""The command `matcher`: translates the shell into actions, errors into exit codes."""

from matcher.cli.main import main

__all__ = ["main"]
