"""Factors: one equation by hand, the step of training taken alone, and what breaks others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from threadpoolctl import threadpool_limits

from matcher.errors import InvalidValue
from matcher.recommend.factors import Factors, Folding, Matrix, fit_factors, fold_in
from matcher.recommend.recipe import FactorSettings

SETTINGS = FactorSettings(8, 15, 8, 15, 10.0, 40.0, 1.0, 48, "for the tests")


def matrix(rows: object) -> Matrix:
    return sparse.csr_array(np.atleast_2d(np.array(rows, np.float32)))


def nothing(count: int) -> Matrix:
    """The terms of entities that say nothing."""
    return sparse.csr_array((count, 0), dtype=np.float32)


def some(rows: int, columns: int, density: float, seed: int) -> Matrix:
    random = np.random.default_rng(seed)
    return sparse.csr_array(
        sparse.random_array((rows, columns), density=density, rng=random, dtype=np.float32)
    )


def some_terms(rows: int, columns: int, seed: int) -> Matrix:
    found = some(rows, columns, 0.2, seed)
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    scaled = sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ found
    return sparse.csr_array(scaled, dtype=np.float32)


GRADES = some(60, 50, 0.1, 0)
LEFT, RIGHT = some_terms(60, 30, 1), some_terms(50, 40, 2)


@pytest.fixture(scope="module")
def fitted() -> Factors:
    return fit_factors(GRADES, LEFT, RIGHT, SETTINGS)


def same(one: Factors, other: Factors) -> bool:
    pairs = [(one.lefts, other.lefts), (one.rights, other.rights)]
    for mine, theirs in (
        (one.left_folding, other.left_folding),
        (one.right_folding, other.right_folding),
    ):
        pairs += [(mine.terms, theirs.terms), (mine.gram, theirs.gram)]
    return all(mine.tobytes() == theirs.tobytes() for mine, theirs in pairs)


def assert_near(found: np.ndarray, wanted: np.ndarray, least: float) -> None:
    """Every row points where the wanted one does."""
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(wanted, axis=1)
    there = lengths > 1e-6
    assert there.any()
    assert ((found * wanted).sum(axis=1)[there] / lengths[there]).min() > least


def test_a_fold_in_by_hand() -> None:
    # Against others 2 and 1, of which the first is liked by .5 and the second declined, and a
    # term 3 with weight .2: confidences 1 + 5, -(1 + 10) and 1 + 2. The gram of all is 4 + 1 + 9.
    # (14 + (6-1)·4 + (11-1)·1 + (3-1)·9 + 3) · x = 6·2 + 3·3, so x = 21 / 65.
    settings = replace(SETTINGS, dimension=1, confidence=10.0, regularisation=3.0)
    folding = Folding(np.array([[3]], np.float32), np.array([[14]], np.float32))
    others = np.array([[2], [1]], np.float32)
    found = fold_in(matrix([[0.2]]), folding, settings, matrix([[0.5, -1]]), others)
    np.testing.assert_allclose(found, [[21 / 65]], rtol=1e-6)


def test_what_texts_count_beside_grades_by_hand() -> None:
    # Confidence 1 + 10 · 2 · .5 of the term 3: (9 + (11-1)·9 + 3) · x = 11·3.
    settings = replace(SETTINGS, dimension=1, confidence=10.0, regularisation=3.0, texts=2.0)
    folding = Folding(np.array([[3]], np.float32), np.array([[9]], np.float32))
    np.testing.assert_allclose(fold_in(matrix([[0.5]]), folding, settings), [[33 / 102]], rtol=1e-6)


@given(st.integers(0, 1000))
def test_a_fold_in_has_the_least_weighted_error(seed: int) -> None:
    """Of what the paper's equation 3 sums, at the found vector the slope is 0."""
    random = np.random.default_rng(seed)
    others = random.normal(size=(12, 4)).astype(np.float32)
    grades = some(1, 12, 0.4, seed)
    grades.data = np.where(random.random(grades.nnz) < 0.3, -grades.data, grades.data)
    settings = replace(SETTINGS, dimension=4)
    folding = Folding(np.zeros((0, 4), np.float32), others.T @ others)
    found = fold_in(nothing(1), folding, settings, grades, others)[0].astype(np.float64)
    dense = grades.toarray()[0].astype(np.float64)
    confidence = 1 + settings.confidence * np.abs(dense)
    away = (dense > 0) - others @ found
    slope = settings.regularisation * found - others.T @ (confidence * away)
    np.testing.assert_allclose(slope, 0, atol=2e-2)


