"""How the service says that it is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.web.models.service import Alive, Ready


def test_alive_is_alive() -> None:
    assert Alive(status="alive", version="1").version == "1"
    with pytest.raises(ValidationError):
        Alive.model_validate({"status": "dead", "version": "1"})


def test_ready_names_its_model_and_what_it_lacks() -> None:
    found = Ready(status="ready", model_version="0001-x", degraded=["boosted"])
    assert found.model_dump() == {
        "status": "ready",
        "model_version": "0001-x",
        "degraded": ["boosted"],
    }
