"""Pooling a portfolio's scores, by hand and against plain Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.recommend.portfolio import pool, whole_content, whole_counts
from matcher.recommend.recipe import Pooling
from matcher.text.concepts import Counts

WHOLE = Pooling(whole=1, best=0, top_three=0, origin="test")
BEST = Pooling(whole=0, best=1, top_three=0, origin="test")
TOP = Pooling(whole=0, best=0, top_three=1, origin="test")
# One to six texts, and the score of all of them as one after them.
portfolios = st.lists(st.lists(st.floats(0, 1), min_size=2, max_size=7), min_size=1, max_size=6)


def pooled(texts: list[list[float]], pooling: Pooling) -> list[float]:
    starts = np.cumsum([0, *(len(scores) for scores in texts)])[:-1]
    return pool(np.array([score for scores in texts for score in scores]), starts, pooling).tolist()


def test_pooling_by_hand() -> None:
    texts = [[0.1, 0.9, 0.5, 0.3, 0.8], [0.6, 0.7]]
    assert pooled(texts, WHOLE) == pytest.approx([0.8, 0.7])
    assert pooled(texts, BEST) == pytest.approx([0.9, 0.6])
    assert pooled(texts, TOP) == pytest.approx([1.7 / 3, 0.2])


def test_the_ways_are_mixed_by_weight() -> None:
    mixed = Pooling(whole=0.5, best=0.25, top_three=0.25, origin="test")
    expected = 0.5 * 0.4 + 0.25 * 0.9 + 0.25 * (1.4 / 3)
    assert pooled([[0.9, 0.5, 0.4]], mixed) == pytest.approx([expected])


@given(texts=portfolios)
def test_pools_agree_with_plain_python(texts: list[list[float]]) -> None:
    singles = [scores[:-1] for scores in texts]
    assert pooled(texts, WHOLE) == pytest.approx([scores[-1] for scores in texts])
    assert pooled(texts, BEST) == pytest.approx([max(scores) for scores in singles])
    three = [sum(sorted(scores)[-3:]) / 3 for scores in singles]
    assert pooled(texts, TOP) == pytest.approx(three)


@given(texts=portfolios)
def test_the_order_of_texts_in_a_portfolio_does_not_matter(
    texts: list[list[float]],
) -> None:
    shuffled = [[*sorted(scores[:-1]), scores[-1]] for scores in texts]
    for pooling in (WHOLE, BEST, TOP):
        assert pooled(shuffled, pooling) == pytest.approx(pooled(texts, pooling))


OWNERS = np.array([0, 0, 1])


def test_the_whole_counts_what_its_texts_count() -> None:
    matrix = sparse.csr_matrix(np.array([[1, 2], [0, 3], [4, 0]], np.float32))
    whole = whole_counts(Counts(matrix, np.array([3, 3, 4], np.float32)), OWNERS, 2)
    assert whole.matrix.toarray().tolist() == [[1, 5], [4, 0]]
    assert whole.lengths.tolist() == [6, 4]


def test_the_content_of_the_whole_is_the_mean_direction() -> None:
    content = np.array([[1, 0], [0, 1], [0, 0]], np.float32)
    half = 0.5**0.5
    np.testing.assert_allclose(whole_content(content, OWNERS, 2), [[half, half], [0, 0]])
