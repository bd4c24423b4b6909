"""The tuned factorisation on tastes that are known, and where it knows nothing."""

import numpy as np
import pytest

from matcher.errors import MissingData
from matcher.evaluate import ials
from matcher.evaluate.baselines import popularity
from matcher.evaluate.ials import GRID, Settings, Tuned, fit, in_words, tune
from matcher.evaluate.pairs import Pairs

needs_bench = pytest.mark.skipif(not ials.is_installed(), reason="needs the extra `bench`")
SMALL = Settings(factors=4)


def tastes(askers: int = 40, candidates: int = 40, judged: int = 10) -> Pairs:
    """Even askers like even candidates, odd ones odd; all know `judged` of theirs by chance."""
    rng = np.random.default_rng(0)
    liked = [
        (asker, int(found))
        for asker in range(askers)
        for found in rng.choice(np.arange(asker % 2, candidates, 2), judged, replace=False)
    ]
    codes = np.array(liked, np.int32).T
    return Pairs(
        tuple(f"a{number:02}" for number in range(askers)),
        tuple(f"c{number:02}" for number in range(candidates)),
        *codes,
        rng.integers(0, 100, len(liked)).astype(np.int32),
        np.ones(len(liked), np.float32),
    )


@needs_bench
def test_what_the_like_minded_took_comes_first() -> None:
    train = tastes()
    run = fit(train, SMALL).rank({"a04": 20, "a07": 20}, train.candidate_ids)
    assert {name for name, _ in run["a04"]} == set(train.candidate_ids[0::2])
    assert {name for name, _ in run["a07"]} == set(train.candidate_ids[1::2])


@needs_bench
def test_the_scores_do_not_rise_and_only_allowed_candidates_are_ranked() -> None:
    train = tastes()
    [ranking] = fit(train, SMALL).rank({"a04": 99}, {"c01", "c02", "c03", "unseen"}).values()
    scores = [score for _, score in ranking]
    assert {name for name, _ in ranking} == {"c01", "c02", "c03", "unseen"}
    assert scores == sorted(scores, reverse=True)
    assert ranking[0][0] == "c02"
    assert dict(ranking)["unseen"] == 0


@needs_bench
def test_a_stranger_is_given_the_popular_ones() -> None:
    train, places = tastes(), {"stranger": 7, "a04": 7}
    run = fit(train, SMALL).rank(places, train.candidate_ids)
    assert run["stranger"] == popularity(train, places, train.candidate_ids)["stranger"]
    assert run["a04"] != run["stranger"]


@needs_bench
def test_a_fit_is_seeded() -> None:
    train, places = tastes(), {"a04": 40}
    runs = [fit(train, SMALL, seed).rank(places, train.candidate_ids) for seed in (1, 1, 2)]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


@needs_bench
def test_chunks_of_askers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model, places = fit(tastes(), SMALL), {f"a{number:02}": 5 for number in range(9)}
    whole = model.rank(places, model.train.candidate_ids)
    monkeypatch.setattr(ials, "CELLS", 1)
    single = model.rank(places, model.train.candidate_ids)
    for asker in places:
        assert [name for name, _ in single[asker]] == [name for name, _ in whole[asker]]


@needs_bench
@pytest.mark.parametrize("best", [0, 1])
def test_tuning_finds_the_settings_that_learn(best: int) -> None:
    """Where everything is regularised away, the order is that of ids."""
    grid = [Settings(factors=4, regularization=1e6, iterations=3)] * 2
    grid[best] = SMALL
    found = tune(tastes(judged=15), grid)
    assert found.settings == SMALL
    assert found.value is not None
    assert found.value > 0.3
    assert found.queries > 20


@needs_bench
def test_declines_and_unknown_askers_take_no_part_in_tuning() -> None:
    train = tastes()
    askers, later = train.askers.copy(), train.days >= 50
    askers[later] = 39
    cold = Pairs(
        train.asker_ids, train.candidate_ids, askers, train.candidates, train.days, train.grades
    )
    declined = Pairs(
        train.asker_ids,
        train.candidate_ids,
        train.askers,
        train.candidates,
        train.days,
        np.where(later, -1, 1).astype(np.float32),
    )
    assert tune(cold, [SMALL]) == Tuned(Settings())
    # The last fifth of what is positive lies before day 50.
    assert tune(declined, [SMALL]).queries > 2


def test_with_too_little_to_tune_on_the_settings_are_as_they_are() -> None:
    train = tastes()
    nothing = train.where(np.zeros(len(train), np.bool_))
    one_day = train.where(train.days == train.days[0])
    assert tune(nothing) == tune(one_day) == Tuned(Settings())


@needs_bench
def test_without_a_positive_judgement_all_are_strangers() -> None:
    train = tastes()
    nothing = train.where(np.zeros(len(train), np.bool_))
    run = fit(nothing, SMALL).rank({"a04": 2}, train.candidate_ids)
    assert [name for name, _ in run["a04"]] == ["c00", "c01"]


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ials, "_ALS", None)
    assert not ials.is_installed()
    with pytest.raises(MissingData, match=r"tech-matcher\[bench\]"):
        fit(tastes(), SMALL)


def test_the_grid_has_no_settings_twice() -> None:
    assert len(set(GRID)) == len(GRID)


def test_settings_in_words() -> None:
    tuned = Tuned(Settings(16, 0.1, 2.0), 0.4, 40)
    assert in_words(tuned) == "16 factors, regularisation 0.1, alpha 2, tuned on 40 queries"
    assert in_words(Tuned(Settings())).endswith("not tuned: too few")
