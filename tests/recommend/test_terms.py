"""Terms: which concepts count, how much, and no more of them than are wanted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.recommend.terms import COMMONEST, LEAST_SHARE, LEAST_TEXTS, Terms

WEIGHTS = np.array([1, 4, 9, 16, 0], np.float32)


def counts(rows: object) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, np.float32))


def texts(holders: list[int], total: int) -> sparse.csr_array:
    """Concept i is in the first `holders[i]` of the texts."""
    return counts([[float(row < count) for count in holders] for row in range(total)])


def test_a_concept_counts_that_is_in_several_texts_and_not_in_most() -> None:
    held = [LEAST_TEXTS - 1, LEAST_TEXTS, 10, 11, LEAST_TEXTS]
    assert COMMONEST == 0.1
    fitted = Terms.fit(texts(held, 100), WEIGHTS, 48)
    # The last has no weight.
    assert fitted.places.tolist() == [-1, 0, 1, -1, -1]
    assert len(fitted) == 2


def test_of_very_many_texts_a_concept_has_to_be_in_more() -> None:
    assert LEAST_SHARE == 1e-4
    held = [3, 4, 5, 5000, 5001]
    rows, columns = np.concatenate([np.arange(count) for count in held]), np.repeat(range(5), held)
    many = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(50_000, 5))
    weights = np.ones(5, np.float32)
    assert Terms.fit(many, weights, 48).places.tolist() == [-1, -1, 0, 1, -1]


def test_of_few_texts_a_concept_may_be_in_three() -> None:
    assert Terms.fit(texts([1, 2, 3, 3, 3], 4), WEIGHTS, 48).places.tolist() == [-1, -1, 0, 1, -1]


def test_the_row_of_a_text_by_hand() -> None:
    # Counts times roots of weights, 3·1 and 2·2; over the root of 9 + 16.
    terms = Terms(np.array([0, 1, -1, -1, -1], np.int32), WEIGHTS, 48)
    found = terms.of(counts([[3, 2, 7, 7, 7]]))
    np.testing.assert_allclose(found.toarray(), [[0.6, 0.8]], rtol=1e-6)
    assert found.dtype == np.float32


def test_only_the_heaviest_count_and_of_equals_the_first() -> None:
    terms = Terms(np.array([0, 1, 2, 3, -1], np.int32), WEIGHTS, 2)
    # 4·1, 2·2, 1·3 and 1·4: of the three that are 4 the first two.
    half = 0.5**0.5
    np.testing.assert_allclose(terms.of(counts([[4, 2, 1, 1, 0]])).toarray(), [[half, half, 0, 0]])


def test_concepts_that_came_later_are_no_terms() -> None:
    terms = Terms(np.array([0, -1], np.int32), WEIGHTS[:2], 48)
    found = terms.of(counts([[2, 1, 5], [0, 0, 5]]))
    np.testing.assert_allclose(found.toarray(), [[1], [0]])


def test_where_nothing_counts_there_are_no_terms() -> None:
    for fitted in (
        Terms.fit(texts([1, 1, 1, 1, 1], 3), WEIGHTS, 48),
        Terms.fit(sparse.csr_array((0, 5), dtype=np.float32), WEIGHTS, 48),
        Terms(np.zeros(0, np.int32), np.zeros(0, np.float32), 48),
    ):
        assert len(fitted) == 0
        assert fitted.of(counts([[1, 2, 3, 4, 5]])).shape == (1, 0)


def test_no_texts_are_no_rows() -> None:
    terms = Terms(np.array([0, 1, -1, -1, -1], np.int32), WEIGHTS, 48)
    assert terms.of(sparse.csr_array((0, 5), dtype=np.float32)).shape == (0, 2)


def test_what_is_read_stays_as_it_is() -> None:
    read = counts([[3, 2, 7, 7, 7]])
    Terms(np.array([0, 1, -1, -1, -1], np.int32), WEIGHTS, 1).of(read)
    assert read.toarray().tolist() == [[3, 2, 7, 7, 7]]


@given(st.integers(0, 1000), st.integers(1, 6))
def test_rows_have_length_1_or_0_and_so_many_terms(seed: int, most: int) -> None:
    random = np.random.default_rng(seed)
    held = sparse.csr_array(
        sparse.random_array((30, 20), density=0.2, rng=random, dtype=np.float32)
    )
    weights = random.random(20).astype(np.float32)
    fitted = Terms.fit(held, weights, most)
    found = fitted.of(held)
    assert found.shape == (30, len(fitted))
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    there = np.diff(found.indptr) > 0
    np.testing.assert_allclose(lengths, there.astype(float), atol=1e-5)
    assert np.diff(found.indptr).max(initial=0) <= most
    assert (found.data > 0).all()
    # A text without a term says nothing, and any other says something.
    holds = held[:, np.flatnonzero(fitted.places >= 0)]
    np.testing.assert_array_equal(there, np.diff(holds.indptr) > 0)
