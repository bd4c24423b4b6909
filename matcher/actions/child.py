"""A command of training, run in a process of its own: one that has searched can't be forked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.errors import MatcherError
from matcher.settings import PREFIX, Settings

_URL = "database"


def run_training(settings: Settings, arguments: Sequence[str], *, failed: str, hint: str) -> Any:
    """The JSON value on the last line that `python -m training ARGUMENTS` printed.

    The child's progress and errors go to standard error as they come. It ends with this process,
    also where that is killed. Raises MatcherError with the message `failed` and the hint where it
    fails or prints something else.
    """
    code, out = _run(arguments, environment(settings))
    if code:
        raise MatcherError(f"{failed} (exit code {code}).", hint=hint)
    try:
        return json.loads(out.splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise MatcherError(f"{failed} (it printed no result).", hint=hint) from error


def _run(arguments: Sequence[str], variables: Mapping[str, str]) -> tuple[int, bytes]:
    """Exit code and standard output."""
    # -P: no module of the folder that somebody happens to stand in is taken for one of ours.
    with subprocess.Popen(  # noqa: S603 - our own module, the arguments are no shell's
        [sys.executable, "-P", "-m", "training", "--leashed", *arguments],
        env=variables,
        # Nothing is ever written to it: it ends when this process does.
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        try:
            out = child.stdout.read() if child.stdout else b""
            return child.wait(), out
        finally:
            # Does nothing to one that has ended.
            child.kill()


def environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, which go before any file the child might find."""
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    values[_URL] = settings.database.get_secret_value()
    passed = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}
    return {**os.environ, **passed}
