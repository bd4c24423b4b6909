"""Two models side by side as a page shows them: figures by kind of question, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.actions.model_comparison import Compared, Part
from matcher.bundle.manifest import Manifest, Measured
from matcher.evaluate.comparison import Comparison, Verdict
from matcher.web.gate_words import difference_words
from matcher.web.say import Say
from matcher.web.whisker import Whisker, axis_of

Pair = tuple[str, str]
SLICES: Mapping[str, Pair] = {
    "need>outcome.nDCG@10": ("全部", "Everything"),
    "need>outcome.warm.nDCG@10": ("双方都有过往", "Both sides known"),
    "need>outcome.cold_need.nDCG@10": ("新需求", "New need"),
    "need>outcome.cold_outcome.nDCG@10": ("新成果", "New outcome"),
    "need>manager.cold_manager.nDCG@10": ("新经理人", "New manager"),
    "need>outcome.zh_en.nDCG@10": ("中文需求 → 英文成果", "Chinese need → English outcome"),
    "need>outcome.en_zh.nDCG@10": ("英文需求 → 中文成果", "English need → Chinese outcome"),
}
"""The figures by kind of question, in their order."""
_HELD_OUT: Mapping[str, Pair] = {
    "need>outcome.nDCG@10": ("前十条的质量", "quality of the first ten"),
    "need>outcome.R@20": ("前二十条里找到的", "found among the first twenty"),
    "need>outcome.RR": ("第一条对的有多靠前", "how far up the first right one is"),
}
_TONES = {Verdict.BETTER: "good", Verdict.WORSE: "bad", Verdict.UNDECIDED: ""}


@dataclass(frozen=True, slots=True)
class SliceRow:
    """A kind of question; a figure that a model doesn't have is None."""

    name: str
    first: Whisker | None
    second: Whisker | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The first minus the second on the same questions. tone: good, bad, "" for neither."""

    name: str
    metric: str
    says: str
    tone: str
    queries: int


def slice_rows(first: Manifest, second: Manifest, say: Say) -> tuple[SliceRow, ...]:
    """The kinds of questions on one axis, also those that neither was measured on."""
    both = [[side.metrics.get(key) for key in SLICES] for side in (first, second)]
    axis = axis_of(found for side in both for found in side if found is not None)

    def placed(found: Measured | None) -> Whisker | None:
        return axis.whisker(found) if axis is not None and found is not None else None

    rows = zip(SLICES.values(), *both, strict=True)
    return tuple(SliceRow(say(*name), placed(one), placed(two)) for name, one, two in rows)


def differences(metrics: Mapping[str, Mapping[str, Any]], say: Say) -> tuple[Difference, ...]:
    """The result of a comparison on the same questions."""
    found = ((name, Comparison(**one)) for name, one in metrics.items())
    return tuple(
        Difference(
            say(*_HELD_OUT[name]) if name in _HELD_OUT else name,
            name.rpartition(".")[2],
            difference_words(one, say),
            _TONES[one.verdict],
            one.queries,
        )
        for name, one in found
    )


def other_lines(lines: Iterable[Compared]) -> Sequence[Compared]:
    """What differs beside the figures: counts, facts, libraries, recipe."""
    return [line for line in lines if line.part is not Part.METRICS and line.differs]
