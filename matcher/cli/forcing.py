"""`--force --why "…"`: publishing a model that is worse than the current one, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from matcher.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


def force_options(command: F) -> F:
    """Add --force and --why to a command; it gets them as `force` and `why`."""
    why = click.option("--why", default="", help="Why it is forced; kept with the model.")
    force = click.option(
        "--force", is_flag=True, help="Publish even what is significantly worse; needs --why."
    )
    return force(why(command))


def checked_reason(force: bool, why: str) -> str:
    """The reason, "" where nothing is forced. Raises UsageError for one without the other."""
    if force != bool(why.strip()):
        missing = "a reason" if force else "--force"
        hint = 'Write both: --force --why "REASON".'
        raise UsageError(f"There is no {missing}.", field="why", hint=hint)
    return why.strip()
