"""Where a command works: the settings it is to read and the platform it opens with them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from matcher.actions.platform import Platform
    from matcher.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The options --home and --config of the root.

    What opens a platform is loaded when one is opened: it takes a second that `--help` and a
    slip of the pen shouldn't cost, and in which Ctrl-C should end with a message.
    """

    home: Path | None = None
    config: Path | None = None

    def settings(self) -> Settings:
        """Raises UsageError for a setting that can't be used."""
        load = import_module("matcher.settings").load_settings
        return cast("Settings", load(self.config, home=self.home))

    def platform(self) -> AbstractContextManager[Platform]:
        """Raises StoreUnavailable, WrongSchema, and UsageError where nothing was initialised."""
        opened = import_module("matcher.bootstrap").open_platform(self.settings())
        return cast("AbstractContextManager[Platform]", opened)


pass_place = click.make_pass_decorator(Place, ensure=True)
"""Hands the place to a command as its first argument."""
