"""Where a command works: the settings it is to read and the platform it opens with them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Place:
    """The options --home and --config of the root."""

    home: Path | None = None
    config: Path | None = None

    def settings(self) -> Settings:
        """Raises UsageError for a setting that can't be used."""
        given = {"home": self.home} if self.home else {}
        return load_settings(self.config, **given)

    def platform(self) -> AbstractContextManager[Platform]:
        """Raises StoreUnavailable, WrongSchema, and UsageError where nothing was initialised."""
        return open_platform(self.settings())


pass_place = click.make_pass_decorator(Place, ensure=True)
"""Hands the place to a command as its first argument."""
