"""Alive and ready."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from matcher import __version__
from matcher.settings import Settings
from matcher.web.app import create_app


def test_alive_needs_no_platform(tmp_path: Path) -> None:
    client = create_app(Settings(home=tmp_path / "nowhere")).test_client()
    assert client.get("/healthz").get_json() == {"status": "alive", "version": __version__}
    assert not (tmp_path / "nowhere").exists()


def test_ready_needs_nobody_signed_in(stranger: FlaskClient) -> None:
    assert stranger.get("/readyz").get_json()["status"] == "ready"
