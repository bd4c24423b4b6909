"""Trees are kept where they win, and only there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.actions.answer import Wish
from matcher.actions.live import BOOSTED, Live
from matcher.actions.suggest import suggest
from matcher.bundle.manifest import Measured
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.errors import UsageError
from matcher.recommend.boosted import BASE
from matcher.recommend.collections import Collections
from matcher.recommend.decline_lessons import ALL, Lessons
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from matcher.recommend.learned import Learned, Trial
from matcher.recommend.learning import learned
from matcher.recommend.ranker import Lists, fit_ranker
from matcher.recommend.shown_lists import ShownLists
from matcher.recommend.tying import NOUNS_ASKING
from tests.recommend.some_learning import feedback, proposed, same_subject, spread, untaught
from tests.recommend.some_trees import NAMES as TREE_NAMES
from tests.recommend.some_trees import trees_by
from tests.training.some_training import RECIPE, gradually, methods, topical_platform
from training import boosting
from training.boosting import LEAST, compared, gains_of, grown, learned_with_trees, trials_of
from training.build import build
from training.past import Way

NAMES = ("concepts", "region", "price")
Floats = np.ndarray[Any, np.dtype[np.float64]]
Worth = Callable[[Floats], Floats]


def higher(rows: Floats) -> Floats:
    """What no sum of the features says: the higher of two counts."""
    return np.asarray(rows[:, :2].max(axis=1))


def summed(rows: Floats) -> Floats:
    return np.asarray(rows @ np.array([0.6, 0.3, 0.1]))


@cache
def shown(worth: Worth, count: int, seed: int) -> ShownLists:
    """Lists of ten rows of which the worthiest fifth went far, with some luck."""
    random = np.random.default_rng(seed)
    rows = random.random((count * 10, len(NAMES)))
    lucky = worth(rows) + random.normal(0, 0.05, len(rows))
    went = lucky > np.quantile(lucky, 0.8)
    lists = Lists(
        rows,
        np.repeat(np.arange(count), 10),
        np.where(went, 0.6, 0.0).astype(np.float32),
        np.ones(len(rows)),
    )
    lessons = Lessons(lists.gains, np.ones(len(rows)), np.full(len(rows), ALL))
    return ShownLists(NAMES, lists, lessons, went, np.ones(len(rows), bool))


def fitted(known: ShownLists) -> dict[str, float]:
    weights = fit_ranker(known.lists, np.full(3, 1 / 3), 10.0).weights
    return dict(zip(NAMES, weights.tolist(), strict=True))


def test_where_the_truth_is_no_sum_trees_win_by_what_is_said() -> None:
    early = shown(higher, 300, 0)
    trial, better = compared(early, shown(higher, 80, 1), fitted(early))
    assert better
    assert trial.why.startswith("trees rank: nDCG@10 of trees better by 0.")
    assert trial.gain is not None
    assert trial.low is not None
    assert 0 < trial.low < trial.gain


def test_where_the_truth_is_a_sum_the_weights_stay() -> None:
    early = shown(summed, 300, 0)
    trial, better = compared(early, shown(summed, 80, 1), fitted(early))
    assert not better
    assert trial.why.startswith("weights stay: nDCG@10 of trees ")
    assert trial.gain is not None


def test_too_few_lists_compare_nothing() -> None:
    early = shown(higher, 300, 0)
    late = shown(higher, 80, 1)
    went = [number for number in range(80) if late.went[late.lists.lists == number].sum() > 0]
    few = late.where(np.isin(late.lists.lists, went[: LEAST - 1]))
    trial, better = compared(early, few, fitted(early))
    assert not better
    assert trial == Trial("weights stay: 29 lists to compare by, 30 are needed")
    enough = late.where(np.isin(late.lists.lists, went[:LEAST]))
    assert compared(early, enough, fitted(early))[0].gain is not None


def test_lists_that_tell_nothing_compare_nothing() -> None:
    """What nobody surely looked at, and lists in which all went alike, aren't asked about."""
    early, late = shown(higher, 300, 0), shown(higher, 80, 1)
    unseen = replace(late, seen=np.zeros(len(late), bool))
    alike = replace(late, went=np.ones(len(late), bool))
    for asked in (unseen, alike, late.where(np.zeros(len(late), bool))):
        trial, better = compared(early, asked, fitted(early))
        assert (trial.why[:20], better) == ("weights stay: 0 list", False)


def test_without_anything_to_fit_the_weights_stay() -> None:
    late = shown(higher, 80, 1)
    none = late.where(np.zeros(len(late), bool))
    trial, better = compared(none, late, fitted(late))
    assert not better
    assert "nothing that trees could tell apart" in trial.why


def test_what_scores_of_trees_promise_is_not_known() -> None:
    known = shown(higher, 300, 0)
    own = grown(Learned(fitted(known)), known)
    assert own.trees is not None
    assert own.promised is None


def test_of_nothing_no_trees_grow() -> None:
    known = shown(higher, 300, 0)
    nothing = known.where(np.zeros(len(known), bool))
    assert grown(Learned(fitted(known)), nothing) == Learned(fitted(known))


def wanting(boosted: bool = True) -> Collections:
    """Untaught collections whose recipe asks for trees."""
    usual = untaught()
    recipe = replace(usual.recipe, ranker=replace(usual.recipe.ranker, boosted=boosted))
    models = {noun: replace(model, recipe=recipe) for noun, model in usual.models.items()}
    return Collections(models, recipe)


@pytest.mark.slow
def test_nobody_asked_for_trees() -> None:
    made = learned_with_trees(wanting(boosted=False), proposed(4, same_subject), seed=3)
    plain = learned(untaught(), proposed(4, same_subject), seed=3)
    assert list(trials_of(made)) == []
    assert gains_of(made) == {}
    assert state(made) == state(plain)


