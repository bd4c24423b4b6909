"""Trees in the place of weights: tried where the recipe asks for it, kept where they are better.

Both rank the newest lists that were shown to people, which neither knew. Trees can say more than
weights, and be wrong in more ways, so they have to win: significantly, by a paired permutation test
(see evaluate/comparison.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.bundle.manifest import Measured
from matcher.domain.enums import Noun
from matcher.errors import UsageError
from matcher.evaluate.comparison import Verdict, compare, in_words
from matcher.evaluate.metrics import measure
from matcher.evaluate.splits import split_day
from matcher.recommend.boosted import fit_boosted, relevance, require_lightgbm
from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Folds, Past, folded
from matcher.recommend.learned import Learned, Trial
from matcher.recommend.learning import examination_of, examined_in, learned
from matcher.recommend.learning_lists import learning_rows
from matcher.recommend.pair_features import Askers
from matcher.recommend.shown_lists import Shown, ShownLists, shown_lists
from training.past import Way, past_by, way_of

Column = npt.NDArray[np.float64]

METRIC = "nDCG@10"
GAIN = "boosted_gain"
"""The name of the figure in a manifest, behind that of the relation."""
LEAST = 30
"""Lists held out of which something can be told; fewer compare nothing."""


def learned_with_trees(
    collections: Collections,
    feedback: Feedback,
    *,
    seed: int,
    way: Way | None = None,
    past: Past | None = None,
) -> Collections:
    """The collections with what feedback teaches, and with trees where they are asked for and won.

    way, past: as `Learn` takes them. Raises UsageError where trees are asked for and LightGBM isn't
    there, TrainingDiverged.
    """
    way = way or way_of(feedback)
    past = past or past_by(way, collections, feedback, seed)
    if not collections.recipe.ranker.boosted:
        return learned(collections, feedback, seed, past=past)
    require_lightgbm()
    made = learned(collections, feedback, seed, past=past)
    split = _Split.of(collections, feedback, seed, way)
    if split is None:
        return _changed(made, _untried)
    every = _Known.of(collections, feedback, seed, past)

    def tried(asker: Noun, noun: Noun, own: Learned) -> Learned:
        trial, better = compared(*split.sides(asker, noun), split.weights(asker, noun), seed)
        kept = replace(own, trial=trial)
        return grown(kept, every.lists(asker, noun), seed) if better else kept

    return _changed(made, tried)


def _changed(made: Collections, change: Callable[[Noun, Noun, Learned], Learned]) -> Collections:
    """With what was learned of each relation changed. change: of asker, noun and that."""
    models = {
        noun: replace(
            model,
            learned={asker: change(Noun(asker), noun, own) for asker, own in model.learned.items()},
        )
        for noun, model in made.models.items()
    }
    return replace(made, models=models)


def _untried(asker: Noun, noun: Noun, own: Learned) -> Learned:
    return replace(own, trial=Trial("weights stay: all lists are of one day"))


def trials_of(collections: Collections) -> Iterator[tuple[str, Trial]]:
    """The name of each relation for which trees were asked for, and what was found."""
    for noun, model in collections.models.items():
        for asker, own in model.learned.items():
            if own.trial is not None:
                yield f"{asker}>{noun.value}", own.trial


def gains_of(collections: Collections) -> dict[str, Measured]:
    """What trees gained over the weights, by name for a manifest; nothing that wasn't compared."""
    return {
        f"{name}.{GAIN}": Measured(trial.gain, trial.low, trial.high)
        for name, trial in trials_of(collections)
        if trial.gain is not None
    }


def compared(
    early: ShownLists, late: ShownLists, weights: Mapping[str, float], seed: int = 0
) -> tuple[Trial, bool]:
    """Trees fitted to the early lists, against these weights, on the late ones; whether they won.

    Looked at are the rows that were surely seen, of lists in which they went differently far.
    """
    asked = _telling(late.where(late.seen))
    count = len(np.unique(asked.lists.lists))
    if count < LEAST:
        return Trial(f"weights stay: {count} lists to compare by, {LEAST} are needed"), False
    trees = fit_boosted(early.lists, early.names, seed=seed)
    if trees is None:
        return Trial("weights stay: there is nothing that trees could tell apart"), False
    linear = asked.lists.features @ np.array([weights[name] for name in asked.names])
    # As when they are served: what trees can't tell apart stays in the order of the weights.
    ours = _quality(asked, (linear, trees.scores(asked.lists.features)), seed)
    found = compare(ours, _quality(asked, (linear,), seed), seed)
    better = found.verdict is Verdict.BETTER
    why = f"{'trees rank' if better else 'weights stay'}: {METRIC} of trees {in_words(found)}"
    return Trial(why, found.difference, found.low, found.high), better


