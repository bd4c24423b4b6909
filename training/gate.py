"""The gate: a model that is significantly worse than the current one isn't published by itself.

Both are asked about what was accepted after the current model was made, which it can't have
learned from; the new one is fitted for this without anything from those days either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from matcher.actions.models import current_version
from matcher.actions.ruling import Ruling
from matcher.bundle.library import Library
from matcher.bundle.manifest import read_manifest
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel
from matcher.evaluate.comparison import Comparison, compare, in_words
from matcher.evaluate.metrics import measure
from matcher.evaluate.questions import Questions
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.saving import open_collections
from matcher.text.encoders.registry import open_encoder
from training.held_out import ASKER, LEAST, METRICS, PRIMARY, ask, judged, rank
from training.methods import Learn

Compared = tuple[Mapping[str, Comparison], str]
"""Metric → comparison, none where nothing can be compared; and since when, or why not."""


def judge(
    library: Library,
    features: Callable[[], Collections],
    feedback: Feedback,
    learn: Learn,
    seed: int,
) -> Ruling:
    """Compare the model that is learned from `features` and `feedback` with the current one.

    features: opens the collections before anything is learned from feedback. Not comparable where
    nothing is current or it can't be opened, and below `LEAST` needs with an accepted outcome
    since it was made.
    """
    version = current_version(library)
    if version is None:
        return Ruling(against=None, why="no model is current")
    try:
        with library.in_use(version) as lease:
            since = day_after(read_manifest(lease.folder).created_at.date())
            if (few := _labelled(feedback, since)) < LEAST:
                return Ruling(against=version, why=too_few(few, since))
            theirs = open_collections(lease.folder, open_encoder)
            return _compared(version, theirs, features(), feedback, since, learn, seed)
    except (NoModel, BrokenBundle, EncoderUnavailable) as error:
        return Ruling(against=version, why=f"the current model can't be opened: {error}")


def _compared(
    version: str,
    theirs: Collections,
    features: Collections,
    feedback: Feedback,
    since: int,
    learn: Learn,
    seed: int,
) -> Ruling:
    asked = ask(feedback, since, (features, theirs))
    if len(asked.qrels) < LEAST:
        return Ruling(against=version, why=too_few(len(asked.qrels), since))
    ours = learn(features, feedback.until(since), seed=seed)
    found = compare_on(asked, since, ours, theirs)[PRIMARY]
    why = f"{PRIMARY} since {date.fromordinal(since)}: {in_words(found)}"
    return Ruling(against=version, why=why, comparison=found)


def compare_on(
    asked: Questions, since: int, ours: Collections, theirs: Collections
) -> dict[str, Comparison]:
    """Ours compared with theirs on the same questions, as on one day, for each of `METRICS`."""
    one, other = (
        measure(rank(model, asked, since), asked.qrels, METRICS) for model in (ours, theirs)
    )
    return {metric: compare(one[metric], other[metric]) for metric in METRICS}


def compare_versions(library: Library, first: str, second: str, feedback: Feedback) -> Compared:
    """Two versions on what was accepted since the later of them was made; and why, if not.

    Raises NoModel, BrokenBundle, EncoderUnavailable.
    """
    with library.in_use(first) as one, library.in_use(second) as two:
        made = [read_manifest(lease.folder).created_at.date() for lease in (one, two)]
        since = day_after(max(made))
        if (few := _labelled(feedback, since)) < LEAST:
            return {}, too_few(few, since)
        left, right = (open_collections(lease.folder, open_encoder) for lease in (one, two))
        asked = ask(feedback, since, (left, right))
        if len(asked.qrels) < LEAST:
            return {}, too_few(len(asked.qrels), since)
        return compare_on(asked, since, left, right), f"since {date.fromordinal(since)}"


def day_after(day: date) -> int:
    """The ordinal of the first day of which a model of `day` can't know anything."""
    return day.toordinal() + 1


def too_few(found: int, since: int) -> str:
    """Why nothing is compared, in words."""
    day = date.fromordinal(since)
    return f"{found} {ASKER}s with an accepted outcome since {day}; {LEAST} are needed"


def _labelled(feedback: Feedback, since: int) -> int:
    """How many needs have one, known to the models or not: cheap, before any is opened."""
    pairs = judged(feedback)
    return len(pairs.where((pairs.days >= since) & pairs.positive).qrels())