def test_folding_in_a_trained_entity_gives_what_training_gave(fitted: Factors) -> None:
    """The last half-step of training solved the rights against these lefts."""
    grades = sparse.csr_array(GRADES.T)
    rights = fold_in(RIGHT, fitted.right_folding, SETTINGS, grades, fitted.lefts)
    np.testing.assert_allclose(rights, fitted.rights, atol=0.01)
    lefts = fold_in(LEFT, fitted.left_folding, SETTINGS, GRADES, fitted.rights)
    assert_near(lefts, fitted.lefts, 0.99)


def test_one_exact_step_is_the_step_of_the_library(fitted: Factors) -> None:
    """implicit's own solver for one more entity, against the same factors."""
    from_grades = fit_factors(GRADES, nothing(60), nothing(50), SETTINGS)
    model = pytest.importorskip("implicit.cpu.als").AlternatingLeastSquares(
        factors=8, regularization=10.0, alpha=1.0
    )
    model.item_factors = from_grades.rights
    confidences = sparse.csr_matrix(GRADES)
    confidences.data = 1 + 40 * confidences.data
    wanted = model.recalculate_user(np.arange(60), confidences)
    folding = from_grades.left_folding
    found = fold_in(nothing(60), folding, SETTINGS, GRADES, from_grades.rights)
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_the_worse_a_pair_is_known_to_be_the_lower_it_scores() -> None:
    """Also where next to nothing is known: a glance is no reason to propose it."""
    random = np.random.default_rng(0)
    hidden = (GRADES.toarray() == 0) & (random.random(GRADES.shape) < 0.05)
    means = []
    for grade in (0, -0.001, -0.01, -0.05, -0.3, -1):
        told = GRADES.toarray()
        told[hidden] = grade
        found = fit_factors(matrix(told), LEFT, RIGHT, SETTINGS)
        means.append(float((found.lefts @ found.rights.T)[hidden].mean()))
    assert means == sorted(means, reverse=True)
    assert means[0] - means[-1] > 0.01


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_changes_no_bit(fitted: Factors, threads: int) -> None:
    with threadpool_limits(threads):
        again = fit_factors(GRADES, LEFT, RIGHT, SETTINGS)
    assert same(again, fitted)


def test_the_seed_is_where_it_starts(fitted: Factors) -> None:
    assert not same(fit_factors(GRADES, LEFT, RIGHT, SETTINGS, seed=1), fitted)


def test_what_goes_together_scores_highest_and_what_was_declined_lowest() -> None:
    # The first three like the first three, the others the others; left 0 declined right 2, and
    # nobody told anything of left 0 and right 1.
    block = np.kron(np.eye(2), np.ones((3, 3))).astype(np.float32)
    block[0] = [1, 0, 0, 0, 0, 0]
    untouched = fit_factors(matrix(block), nothing(6), nothing(6), SETTINGS)
    block[0, 2] = -1
    declined = fit_factors(matrix(block), nothing(6), nothing(6), SETTINGS)
    scores = declined.lefts @ declined.rights.T
    assert scores[0, 0] > scores[0, 1] > scores[0, 2]
    assert scores[0, 2] < (untouched.lefts @ untouched.rights.T)[0, 2]
    assert scores[1, :3].min() > 0.5
    assert scores[1, 3:].max() < 0.2


def test_a_newcomer_with_the_texts_of_a_known_one_is_nearly_it() -> None:
    """Twenty entities of each of three subjects, of which each is told to go with some."""
    subject = np.arange(60) % 3
    told = np.random.default_rng(0).random((60, 60)) < 0.3
    grades = matrix((subject[:, None] == subject) & told)
    terms = matrix(np.repeat(np.eye(3)[subject], 4, axis=1) / 2)
    # With more dimensions than subjects a known one's factors also hold what is its own.
    settings = replace(SETTINGS, dimension=3)
    found = fit_factors(grades, terms, terms, settings)
    newcomers = fold_in(terms[[0, 1, 2]], found.left_folding, settings)
    assert_near(newcomers, found.lefts[[0, 1, 2]], 0.97)
    scores = newcomers @ found.rights.T
    assert scores[0, subject == 0].min() > scores[0, subject != 0].max() + 0.3


def test_one_who_was_never_graded_has_factors_by_its_terms() -> None:
    grades = np.kron(np.eye(2), np.ones((4, 4)))
    grades[3] = 0
    terms = matrix(np.kron(np.eye(2), np.ones((4, 1))))
    found = fit_factors(matrix(grades), terms, terms, SETTINGS)
    scores = found.lefts @ found.rights.T
    assert scores[3, :4].min() > scores[3, 4:].max() + 0.1


