"""What a training learns by, in one place: reading feedback, learning from it, measuring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from matcher.bundle.manifest import Measured
from matcher.evaluate.reliability import Reliability
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
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

    def __call__(self, collections: Collections, feedback: Feedback, *, seed: int) -> Collections:
        """The collections with what was learned."""


Measure = Callable[[Collections, Snapshot, Learn, int], Figures]
"""(collections before anything is learned from feedback, what is known, learn, seed) → figures;
none where there is too little feedback."""


@dataclass(frozen=True, slots=True)
class Methods:
    """The exchangeable parts of a training."""

    read_feedback: ReadFeedback
    learn: Learn
    measure: Measure
