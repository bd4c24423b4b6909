"""A part of the API: a blueprint that reads requests strictly."""

from __future__ import annotations

from apiflask import APIBlueprint
from apiflask.schema_adapters import registry

from matcher.web.reading import StrictAdapter


def part(name: str, tag: str) -> APIBlueprint:
    """A blueprint whose operations stand under `tag` in the documentation."""
    # APIFlask looks up what reads a model when an operation is declared, not when it is called.
    registry.register("pydantic", StrictAdapter)
    return APIBlueprint(name, f"matcher.web.routes.{name}", tag=tag)
