"""LightFM's traps, each with the test that shows that ours doesn't fall into it.

They are listed in the order in which people meet them: the numbers of a prediction without the
features, the types that are refused, the weights, labels that came later, threads, steps that are
too large, and too many labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lightfm import LightFM
from scipy import sparse

from matcher.errors import InvalidValue, TrainingDiverged
from matcher.recommend import collaborative
from matcher.recommend.collaborative import (
    ATTEMPTS,
    MOST_LABELS,
    MOST_ODDS,
    Embedded,
    Embeddings,
    fit_embeddings,
)
from matcher.recommend.recipe import CollaborativeSettings

SETTINGS = CollaborativeSettings(
    dimension=8,
    file_dimension=4,
    epochs=5,
    file_epochs=3,
    learning_rate=0.05,
    file_learning_rate=0.02,
    penalty=1e-6,
    sampled=20,
    file_sampled=10,
    origin="for the tests",
)
LEFTS, RIGHTS = 40, 30
LEFT_LABELS = [[f"field {row % 4}", f"region {row % 3}"] for row in range(LEFTS)]
RIGHT_LABELS = [[f"field {row % 4}"] for row in range(RIGHTS)]


def grades(seed: int = 0) -> sparse.csr_array:
    """What goes together by field, at random and by more or less."""
    random = np.random.default_rng(seed)
    alike = np.arange(LEFTS)[:, None] % 4 == np.arange(RIGHTS) % 4
    told = random.random((LEFTS, RIGHTS)) < np.where(alike, 0.4, 0.03)
    return sparse.csr_array(told * random.uniform(0.1, 1, told.shape))


def features(labels: Sequence[Sequence[str]], known: list[str] | None = None) -> sparse.csr_matrix:
    """An own feature each, and behind those one for each label in the order of appearance."""
    names = known or list(dict.fromkeys(label for own in labels for label in own))
    rows = np.zeros((len(labels), len(names)), np.float32)
    for row, own in enumerate(labels):
        for label in own:
            rows[row, names.index(label)] = 1
    own_features = np.zeros((len(labels), 0)) if known else np.eye(len(labels))
    return sparse.csr_matrix(np.hstack([own_features, rows]), dtype=np.float32)


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> list[LightFM]:
    """The models that are made, in order."""
    made: list[LightFM] = []

    def remembered(**settings: Any) -> LightFM:
        made.append(LightFM(**settings))
        return made[-1]

    monkeypatch.setattr(collaborative, "LightFM", remembered)
    return made


def scores(found: Embeddings) -> np.ndarray:
    return found.lefts.vectors @ found.rights.vectors.T


def predicted(model: LightFM, **given: Any) -> np.ndarray:
    """LightFM's own predictions for all pairs."""
    rows, columns = np.indices((LEFTS, RIGHTS), np.int32)
    return model.predict(rows.ravel(), columns.ravel(), **given).reshape(LEFTS, RIGHTS)


def same(one: Embeddings, other: Embeddings) -> bool:
    return all(
        mine.tobytes() == theirs.tobytes()
        for a, b in ((one.lefts, other.lefts), (one.rights, other.rights))
        for mine, theirs in ((a.vectors, b.vectors), (a.by_label, b.by_label), (a.base, b.base))
    )


def test_inner_products_are_the_predictions_with_the_features(models: list[LightFM]) -> None:
    found = scores(fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS))
    given = {"user_features": features(LEFT_LABELS), "item_features": features(RIGHT_LABELS)}
    right = predicted(models[0], **given)
    np.testing.assert_allclose(found, right, atol=1e-5)
    # Without them LightFM says something else and doesn't say so.
    assert np.abs(predicted(models[0]) - right).max() > 0.05


