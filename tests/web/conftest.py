"""The application over a standard platform, and a client for it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.settings import Settings
from matcher.web.app import create_app


@pytest.fixture
def kind() -> str:
    """The actions are tested on both databases; what is tested here doesn't touch one."""
    return "sqlite"


@pytest.fixture
def app(standard_settings: Settings) -> Flask:
    return create_app(standard_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
