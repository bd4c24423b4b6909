"""What goes with what: vectors of queries and candidates from known interactions alone.

A truncated singular value decomposition of the interactions, each candidate damped by its
popularity (PureSVD; Cremonesi, Koren and Turrin, "Performance of Recommender Algorithms on Top-N
Recommendation Tasks", 2010). A query's vector is the sum of what it is known to go with, so a new
one needs no training.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from matcher.text.encoders.protocol import FloatMatrix

DIMENSION = 128
# A candidate's column is divided by its number of interactions to this power.
POPULARITY_DAMPING = 0.5


def candidate_vectors(interactions: sparse.csr_array, seed: int = 0) -> FloatMatrix:
    """float32[candidates, d] from queries × candidates, weights ≥ 0.

    Zero for a candidate without any.
    """
    # At full rank the interactions would be repeated, and nothing be said of any other pair.
    rank = min(DIMENSION, min(interactions.shape) // 2)
    if rank < 1 or interactions.nnz == 0:
        return np.zeros((interactions.shape[1], 1), np.float32)
    damped = interactions @ sparse.diags_array(_damping(interactions))
    right = randomized_svd(damped, rank, n_iter=4, random_state=seed)[2]
    return np.ascontiguousarray(right.T, np.float32)


def query_vectors(interactions: sparse.csr_array, vectors: FloatMatrix) -> FloatMatrix:
    """float32[queries, d]: each query as the sum of the candidates it is known to go with."""
    return np.asarray(interactions @ vectors, np.float32)


def profiles(interactions: sparse.csr_array, documents: sparse.csr_array) -> sparse.csr_array:
    """queries × features: the mean of the documents of what each query is known to go with."""
    total = np.maximum(np.asarray(interactions.sum(axis=1)).ravel(), 1e-9)
    return sparse.csr_array(sparse.diags_array(1 / total) @ interactions @ documents)


def _damping(interactions: sparse.csr_array) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    counts = np.bincount(interactions.indices, minlength=interactions.shape[1])
    return (np.maximum(counts, 1) ** -POPULARITY_DAMPING).astype(np.float32)
