"""What a training learns by, in one place: reading feedback, learning from it, measuring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from matcher.bundle.manifest import Measured
from matcher.evaluate.reliability import Reliability
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from training.past import Way
from training.platform_eval import Evaluation
from training.snapshot import ReadFeedback, Snapshot


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, nothing where too little is known.

    metrics: for the manifest. evaluations: the same for people. reliability: by direction, of the
    likelihoods. details: plain values for a page, beside the metrics: the day of the split, tables
    of reliability, notes, and what is missing.
    """

    metrics: Mapping[str, Measured] = field(default_factory=dict)
    evaluations: tuple[Evaluation, ...] = ()
    reliability: Mapping[str, Reliability] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


class Learn(Protocol):
    """Fits all that is learned from feedback; the same arguments give the same."""

    def __call__(
        self,
        collections: Collections,
        feedback: Feedback,
        *,
        seed: int,
        way: Way | None = None,
        past: Past | None = None,
    ) -> Collections:
        """The collections with what was learned. way: what judges the rows that are learned from,
        as `way_of` the feedback by default. past: of before the last days, where that is known
        already."""


Measure = Callable[[Collections, Snapshot, int], Figures]
"""(collections that learned nothing of the last days, all that is known, seed) → figures."""


@dataclass(frozen=True, slots=True)
class Methods:
    """The exchangeable parts of a training."""

    read_feedback: ReadFeedback
    learn: Learn
    measure: Measure
