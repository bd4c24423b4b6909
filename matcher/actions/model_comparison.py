"""Two models side by side: how good, how large, made of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, NamedTuple

from matcher.actions.models import model_facts
from matcher.actions.platform import Platform
from matcher.bundle.manifest import Manifest

_FACTS = ("created_at", "seq", "encoder", "dictionary", "product", "parent")


class Part(StrEnum):
    """What a line of a comparison is about."""

    METRICS = "metrics"
    COUNTS = "counts"
    FACTS = "facts"
    LIBRARIES = "libraries"
    RECIPE = "recipe"


class Compared(NamedTuple):
    """A line: plain values, None where a model doesn't have it. A metric has value, low, high."""

    part: Part
    name: str
    first: Any
    second: Any

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return bool(self.first != self.second)


def compare_models(platform: Platform, first: str, second: str) -> tuple[Compared, ...]:
    """Every metric, count and fact of both, and of libraries and recipe what differs.

    Raises NoModel, BrokenBundle.
    """
    return tuple(compared(model_facts(platform, first), model_facts(platform, second)))


def compared(first: Manifest, second: Manifest) -> Iterator[Compared]:
    """The same for two manifests."""
    sides = _plain(first), _plain(second)
    for part in Part:
        left, right = sides[0][part], sides[1][part]
        for name in dict.fromkeys((*left, *right)):
            line = Compared(part, name, left.get(name), right.get(name))
            if line.differs or part not in (Part.LIBRARIES, Part.RECIPE):
                yield line


def _plain(manifest: Manifest) -> dict[Part, dict[str, Any]]:
    facts: dict[str, Any] = {name: getattr(manifest, name) for name in _FACTS}
    return {
        Part.METRICS: {name: asdict(found) for name, found in sorted(manifest.metrics.items())},
        Part.COUNTS: dict(manifest.counts),
        Part.FACTS: facts | {"created_at": manifest.created_at.isoformat()},
        Part.LIBRARIES: dict(manifest.libraries),
        Part.RECIPE: dict(flat(manifest.recipe)),
    }


def flat(nested: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested mappings under names like `pooling.whole`."""
    for name, value in nested.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