def test_the_twenty_best_by_inner_product_are_the_twenty_best_predicted(
    models: list[LightFM],
) -> None:
    found = scores(fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS))
    given = {"user_features": features(LEFT_LABELS), "item_features": features(RIGHT_LABELS)}
    right = predicted(models[0], **given)
    best = [np.argsort(-each, axis=1, kind="stable")[:, :20] for each in (found, right)]
    np.testing.assert_array_equal(*best)


def test_the_same_label_on_both_sides_is_a_feature_of_each(models: list[LightFM]) -> None:
    found = fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS)
    assert list(found.lefts.labels) == [
        "field 0", "region 0", "field 1", "region 1", "field 2", "region 2", "field 3",
    ]  # fmt: skip
    assert list(found.rights.labels) == [f"field {number}" for number in range(4)]


@pytest.mark.parametrize("kind", [sparse.csr_array, sparse.csc_matrix, sparse.coo_matrix])
def test_matrices_of_any_kind_and_index_type_are_taken(kind: Any) -> None:
    usual = grades()
    wide = sparse.csr_array(
        (usual.data, usual.indices.astype(np.int64), usual.indptr.astype(np.int64)), usual.shape
    )
    one, other = (
        fit_embeddings(each, LEFT_LABELS, RIGHT_LABELS, SETTINGS) for each in (usual, kind(wide))
    )
    # Another order of the entries is another order of the steps, and no more than that.
    if kind is sparse.csc_matrix:
        assert np.corrcoef(scores(one).ravel(), scores(other).ravel())[0, 1] > 0.9
    else:
        assert same(one, other)


def test_whole_numbers_are_taken_as_grades() -> None:
    whole = sparse.csr_array((grades().toarray() > 0).astype(np.int64))
    float32 = whole.astype(np.float32)
    one, other = (
        fit_embeddings(each, LEFT_LABELS, RIGHT_LABELS, SETTINGS) for each in (whole, float32)
    )
    assert same(one, other)


def test_a_higher_grade_pulls_harder() -> None:
    """Two rights that are liked by the same; the one by much, the other by little."""
    told = np.zeros((LEFTS, RIGHTS))
    told[:, 0], told[:, 1] = 1.0, 0.1
    settings = replace(SETTINGS, epochs=2)
    plain = [[] for _ in range(LEFTS)], [[] for _ in range(RIGHTS)]
    found = scores(fit_embeddings(sparse.csr_array(told), *plain, settings))
    assert (found[:, 0] > found[:, 1] + 0.1).all()


def test_declines_are_no_likes() -> None:
    """LightFM would take any entry for one."""
    told = grades().toarray()
    declined = np.where(told > 0, told, np.where(np.arange(RIGHTS) % 4 == 1, -0.5, 0))
    one, other = (
        fit_embeddings(sparse.csr_array(each), LEFT_LABELS, RIGHT_LABELS, SETTINGS)
        for each in (told, declined)
    )
    assert same(one, other)


def test_a_newcomer_is_what_lightfm_says_of_its_labels(models: list[LightFM]) -> None:
    found = fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS)
    own = [["field 2"], ["region 1", "field 3"], []]
    left = features(own, list(found.lefts.labels))
    left = sparse.csr_matrix(sparse.hstack([sparse.csr_matrix((3, LEFTS)), left]), dtype=np.float32)
    right = features(RIGHT_LABELS)
    wanted = [
        models[0].predict(
            row, np.arange(RIGHTS, dtype=np.int32), user_features=left, item_features=right
        )
        for row in range(3)
    ]
    got = found.lefts.of_labels(own) @ found.rights.vectors.T
    np.testing.assert_allclose(got, wanted, atol=1e-5)


