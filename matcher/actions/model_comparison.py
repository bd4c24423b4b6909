"""Two models side by side: how good on the same questions, how large, made of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, NamedTuple

from matcher.actions.child import Watch, run_training
from matcher.actions.models import model_facts
from matcher.actions.platform import Platform
from matcher.bundle.manifest import Manifest
from matcher.errors import MatcherError
from matcher.evaluate.comparison import Comparison

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


class HeldOut(NamedTuple):
    """Metric → first minus second, on what was accepted since both were made.

    Empty where there is too little of that; `why` then says so, else since when it was. moved: what
    both find for needs that they find the most different things for, as `moved` of training has it.
    """

    differences: Mapping[str, Comparison]
    why: str
    moved: tuple[Mapping[str, Any], ...] = ()


def compare_held_out(
    platform: Platform, first: str, second: str, *, moved: int = 0, watch: Watch | None = None
) -> HeldOut:
    """Both models asked the same; in a process of its own, whose errors go to standard error, or to
    whoever watches. moved: how many examples to give.

    Raises NoModel, BrokenBundle, and MatcherError where the process fails.
    """
    for version in (first, second):
        model_facts(platform, version)
    failed, hint = "The models couldn't be compared", "What was said stands above."
    arguments = ["compare", "--moved", str(moved), "--", first, second]
    found = run_training(platform.settings, arguments, failed=failed, hint=hint, watch=watch)
    try:
        differences = {name: Comparison(**one) for name, one in found["metrics"].items()}
        return HeldOut(differences, found["why"], tuple(found["moved"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise MatcherError(f"{failed} (it printed no result).", hint=hint) from error


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
