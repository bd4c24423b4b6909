"""The module that a WSGI server is pointed at."""

from pathlib import Path

import pytest

import service


def test_it_is_alive_without_a_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    client = service.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.post("/api/v1/match", json={"text": "x"}).status_code == 503
    assert not (tmp_path / "home").exists()
