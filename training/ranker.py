"""The one place where a case meets the product: a part of a case as the matcher ranks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.evaluate.metrics import Run
from matcher.recommend.matcher import Matcher
from matcher.recommend.rules import Request
from training.sets.case import Part, Record


@dataclass(frozen=True, slots=True)
class FittedRanker:
    """A matcher that was fitted on one part of a case."""

    matcher: Matcher
    request: Request

    @property
    def legs(self) -> tuple[str, ...]:
        """The parts of the score that can be had alone."""
        return self.matcher.legs

    def rank(self, weights: Mapping[str, float] | None) -> Run:
        """The best of each query, without known pairs. `weights`: of the legs, or the recipe's."""
        return dict(self.matcher.rank(weights=weights, request=self.request))


def fit(part: Part, depth: int) -> FittedRanker:
    """Fit a matcher with the default encoder on the records and interactions of a part."""
    matcher = Matcher.fit(
        [as_item(record) for record in part.candidates],
        [as_item(record) for record in part.queries],
        interactions=part.interactions or None,
    )
    return FittedRanker(matcher, Request(k=depth, only=part.only))


def as_item(record: Record) -> Item:
    """The record as the product takes it. It states no facts, so that no rule on them applies."""
    return Item(
        id=record["id"],
        title=record["title"],
        text=record["text"],
        keywords=record["keywords"],
        lang=Language.parse(record["lang"]) if record["lang"] else None,
        portfolio=record["portfolio"],
    )
