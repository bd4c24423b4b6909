"""A search tries, keeps the best, stops in time, and loses nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import count, repeat
from pathlib import Path

import pytest

from matcher.errors import InputError, InvalidValue, MatcherError, TrainingDiverged
from matcher.resources import data_path
from tests.training.some_training import (
    DAY,
    accepted,
    as_they_are,
    gradually,
    rightly,
    topical,
    wrongly,
)
from training.recipe_text import recipe_tables
from training.search import (
    Trial,
    as_recipe,
    best_of,
    checked,
    inner,
    scored,
    search,
)
from training.space import Values

TABLES = recipe_tables(data_path("recipes", "default.toml"))


def silent(_: str) -> None:
    pass


def numbers() -> Iterator[Values]:
    return ({"a": number} for number in count(1))


def test_the_best_is_kept_and_the_recipe_as_it_is_counts_too() -> None:
    scores = {0: 0.5, 1: 0.4, 2: 0.9, 3: 0.9}
    trials = search(
        [{"a": 1}, {"a": 2}, {"a": 3}], lambda v: scores[v.get("a", 0)], lambda: True, silent
    )
    assert trials[0] == Trial({}, 0.5)
    assert best_of(trials) == Trial({"a": 2}, 0.9)
    assert best_of(trials[:2]) == Trial({}, 0.5)


def test_the_trial_that_runs_is_finished_and_no_other_begun() -> None:
    clock = iter([True, True, False])
    trials = search(numbers(), lambda _: 0.0, lambda: next(clock), silent)
    assert [trial.values for trial in trials] == [{}, {"a": 1}, {"a": 2}]


def test_with_no_time_at_all_the_recipe_as_it_is_is_still_measured() -> None:
    assert len(search(numbers(), lambda _: 0.0, lambda: False, silent)) == 1


def test_an_interrupt_keeps_what_was_found() -> None:
    said: list[str] = []

    def score(values: Values) -> float:
        if values.get("a") == 3:
            raise KeyboardInterrupt
        return float(values.get("a", 0))

    trials = search(numbers(), score, lambda: True, said.append)
    assert best_of(trials) == Trial({"a": 2}, 2.0)
    assert "Interrupted" in said[-1]


@pytest.mark.parametrize("error", [InvalidValue("too large"), TrainingDiverged("too large")])
def test_values_that_cannot_be_used_are_left_out_and_said(error: MatcherError) -> None:
    said: list[str] = []

    def score(values: Values) -> float:
        if values.get("a") == 1:
            raise error
        return 0.0

    clock = iter(repeat(True, 3))
    trials = search(numbers(), score, lambda: next(clock, False), said.append)
    assert [trial.values for trial in trials] == [{}, {"a": 2}, {"a": 3}]
    assert "left out: a 1: too large" in said


def test_nothing_tried_is_nothing_found() -> None:
    with pytest.raises(InputError, match="Nothing was tried"):
        best_of([])


def test_what_is_held_out_for_the_figures_takes_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.search.LEAST", 5)
    found = inner(topical(), gradually(), as_they_are, 0)
    last = DAY - 35
    asked = sorted(int(id_[1:]) for id_ in found.asked.qrels)
    learned = found.train.judgements.days - last
    assert learned.max() < asked[0]
    assert asked[-1] < 36 * 0.8


def test_every_trial_learns_by_its_own_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.search.LEAST", 5)
    score = scored(inner(topical(), gradually(), as_they_are, 0), TABLES)
    assert score({}) > 0.99
    assert score({"fusion.texts.content": 0.5}) > 0.5
    with pytest.raises(InvalidValue, match=r"pooling\.none"):
        score({"pooling.none": 1})
    bad = scored(inner(topical(), gradually(), wrongly, 0), TABLES)
    assert bad({}) < score({})


def test_the_recipe_that_is_tried_is_the_one_that_learns_and_ranks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("training.search.LEAST", 5)
    seen = []

    def learn(collections: object, feedback: object, *, seed: int) -> object:
        models = collections.models.values()  # type: ignore[attr-defined]
        seen.append({model.recipe.candidates.query_concepts for model in models})
        return collections

    scored(inner(topical(), gradually(), learn, 0), TABLES)({"candidates.query_concepts": 7})  # type: ignore[arg-type]
    assert seen == [{7}]


def test_too_little_feedback_cannot_be_searched_on() -> None:
    for feedback in (rightly(DAY), accepted([], []), gradually()):
        with pytest.raises(InputError, match="too little feedback"):
            inner(topical(), feedback, as_they_are, 0)


def test_the_best_is_a_recipe_that_says_where_it_comes_from(tmp_path: Path) -> None:
    trials = [Trial({}, 0.5), Trial({"pooling.whole": 0.8}, 0.61)]
    text = as_recipe(TABLES, trials, "2026-03-01", 4)
    tables = tomllib.loads(text)
    assert checked(tables).pooling.whole == 0.8
    origin = tables["pooling"]["origin"]
    assert "search 2026-03-01, 2 trials, seed 4" in origin
    assert "0.6100" in origin
    assert "0.5000 before" in origin
    assert tables["bands"] == TABLES["bands"]
