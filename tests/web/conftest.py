"""The application over three outcomes, and a client for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.suggest import Suggester
from matcher.web.app import create_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    outcomes, needs = tmp_path / "outcomes.csv", tmp_path / "needs.csv"
    outcomes.write_text("id,title\no1,graphene coating\no2,耐盐水稻育种\no3,graphene rice cooker\n")
    needs.write_text("id,title\nn1,石墨烯涂层\n")
    return create_app(Suggester(outcomes, needs))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
