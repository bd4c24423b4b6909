"""A narrow product is SciPy's, to the bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.text.narrow import narrow_product

COLUMNS = 40


def drawn(rows: int, columns: int, seed: int, share: float = 0.2) -> sparse.csr_matrix:
    random = np.random.default_rng(seed)
    kept = random.random((rows, columns)) < share
    return sparse.csr_matrix((random.random((rows, columns)) * kept).astype(np.float32))


@given(
    rows=st.integers(0, 5),
    heights=st.lists(st.integers(0, 12), min_size=1, max_size=3),
    seed=st.integers(0, 2**32 - 1),
    share=st.sampled_from([0.02, 0.2, 0.9]),
)
def test_it_is_the_product_with_all_rows_one_below_the_other(
    rows: int, heights: list[int], seed: int, share: float
) -> None:
    left = drawn(rows, sum(heights), seed, share)
    rights = [drawn(height, COLUMNS, seed + at, share) for at, height in enumerate(heights)]
    product = narrow_product(left, *rights, columns=COLUMNS)
    wanted = left @ sparse.vstack(rights, format="csr")
    wanted.sort_indices()
    assert product.shape == (rows, COLUMNS)
    assert product.dtype == np.float32
    assert product.toarray().tobytes() == wanted.toarray().tobytes()
    assert product.indices.tolist() == wanted.indices.tolist()


def test_rights_may_have_fewer_columns_than_the_product() -> None:
    left = sparse.csr_matrix(np.array([[2, 0, 1]], np.float32))
    rights = (sparse.csr_matrix([[1, 3]]), sparse.csr_matrix([[0, 0, 0], [0, 0, 5]]))
    for columns in (3, 2**31):
        product = narrow_product(left, *rights, columns=columns)
        assert product.shape == (1, columns)
        assert (product.indices.tolist(), product.data.tolist()) == ([0, 1, 2], [2, 6, 5])


def test_many_cells_are_multiplied_at_once() -> None:
    left, right = drawn(30, 20, 1, 0.9), drawn(20, COLUMNS, 2)
    assert left.nnz > COLUMNS
    wanted = left @ right
    wanted.sort_indices()
    product = narrow_product(left, right, columns=COLUMNS)
    assert product.toarray().tobytes() == wanted.toarray().tobytes()
    assert product.has_sorted_indices
