"""How fast requests were answered, out of the histogram that Prometheus is told.

Quantiles are read off it as Prometheus does (`histogram_quantile`): between the ends of a bucket
requests are taken to lie evenly, so that they are as exact as the buckets are narrow.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client.samples import Sample

METRIC = "matcher_request_seconds"
NOT_FOR_PEOPLE = ("static", "metrics", "service.", "none")
"""How the names of operations begin that no person waits for."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Requests of one operation, or of several. buckets: (seconds, how many took no longer), the
    last one without a bound."""

    operation: str
    buckets: tuple[tuple[float, float], ...]

    @property
    def count(self) -> int:
        """How many there were."""
        return int(self.buckets[-1][1]) if self.buckets else 0

    def quantile(self, share: float) -> float | None:
        """Seconds that this share of the requests took at most, None over none; the last bound for
        what lies beyond it."""
        wanted, below, under = share * self.count, 0.0, 0.0
        if not self.count:
            return None
        for bound, count in self.buckets:
            if count >= wanted:
                if math.isinf(bound):
                    return below
                within = (wanted - under) / (count - under) if count > under else 1.0
                return below + (bound - below) * within
            below, under = bound, count
        return below

    def within(self, seconds: float) -> int:
        """How many took no longer than a bound of the histogram."""
        return int(max((count for bound, count in self.buckets if bound <= seconds), default=0))


def latencies(samples: Iterable[Sample]) -> tuple[Latency, ...]:
    """By operation of those that people wait for, the most used first."""
    counts: dict[str, dict[float, float]] = defaultdict(dict)
    for sample in samples:
        operation = sample.labels.get("operation", "")
        if "le" in sample.labels and not operation.startswith(NOT_FOR_PEOPLE):
            counts[operation][float(sample.labels["le"])] = sample.value
    found = (Latency(name, _sorted(bounds)) for name, bounds in counts.items())
    return tuple(sorted(found, key=lambda one: (-one.count, one.operation)))


def together(found: Iterable[Latency]) -> Latency:
    """All of them as one."""
    sums: dict[float, float] = defaultdict(float)
    for one in found:
        for bound, count in one.buckets:
            sums[bound] += count
    return Latency("", _sorted(sums))


def _sorted(bounds: Mapping[float, float]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted(bounds.items()))
