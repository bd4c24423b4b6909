"""The file that settings are read from, and which name somebody meant who misspelt one."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matcher.domain.checks import shown
from matcher.errors import UsageError

CONFIG_VARIABLE = "MATCHER_CONFIG"
"""Names the TOML file; without it `matcher.toml` is read from the current folder, if it's there."""
CONFIG_FILE = "matcher.toml"
_PATHS = frozenset({"home", "models"})
_SLIP = 0.7


def found_file(config: Path | None) -> Path | None:
    """The file that is named, by the caller or a variable, else the one that lies here, if any."""
    named = config or os.environ.get(CONFIG_VARIABLE)
    if not named:
        return Path(CONFIG_FILE) if Path(CONFIG_FILE).is_file() else None
    return Path(named).expanduser()


def read_file(path: Path, names: Sequence[str]) -> dict[str, Any]:
    """Its settings by name; a relative folder is relative to the file.

    names: those there are. Raises UsageError for a file that can't be read, and an unknown name.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        hint = f"Correct --config or {CONFIG_VARIABLE}, or leave them out."
        raise UsageError(f"can't be read ({error.strerror}).", file=str(path), hint=hint) from error
    except (ValueError, RecursionError) as error:
        # The parser's message may quote the line, and that line may hold a password.
        place = re.search(r"line \d+, column \d+", str(error))
        message = f"is not TOML{f' ({place[0]})' if place else ''}."
        raise UsageError(message, file=str(path), hint='Write lines as: language = "en"') from None
    for name in sorted(table.keys() - set(names)):
        message = f"unknown setting {shown(name)}."
        raise UsageError(message, file=str(path), field=name, hint=meant(name, names))
    return {
        name: _beside(path, value) if name in _PATHS else value for name, value in table.items()
    }


def _beside(path: Path, value: Any) -> Any:
    return (
        path.absolute().parent / Path(value).expanduser()
        if value and isinstance(value, str)
        else value
    )


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The one of `names` that somebody who wrote `name` may have meant."""
    near = get_close_matches(name.lower(), names, n=1, cutoff=_SLIP) or [
        known for known in names if name and (known.startswith(name) or name.startswith(known))
    ]
    return near[0] if near else None


def meant(name: str, names: Sequence[str]) -> str:
    """What to do about a name that there isn't."""
    near = nearest(name, names)
    return f"Did you mean {near}?" if near else f"Known are {', '.join(names)}."
