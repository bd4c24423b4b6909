"""How the service is."""

from __future__ import annotations

from typing import Literal

from matcher.web.models.base import Shown


class Alive(Shown):
    """It answers."""

    status: Literal["alive"]
    version: str


class Ready(Shown):
    """It can rank. degraded: what it has to do without."""

    status: Literal["ready"]
    model_version: str
    degraded: list[str]
