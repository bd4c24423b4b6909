"""The standard platform, open, for every room: made and trained once, then copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.actions.platform import Platform
from matcher.bootstrap import make_platform
from matcher.settings import Settings
from tests.platforms import NOW, standard_platform

POLL = 1e-6


@pytest.fixture(scope="session")
def standard_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a standard platform on SQLite, closed."""
    home = tmp_path_factory.mktemp("standard") / "home"
    standard_platform(home).database.dispose()
    return home


@pytest.fixture(scope="session")
def standard_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same on the PostgreSQL server, in the database `standard`: the folder of its models."""
    server = request.getfixturevalue("server")
    server.run("CREATE DATABASE standard")
    home = tmp_path_factory.mktemp("standard") / "served"
    standard_platform(home, server.address("standard")).database.dispose()
    return home


@pytest.fixture
def standard_settings(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Settings]:
    """The settings of a standard platform of the test's own."""
    folder = tmp_path / "home"
    if kind == "sqlite":
        shutil.copytree(request.getfixturevalue("standard_home"), folder)
        yield Settings(home=folder, poll_seconds=POLL)
        return
    shutil.copytree(request.getfixturevalue("standard_server"), folder)
    server = request.getfixturevalue("server")
    name = server.create("standard")
    yield Settings(home=folder, database=server.address(name), poll_seconds=POLL)
    server.drop(name)


@pytest.fixture
def platform(standard_settings: Settings) -> Iterator[Platform]:
    """A standard platform of the test's own, on the day of its records."""
    opened = make_platform(standard_settings)
    yield replace(opened, now=lambda: NOW)
    opened.database.dispose()
