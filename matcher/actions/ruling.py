"""The gate's ruling on a model: how it compares with the one that was current before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from matcher.bundle.manifest import Manifest, Measured
from matcher.evaluate.comparison import Comparison
from matcher.evaluate.comparison import Verdict as Compared

DIFFERENCE, P, QUERIES = "gate.difference", "gate.p", "gate.queries"
"""Metrics of a manifest: ours minus theirs with its interval, and p, over so many queries."""


class Verdict(StrEnum):
    """WORSE is significantly worse than what is current, and isn't published by itself."""

    PASSED = "passed"
    WORSE = "worse"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """against: the version that was current; why: in words."""

    against: str | None
    why: str
    comparison: Comparison | None = None

    @property
    def verdict(self) -> Verdict:
        """Worse only where the comparison says so."""
        if self.comparison is None:
            return Verdict.NOT_COMPARABLE
        return Verdict.WORSE if self.comparison.verdict is Compared.WORSE else Verdict.PASSED

    def to_metrics(self) -> dict[str, Measured]:
        """What a manifest keeps of it: nothing where nothing was compared."""
        found = self.comparison
        if found is None:
            return {}
        return {
            DIFFERENCE: Measured(found.difference, found.low, found.high),
            P: Measured(found.p, None, None),
            QUERIES: Measured(float(found.queries), None, None),
        }

    def to_mapping(self) -> dict[str, Any]:
        """As plain JSON values."""
        compared = None if self.comparison is None else asdict(self.comparison)
        plain = {"against": self.against, "why": self.why, "comparison": compared}
        return {"verdict": self.verdict.value, **plain}


def ruling_of(plain: Mapping[str, Any]) -> Ruling:
    """The ruling that `to_mapping` wrote. Raises KeyError, TypeError for anything else."""
    compared = plain["comparison"]
    found = None if compared is None else Comparison(**compared)
    return Ruling(against=plain["against"], why=plain["why"], comparison=found)


def ruling_in(manifest: Manifest) -> Ruling:
    """The ruling on a model as its manifest keeps it; the words for it aren't kept."""
    return Ruling(against=manifest.parent, why="", comparison=comparison_in(manifest))


def refusal(manifest: Manifest, current: str | None) -> Comparison | None:
    """The comparison that speaks against publishing a model, None where none does.

    It speaks of the model it was made with alone: once another is current, it says nothing.
    """
    compared = comparison_in(manifest) if current and manifest.parent == current else None
    return compared if compared and compared.verdict is Compared.WORSE else None


def comparison_in(manifest: Manifest) -> Comparison | None:
    """What the gate measured against the model's parent, None where it couldn't compare."""
    found = manifest.metrics
    if not {DIFFERENCE, P, QUERIES} <= set(found):
        return None
    difference = found[DIFFERENCE]
    return Comparison(
        difference.value,
        difference.value if difference.low is None else difference.low,
        difference.value if difference.high is None else difference.high,
        found[P].value,
        int(found[QUERIES].value),
    )
