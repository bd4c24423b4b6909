"""Postings of few columns sum what postings of all columns do, to the bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.index.postings import SPARE, Postings


def test_by_hand() -> None:
    rows = sparse.csr_array(np.array([[0, 2, 0, 1], [4, 0, 0, 0], [0, 3, 0, 0]], np.float32))
    found = Postings.of(rows).products(np.array([1, 3]), np.array([10, 1], np.float32))
    assert found.tolist() == [21, 0, 30]


@given(
    rows=st.integers(1, 6),
    cells=st.integers(0, 12),
    asked=st.lists(st.integers(0, 199), unique=True, max_size=30).map(sorted),
    seed=st.integers(0, 2**32 - 1),
)
def test_columns_without_a_cell_may_be_left_out(
    rows: int, cells: int, asked: list[int], seed: int
) -> None:
    random = np.random.default_rng(seed)
    dense = np.zeros((rows, 200), np.float32)
    places = random.integers(0, 200, cells)
    dense[random.integers(0, rows, cells), places] = random.random(cells)
    asked = sorted({*asked, *places[:3].tolist()})
    drawn = sparse.csr_array(dense)
    few, whole = Postings.of(drawn), Postings(drawn.tocsc())
    assert few.columns is not None
    assert few.matrix.shape[1] == len(set(drawn.indices.tolist()))
    terms, weights = np.array(asked, np.int32), random.random(len(asked)).astype(np.float32)
    assert few.products(terms, weights).tobytes() == whole.products(terms, weights).tobytes()


def test_rows_of_many_cells_keep_all_columns() -> None:
    rows = sparse.csr_array(np.ones((1, 8), np.float32))
    assert rows.nnz * SPARE >= rows.shape[1]
    assert Postings.of(rows).columns is None