def test_a_newcomer_is_scored_by_its_labels_on_the_other_side_too(models: list[LightFM]) -> None:
    found = fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS)
    right = features([["field 1"]], list(found.rights.labels))
    right = sparse.csr_matrix(
        sparse.hstack([sparse.csr_matrix((1, RIGHTS)), right]), dtype=np.float32
    )
    everyone = np.arange(LEFTS, dtype=np.int32)
    wanted = models[0].predict(
        everyone,
        np.zeros(LEFTS, np.int32),
        user_features=features(LEFT_LABELS),
        item_features=right,
    )
    got = found.lefts.vectors @ found.rights.of_labels([["field 1"]])[0]
    np.testing.assert_allclose(got, wanted, atol=1e-5)


def test_labels_that_nobody_had_say_nothing() -> None:
    found = fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS).lefts
    np.testing.assert_array_equal(found.of_labels([["field 9"], []]), [found.base, found.base])
    np.testing.assert_array_equal(
        found.of_labels([["field 9", "field 1"]]), found.of_labels([["field 1"]])
    )
    assert found.base.tolist() == [0.0] * (SETTINGS.dimension + 1) + [1.0]


def test_two_fits_are_the_same_bits() -> None:
    one, other, third = (
        fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS, seed) for seed in (0, 0, 1)
    )
    assert same(one, other)
    assert not same(one, third)


class Stumbling(LightFM):
    """LightFM that comes to no numbers at a step of .01 or more."""

    def fit(self, *args: Any, **given: Any) -> LightFM:
        if self.learning_rate >= 0.01:
            raise ValueError("Not all estimated parameters are finite.")
        return super().fit(*args, **given)


def test_a_step_that_is_too_large_is_halved_from_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = fit_embeddings(
        grades(), LEFT_LABELS, RIGHT_LABELS, replace(SETTINGS, learning_rate=0.05 / 8)
    )
    monkeypatch.setattr(collaborative, "LightFM", Stumbling)
    assert same(fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, SETTINGS), wanted)


def test_after_the_last_attempt_it_says_so(models: list[LightFM]) -> None:
    settings = replace(SETTINGS, learning_rate=1e38)
    with pytest.raises(TrainingDiverged, match=r"1\.25e\+37") as refused:
        fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, settings)
    assert [model.learning_rate for model in models] == [1e38, 5e37, 2.5e37, 1.25e37]
    assert len(models) == ATTEMPTS
    assert refused.value.where["field"] == "collaborative.learning_rate"
    assert "smaller learning_rate" in str(refused.value.hint)


@pytest.mark.parametrize("rate", [0.5, 2.0, 10.0, 1e3, 1e5, 1e10, 1e20])
def test_whatever_the_step_scores_are_log_odds(rate: float) -> None:
    settings = replace(SETTINGS, learning_rate=rate)
    try:
        found = fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, settings)
    except TrainingDiverged:
        return
    assert np.abs(scores(found)).max() <= MOST_ODDS


def run_away(settings: CollaborativeSettings) -> Embeddings:
    """What LightFM itself gives, without a look at it."""
    model = collaborative.LightFM(
        no_components=settings.dimension,
        loss="warp",
        learning_rate=settings.learning_rate,
        user_alpha=settings.penalty,
        item_alpha=settings.penalty,
        random_state=0,
    )
    left, right = features(LEFT_LABELS), features(RIGHT_LABELS)
    told = sparse.coo_matrix(grades().astype(np.float32))
    model.fit(told, user_features=left, item_features=right, sample_weight=told, epochs=20)
    lefts, rights = model.get_user_representations(left), model.get_item_representations(right)
    nothing: Any = {"labels": {}, "by_label": None, "base": None}
    return Embeddings(*(Embedded(side[1], **nothing) for side in (lefts, rights)))


def test_numbers_that_ran_away_are_halved(models: list[LightFM]) -> None:
    """They are finite, and LightFM is content with them."""
    settings = replace(SETTINGS, learning_rate=1.0, penalty=0.1, epochs=20)
    found = scores(run_away(settings))
    assert np.isfinite(found).all()
    assert np.abs(found).max() > 100 * MOST_ODDS
    del models[:]
    kept = scores(fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, settings))
    assert np.abs(kept).max() <= MOST_ODDS
    assert [model.learning_rate for model in models] == [1.0, 0.5]