def test_without_feedback_there_is_nothing_to_try() -> None:
    assert list(trials_of(learned_with_trees(wanting(), feedback(), seed=0))) == []


@pytest.mark.slow
def test_lists_of_one_day_cant_be_split() -> None:
    made = learned_with_trees(wanting(), proposed(4, same_subject), seed=0)
    found = dict(trials_of(made))
    assert set(found) == RELATIONS
    assert set(found.values()) == {Trial("weights stay: all lists are of one day")}
    assert gains_of(made) == {}


def test_without_lightgbm_a_training_that_wants_trees_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(UsageError) as caught:
        learned_with_trees(wanting(), proposed(30, same_subject), seed=0)
    assert "tech-matcher[boost]" in str(caught.value)
    assert learned_with_trees(wanting(boosted=False), feedback(), seed=0).models


@cache
def tried() -> Collections:
    """Learned from fifty days, the last fifth of them held out."""
    return learned_with_trees(wanting(), spread(proposed(220, same_subject, size=5), 50), seed=0)


@pytest.mark.slow
def test_each_relation_is_decided_by_what_the_last_days_say() -> None:
    found = dict(trials_of(tried()))
    assert set(found) == RELATIONS
    for asker, noun in (name.split(">") for name in RELATIONS):
        own, trial = tried().models[Noun(noun)].learned[asker], found[f"{asker}>{noun}"]
        assert (own.boosted is not None) == trial.why.startswith("trees rank")
        assert own.boosted is None or own.boosted.names == tuple(own.weights)
    assert found["need>outcome"].gain is not None
    gain = gains_of(tried())["need>outcome.boosted_gain"]
    trial = found["need>outcome"]
    assert gain == Measured(trial.gain or 0.0, trial.low, trial.high)


@pytest.mark.slow
def test_the_last_days_are_unknown_to_what_is_compared_by_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both sides come of feedback before a day, and what is asked about comes after it."""
    seen = []

    def spy(early: ShownLists, late: ShownLists, weights: Any, seed: int) -> tuple[Trial, bool]:
        seen.append((early, late))
        return Trial("trees rank: somebody said so"), True

    monkeypatch.setattr(boosting, "compared", spy)
    known = spread(proposed(60, same_subject, size=4), 50)
    made = learned_with_trees(wanting(), known, seed=0)
    assert len(seen) == len(RELATIONS)
    for early, late in seen:
        assert early.lists.lists.max() < late.lists.lists.min()
        assert len(np.unique(late.lists.lists)) == pytest.approx(12, abs=3)
    own = made.models[Noun.OUTCOME].learned["need"]
    assert own.trees is not None
    assert own.trees.names == tuple(own.weights)


RELATIONS = {
    f"{asker.value}>{noun.value}" for noun, askers in NOUNS_ASKING.items() for asker in askers
}


def state(made: Collections) -> dict[str, Any]:
    """All that was learned of ranking, as it would be saved."""
    return {
        f"{asker}>{noun.value}": own.to_mapping()
        for noun, model in made.models.items()
        for asker, own in model.learned.items()
    }


def boosting_learner(
    collections: Collections,
    feedback: Feedback,
    *,
    seed: int,
    way: Way | None = None,
    past: Past | None = None,
) -> Collections:
    """Needs ask for outcomes by trees that go by the readiness alone, since they won a trial."""
    models = dict(collections.models)
    model = models[Noun.OUTCOME]
    weights = dict.fromkeys(TREE_NAMES, 0.0) | {"concepts": 1.0}
    trial = Trial("trees rank: they won", 0.25, 0.125, 0.5)
    own = Learned(weights, boosted=trees_by("trl"), trial=trial)
    models[Noun.OUTCOME] = replace(model, learned={"need": own})
    return replace(collections, models=models)


@pytest.mark.slow
def test_a_training_says_what_was_decided_and_a_platform_ranks_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    platform = topical_platform(tmp_path / "home")
    learning = replace(methods(gradually()), learn=boosting_learner)
    made = build(platform, RECIPE, "trained", lines.append, methods=learning)
    platform.library.publish(made.version)
    manifest = platform.library.verify(made.version)
    assert manifest.metrics["need>outcome.boosted_gain"] == Measured(0.25, 0.125, 0.5)
    assert any("need>outcome: trees rank: they won" in line for line in lines)

    answer = suggest(platform, SYSTEM, Noun.NEED, "w07", Noun.OUTCOME, Wish())
    assert answer.degraded == ()
    assert BASE in answer.matches[0].parts
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    without = replace(platform, live=Live(platform.database, platform.library, 0))
    answer = suggest(without, SYSTEM, Noun.NEED, "w07", Noun.OUTCOME, Wish())
    assert answer.degraded == (BOOSTED,)
    assert BASE not in answer.matches[0].parts
    assert answer.matches[0].candidate_id == "o07"
    platform.database.dispose()


@pytest.mark.slow
def test_a_training_that_wants_trees_fails_before_the_long_work_without_lightgbm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tmp_path / "recipe.toml"
    usual = RECIPE.read_text(encoding="utf-8")
    recipe.write_text(usual.replace("boosted = false", "boosted = true"), encoding="utf-8")
    platform = topical_platform(tmp_path / "home")
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    lines: list[str] = []
    with pytest.raises(UsageError) as caught:
        build(platform, recipe, "trained", lines.append, methods=methods(gradually()))
    assert "tech-matcher[boost]" in str(caught.value)
    assert not any("features" in line for line in lines)
    platform.database.dispose()
