"""Making a new model: in a process of its own, because one that has searched can't be forked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from matcher.actions.platform import Platform
from matcher.errors import MatcherError
from matcher.settings import PREFIX, Settings

_URL = "database"


def train(platform: Platform, recipe: Path | None = None, encoder: str | None = None) -> str:
    """Train a model of what is in the store; its version. It isn't published yet.

    The child's progress and errors go to standard error as they come. Raises MatcherError where
    it fails; nothing is left of it then.
    """
    # -P: no module of the folder that somebody happens to stand in is taken for one of ours.
    command = [sys.executable, "-P", "-m", "training", "build"]
    command += ["--recipe", str(recipe.absolute())] if recipe else []
    command += ["--encoder", encoder] if encoder else []
    child = subprocess.run(  # noqa: S603 - our own module, the arguments are no shell's
        command, env=_environment(platform.settings), stdout=subprocess.PIPE, check=False
    )
    if child.returncode:
        raise MatcherError(
            f"The training ended with exit code {child.returncode}; no model was made.",
            hint="What it said stands above. The current model stays.",
        )
    return child.stdout.decode().strip()


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, which go before any file the child might find."""
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    values[_URL] = settings.database.get_secret_value()
    passed = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}
    return {**os.environ, **passed}