def test_nothing_but_zeros_is_no_success() -> None:
    """LightFM gives them back as if they were embeddings."""
    settings = replace(SETTINGS, learning_rate=1e3, penalty=1.0, epochs=20)
    assert not scores(run_away(settings)).any()
    with pytest.raises(TrainingDiverged, match="no usable numbers"):
        fit_embeddings(grades(), LEFT_LABELS, RIGHT_LABELS, settings)


def test_so_many_labels_count_and_no_more(models: list[LightFM]) -> None:
    many = [[*(f"own {row} {number}" for number in range(20))] for row in range(LEFTS)]
    few = [own[:MOST_LABELS] for own in many]
    one, other = (fit_embeddings(grades(), each, RIGHT_LABELS, SETTINGS) for each in (many, few))
    assert same(one, other)
    assert len(models[0].user_embeddings) == LEFTS + LEFTS * MOST_LABELS
    np.testing.assert_array_equal(
        one.lefts.of_labels([many[3]]), one.lefts.of_labels([many[3][:MOST_LABELS]])
    )


def test_a_label_that_stands_twice_counts_once() -> None:
    twice = [[*own, *own] for own in LEFT_LABELS]
    one, other = (
        fit_embeddings(grades(), each, RIGHT_LABELS, SETTINGS) for each in (LEFT_LABELS, twice)
    )
    assert same(one, other)
    np.testing.assert_array_equal(
        one.lefts.of_labels([["field 1", "field 1"]]), one.lefts.of_labels([["field 1"]])
    )


@given(st.lists(st.lists(st.sampled_from("abcdefghijx"), max_size=12), max_size=4))
def test_a_newcomer_is_the_base_and_its_labels(labels: list[list[str]]) -> None:
    names = {name: place for place, name in enumerate("abcdefghij")}
    by_label = np.diag(np.arange(1, 11)).astype(np.float32)
    side = Embedded(np.zeros((0, 10), np.float32), names, by_label, np.full(10, 0.5, np.float32))
    found = side.of_labels(labels)
    assert found.shape == (len(labels), 10)
    for row, own in zip(found, labels, strict=True):
        counted = list(dict.fromkeys(own))[:MOST_LABELS]
        wanted = [0.5 + (name in counted) * (place + 1) for name, place in names.items()]
        assert row.tolist() == wanted


@pytest.mark.parametrize("grade", [0.0, -1.0, 1.0])
@pytest.mark.parametrize("shape", [(3, 4), (1, 4), (4, 1), (1, 1), (0, 3), (3, 0)])
def test_few_and_none_are_learned_from(shape: tuple[int, int], grade: float) -> None:
    told = sparse.csr_array(np.full(shape, grade))
    found = fit_embeddings(told, [["a"]] * shape[0], [["b"]] * shape[1], SETTINGS)
    assert scores(found).shape == shape
    assert np.isfinite(scores(found)).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_grade_that_is_no_number_is_not_blamed_on_the_step(bad: float) -> None:
    told = sparse.csr_array(np.array([[1, bad], [0, 1]]))
    with pytest.raises(InvalidValue, match="no number"):
        fit_embeddings(told, [[], []], [[], []], SETTINGS)


def test_labels_of_others_are_refused() -> None:
    with pytest.raises(InvalidValue, match="aren't of the entities"):
        fit_embeddings(grades(), LEFT_LABELS[1:], RIGHT_LABELS, SETTINGS)


def test_a_file_of_interactions_has_settings_of_its_own() -> None:
    found = SETTINGS.of_file()
    assert (found.dimension, found.epochs) == (4, 3)
    assert (found.learning_rate, found.sampled) == (0.02, 10)
    assert (found.penalty, found.origin) == (SETTINGS.penalty, SETTINGS.origin)
