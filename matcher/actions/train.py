"""Making a new model, in a process of its own, and what the gate says of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from matcher.actions.child import Watch, run_training
from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling, ruling_of
from matcher.errors import MatcherError

_FAILED = "The training failed; no model was made"
_HINT = "What it said stands above. The current model stays."


class Trained(NamedTuple):
    """The version that was made, and how it compares with the current one."""

    version: str
    ruling: Ruling


def train(
    platform: Platform,
    recipe: Path | None = None,
    encoder: str | None = None,
    *,
    seed: int = 0,
    fresh: bool = False,
    watch: Watch | None = None,
) -> Trained:
    """Train a model of what is in the store. It isn't published yet.

    fresh: don't go on with what an interrupted training of the same records left. watch: is told
    what the training says, and may stop it; the same call goes on where it was. Raises MatcherError
    where it fails.
    """
    arguments = ["build", "--seed", str(seed), "--fresh" if fresh else "--resume"]
    arguments += ["--recipe", str(recipe.absolute())] if recipe else []
    arguments += ["--encoder", encoder] if encoder else []
    found = run_training(platform.settings, arguments, failed=_FAILED, hint=_HINT, watch=watch)
    try:
        return Trained(found["version"], ruling_of(found["gate"]))
    except (KeyError, TypeError) as error:
        raise MatcherError(f"{_FAILED} (it printed no result).", hint=_HINT) from error
