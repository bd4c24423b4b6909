"""Vectors from interactions: two tastes apart, zeros where nothing is known."""

import numpy as np
import pytest
from scipy import sparse

from matcher.recommend.collaborative import candidate_vectors, profiles, query_vectors

# Queries 0 to 2 like candidates 0 and 1, queries 3 and 4 like 2 and 3; nobody knows candidate 4.
TASTES = sparse.csr_array(
    np.array(
        [[1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 1, 0, 0]],
        np.float32,
    )
)


def scores() -> np.ndarray:
    vectors = candidate_vectors(TASTES)
    return query_vectors(TASTES, vectors) @ vectors.T


def test_what_others_of_the_same_taste_like_scores_highest() -> None:
    assert scores()[2, 1] > 0.1
    assert scores()[4, 3] > 0.1
    np.testing.assert_allclose(scores()[2, 2:], 0, atol=1e-6)


def test_a_candidate_that_nobody_knows_is_zero() -> None:
    np.testing.assert_allclose(candidate_vectors(TASTES)[4], 0, atol=1e-6)


def test_a_query_is_the_sum_of_what_it_goes_with() -> None:
    vectors = candidate_vectors(TASTES)
    np.testing.assert_allclose(query_vectors(TASTES, vectors)[0], vectors[0] + vectors[1])


def test_the_seed_fixes_every_bit() -> None:
    assert candidate_vectors(TASTES).tobytes() == candidate_vectors(TASTES).tobytes()


@pytest.mark.parametrize("shape", [(3, 2), (1, 4), (4, 1), (0, 3)])
def test_without_interactions_every_vector_is_zero(shape: tuple[int, int]) -> None:
    vectors = candidate_vectors(sparse.csr_array(shape, dtype=np.float32))
    assert vectors.shape == (shape[1], 1)
    assert not vectors.any()


def test_one_query_is_too_few_to_learn_from() -> None:
    assert not candidate_vectors(sparse.csr_array(np.ones((1, 3), np.float32))).any()


def test_a_profile_is_the_weighted_mean_of_the_documents() -> None:
    liked = sparse.csr_array(np.array([[3, 1], [0, 0]], np.float32))
    documents = sparse.csr_array(np.array([[1, 0], [0, 2]], np.float32))
    found = profiles(liked, documents).toarray()
    np.testing.assert_allclose(found, [[0.75, 0.5], [0, 0]])
