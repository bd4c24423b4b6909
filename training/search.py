"""Looking for better numbers of a recipe, within a time: random search on an inner split by time.

Bergstra & Bengio, "Random Search for Hyper-Parameter Optimization" (2012). What is held out for
the figures of a model takes no part in it: the search learns and asks on the days before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from matcher.errors import InputError, InvalidValue, TrainingDiverged
from matcher.evaluate.metrics import measure
from matcher.evaluate.questions import Questions
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.recipe import Recipe, read_recipe
from training.held_out import LEAST, PREFIX, PRIMARY, ask, last_days, rank
from training.methods import Learn
from training.recipe_text import Tables, as_toml, with_values
from training.space import Values

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """Values that were tried, none for the recipe as it was, and the mean of `PRIMARY`."""

    values: Values
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Inner:
    """What is learned from and asked in every trial, of the days before those held out.

    since: the first day that is asked about (an ordinal).
    """

    features: Collections
    train: Feedback
    asked: Questions
    since: int
    learn: Learn
    seed: int

    def score(self, recipe: Recipe) -> float:
        """The mean of `PRIMARY` of what is learned by a recipe."""
        models = {
            noun: replace(model, recipe=recipe) for noun, model in self.features.models.items()
        }
        made = self.learn(Collections(models, recipe), self.train, seed=self.seed)
        run = rank(made, self.asked, self.since)
        return float(measure(run, self.asked.qrels, [PRIMARY])[PRIMARY].mean())


def inner(features: Collections, feedback: Feedback, learn: Learn, seed: int) -> Inner:
    """The inner split. Raises InputError where there is too little feedback for one."""
    outer = last_days(feedback)
    before = feedback if outer is None else feedback.until(outer)
    since = None if outer is None else last_days(before)
    asked = None if since is None else ask(before, since, (features,))
    if since is None or asked is None or len(asked.qrels) < LEAST:
        found = len(asked.qrels) if asked else 0
        raise InputError(
            f"There is too little feedback to search on: {found} needs of {LEAST} to ask.",
            hint="Wait until more was accepted, on more days.",
        )
    return Inner(features, before.until(since), asked, since, learn, seed)


def search(
    drawn: Iterable[Values],
    score: Callable[[Values], float],
    more: Callable[[], bool],
    say: Say,
) -> list[Trial]:
    """Try the recipe as it is, then what is drawn while there is `more` time; all trials.

    A trial that began is finished; values that no recipe can have, or with which the learning
    comes to no numbers, are said and left out. An interrupt ends the search and keeps what was
    found.
    """
    trials: list[Trial] = []
    try:
        for values in chain([{}], drawn):
            if trials and not more():
                break
            _try(values, score, trials, say)
    except KeyboardInterrupt:
        say("Interrupted; what was found so far is kept.")
    return trials


def _try(values: Values, score: Callable[[Values], float], trials: list[Trial], say: Say) -> None:
    told = ", ".join(f"{key} {_short(value)}" for key, value in values.items()) or "as it is"
    try:
        trials.append(Trial(values, score(values)))
    except (InvalidValue, TrainingDiverged) as error:
        if not values:
            raise
        say(f"left out: {told}: {error}")
    else:
        say(f"{PRIMARY} {trials[-1].score:.4f}: {told}")


def best_of(trials: Iterable[Trial]) -> Trial:
    """The best score; of equals the first. Raises InputError where nothing was tried."""
    found = max(trials, key=lambda trial: trial.score, default=None)
    if found is None:
        raise InputError("Nothing was tried.", hint="Give the search more time.")
    return found


def scored(found: Inner, tables: Mapping[str, Any]) -> Callable[[Values], float]:
    """From values to the score of the recipe with them."""

    def score(values: Values) -> float:
        return found.score(checked(with_values(tables, values, "tried")))

    return score


def checked(tables: Tables) -> Recipe:
    """The recipe of these tables. Raises InvalidValue for values that none can have."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "recipe.toml")
        path.write_text(as_toml(tables), encoding="utf-8")
        return read_recipe(path)


def as_recipe(tables: Mapping[str, Any], trials: list[Trial], day: str, seed: int) -> str:
    """The recipe of the best trial as TOML, with how its numbers were found."""
    best = best_of(trials)
    origin = (
        f"search {day}, {len(trials)} trials, seed {seed}: {PREFIX}{PRIMARY} {best.score:.4f} "
        f"on an inner split by time, {trials[0].score:.4f} before"
    )
    return as_toml(with_values(tables, best.values, origin))


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
