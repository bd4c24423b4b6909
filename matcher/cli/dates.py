"""Days as they are typed."""

from __future__ import annotations

from datetime import date

import click


def day(text: str) -> date:
    """The type of an option that takes a day. Raises click.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no day; write YYYY-MM-DD.") from error
