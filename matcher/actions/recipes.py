"""The recipes that a model can be trained by: the shipped one, and those of the platform's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import NotFound
from matcher.resources import data_path
from matcher.settings import Settings

FOLDER = "recipes"
"""In home: where `python -m training search -o` may write what it found."""
DEFAULT = "default"
_SUFFIX = ".toml"
_NAME = re.compile(r"[\w][\w.-]{0,59}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A recipe to choose. shipped: whether it came with the product."""

    name: str
    path: Path
    shipped: bool


def recipes(settings: Settings) -> tuple[Choice, ...]:
    """The shipped one first, then those in home by name. Raises MissingData."""
    own = sorted((settings.home / FOLDER).glob(f"*{_SUFFIX}"))
    return (
        Choice(DEFAULT, data_path("recipes", f"{DEFAULT}{_SUFFIX}"), shipped=True),
        *(Choice(path.stem, path, shipped=False) for path in own if _is_one(path)),
    )


def recipe_path(settings: Settings, name: str) -> Path:
    """The file of a recipe by its name, "" for the shipped one. No other file is read for a caller.

    Raises NotFound.
    """
    found = recipes(settings)
    for one in found:
        if one.name == (name or DEFAULT):
            return one.path
    hint = f"There are: {', '.join(one.name for one in found)}."
    raise NotFound("There is no such recipe.", field="recipe", hint=hint)


def _is_one(path: Path) -> bool:
    """A file of home's own; the name of the shipped one is taken."""
    named = _NAME.fullmatch(path.stem) is not None and path.stem != DEFAULT
    return named and path.is_file() and not path.is_symlink()