def test_one_who_says_nothing_new_and_is_not_graded_is_zero(fitted: Factors) -> None:
    empty = sparse.csr_array((2, 30), dtype=np.float32)
    assert not fold_in(empty, fitted.left_folding, SETTINGS).any()
    strangers = sparse.csr_array((2, 50), dtype=np.float32)
    assert not fold_in(empty, fitted.left_folding, SETTINGS, strangers, fitted.rights).any()


def test_nobody_is_folded_into_nobody(fitted: Factors) -> None:
    none = sparse.csr_array((0, 30), dtype=np.float32)
    assert fold_in(none, fitted.left_folding, SETTINGS).shape == (0, 8)


@pytest.mark.parametrize("shape", [(1, 5), (5, 1), (1, 1)])
def test_a_single_row_or_column_is_learned_from(shape: tuple[int, int]) -> None:
    found = fit_factors(matrix(np.ones(shape)), nothing(shape[0]), nothing(shape[1]), SETTINGS)
    scores = found.lefts @ found.rights.T
    assert scores.shape == shape
    assert scores.min() > 0.5


@pytest.mark.parametrize("grade", [0.0, -1.0])
@pytest.mark.parametrize("shape", [(3, 4), (1, 4), (4, 1), (0, 3), (3, 0), (0, 0)])
def test_without_a_good_sign_all_scores_are_0(shape: tuple[int, int], grade: float) -> None:
    grades = sparse.csr_array(np.full(shape, grade, np.float32))
    found = fit_factors(grades, nothing(shape[0]), nothing(shape[1]), SETTINGS)
    assert (found.lefts.shape, found.rights.shape) == ((shape[0], 8), (shape[1], 8))
    np.testing.assert_allclose(found.lefts @ found.rights.T, 0, atol=1e-9)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused(bad: float) -> None:
    good, worse = matrix(np.eye(2)), matrix([[1, bad], [0, 1]])
    with pytest.raises(InvalidValue, match="number") as refused:
        fit_factors(worse, nothing(2), nothing(2), SETTINGS)
    assert refused.value.where["field"] == "grades"
    for terms in ((worse, good), (good, worse)):
        with pytest.raises(InvalidValue, match="number"):
            fit_factors(good, *terms, SETTINGS)


def test_a_confidence_beyond_all_numbers_is_refused_with_what_to_do() -> None:
    settings = replace(SETTINGS, confidence=1e30)
    with pytest.raises(InvalidValue, match="no numbers") as refused:
        fit_factors(matrix(np.eye(3)), nothing(3), nothing(3), settings)
    assert refused.value.hint == "Train with less confidence."


def test_without_regularisation_nothing_is_solved() -> None:
    settings = replace(SETTINGS, regularisation=0.0)
    with pytest.raises(InvalidValue, match="regularisation"):
        fit_factors(matrix(np.eye(3)), nothing(3), nothing(3), settings)


def test_terms_of_others_are_refused() -> None:
    for left, right in ((2, 3), (3, 2)):
        with pytest.raises(InvalidValue, match="aren't of the entities"):
            fit_factors(matrix(np.eye(3)), nothing(left), nothing(right), SETTINGS)


def test_a_folding_holds_numbers() -> None:
    with pytest.raises(InvalidValue, match="no numbers"):
        Folding(np.zeros((0, 1), np.float32), np.array([[np.nan]], np.float32))


def test_going_on_from_less_feedback_is_nearer_to_the_end_than_starting_anew() -> None:
    """Both after two rounds: of four, half are left where it goes on."""
    kept = np.random.default_rng(3).random(GRADES.nnz) < 0.8
    less = GRADES.copy()
    less.data = np.where(kept, less.data, 0)
    less.eliminate_zeros()
    before = fit_factors(less, LEFT, RIGHT, SETTINGS)
    end = fit_factors(GRADES, LEFT, RIGHT, replace(SETTINGS, iterations=80), start=before)
    on = fit_factors(GRADES, LEFT, RIGHT, replace(SETTINGS, iterations=4), start=before)
    anew = fit_factors(GRADES, LEFT, RIGHT, replace(SETTINGS, iterations=2))
    near, far = (
        np.abs(each.lefts @ each.rights.T - end.lefts @ end.rights.T).mean() for each in (on, anew)
    )
    assert near < 0.7 * far


def test_what_it_goes_on_from_stays_as_it_is(fitted: Factors) -> None:
    kept = fitted.lefts.copy(), fitted.rights.copy()
    fit_factors(GRADES, LEFT, RIGHT, SETTINGS, start=fitted)
    np.testing.assert_array_equal(fitted.lefts, kept[0])
    np.testing.assert_array_equal(fitted.rights, kept[1])