def grown(own: Learned, known: ShownLists, seed: int = 0) -> Learned:
    """With trees fitted to all lists."""
    trees = fit_boosted(known.lists, known.names, seed=seed)
    return own if trees is None else replace(own, boosted=trees)


def _telling(shown: ShownLists) -> ShownLists:
    """The lists with rows of different grades, one of which went somewhere."""
    _, numbers = np.unique(shown.lists.lists, return_inverse=True)
    rows = np.bincount(numbers)
    went = np.bincount(numbers, weights=shown.went)
    return shown.where(((went > 0) & (went < rows))[numbers]) if len(shown) else shown


def _quality(asked: ShownLists, keys: tuple[Column, ...], seed: int) -> Column:
    """float64[lists], nDCG@10 by the last of the keys, ties by the one before, then by lot."""
    lots = np.random.default_rng(seed).permutation(len(asked))
    order = np.lexsort((lots, *(-key for key in keys), asked.lists.lists))
    # Whether a row was declined or left alone, it is no answer.
    grades = np.maximum(relevance(asked.lists.gains) - 1, 0)
    run: dict[str, list[tuple[str, float]]] = {}
    qrels: dict[str, dict[str, int]] = {}
    for row in order.tolist():
        number = str(asked.lists.lists[row])
        run.setdefault(number, []).append((str(row), 0.0))
        qrels.setdefault(number, {})[str(row)] = int(grades[row])
    return measure(run, qrels, [METRIC])[METRIC]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Feedback, with ties by which its rows are judged."""

    judged: Folds
    feedback: Feedback
    examination: Examination
    seed: int

    @classmethod
    def of(
        cls, collections: Collections, feedback: Feedback, seed: int, past: Past | None
    ) -> _Known:
        """Each row is judged by ties that weren't told of it."""
        examination = examination_of(feedback)
        examined = examined_in(feedback, examination)
        folds = folded(collections, feedback, examined, seed, past)
        return cls(folds, feedback, examination, seed)

    def lists(self, asker: Noun, noun: Noun) -> ShownLists:
        most = self.judged.collections[0].recipe.ranker.lists
        rows = learning_rows(self.feedback, most, self.seed)
        shown = Shown.of(self.judged, self.feedback, rows, asker, noun)
        askers = Askers.read(self.judged.collections[0], asker, shown.asking)
        features = shown.features(askers)
        return shown_lists(shown, features, askers, self.examination, self.seed)


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """What was known before the last fifth of the lists, and those lists, by a model of before."""

    made: Collections
    early: _Known
    late: _Known

    @classmethod
    def of(cls, collections: Collections, feedback: Feedback, seed: int, way: Way) -> _Split | None:
        """None where all lists are of one day."""
        rows = learning_rows(feedback, collections.recipe.ranker.lists, seed)
        _, first = np.unique(rows.lists, return_index=True)
        try:
            day = split_day(feedback.impressions.days[rows.places[first]])
        except UsageError:
            return None
        before = feedback.until(day)
        past = past_by(way, collections, before, seed)
        made = learned(collections, before, seed, past=past)
        shown = feedback.impressions.where(feedback.impressions.days >= day)
        judged = Folds((made,), np.zeros(len(shown), np.int64))
        early = _Known.of(collections, before, seed, past)
        late = _Known(judged, replace(feedback, impressions=shown), early.examination, seed)
        return cls(made, early, late)

    def sides(self, asker: Noun, noun: Noun) -> tuple[ShownLists, ShownLists]:
        return self.early.lists(asker, noun), self.late.lists(asker, noun)

    def weights(self, asker: Noun, noun: Noun) -> Mapping[str, float]:
        """As learned from what was known before, or else the recipe's."""
        model = self.made.models[noun]
        own = model.learned.get(asker.value)
        if own is not None:
            return own.weights
        return model.recipe.persons if model.pooled else model.recipe.listings
