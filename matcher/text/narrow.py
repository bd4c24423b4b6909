"""Products of a few rows with a matrix of very many columns, most of which they never touch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.integer]
Cells = tuple[Ints, npt.NDArray[np.float32], Ints]


def narrow_product(
    left: sparse.csr_matrix, *rights: sparse.csr_matrix, columns: int
) -> sparse.csr_matrix:
    """`left` times the rows of all `rights`, one below the other; its columns are in order.

    columns: of the product; the rights may have fewer. SciPy makes arrays as long as that, which
    is nearly all of the work for a few short texts; here it is in proportion to what is
    multiplied. Of the same sums in the same order both ways.
    """
    if left.nnz > columns:
        product = left @ _stacked(rights, columns)
        product.sort_indices()
        return product
    used, rows = np.unique(left.indices, return_inverse=True)
    indices, data, lengths = _cells(rights, used)
    touched, places = np.unique(indices, return_inverse=True)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    few = sparse.csr_matrix((data, places, starts), shape=(len(used), len(touched)))
    chosen = sparse.csr_matrix((left.data, rows, left.indptr), shape=(left.shape[0], len(used)))
    product = chosen @ few
    product.sort_indices()
    parts = (product.data, touched[product.indices], product.indptr)
    return sparse.csr_matrix(parts, shape=(left.shape[0], columns))


def _stacked(matrices: tuple[sparse.csr_matrix, ...], columns: int) -> sparse.csr_matrix:
    widened = [
        sparse.csr_matrix((own.data, own.indices, own.indptr), shape=(own.shape[0], columns))
        for own in matrices
    ]
    return sparse.vstack(widened, format="csr")


def _cells(matrices: tuple[sparse.csr_matrix, ...], rows: Ints) -> Cells:
    """Column and value of every cell of some rows, ascending, and how many each row has."""
    found: list[Cells] = []
    first = 0
    for own in matrices:
        last = first + own.shape[0]
        part = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last)] - first
        lengths = own.indptr[part + 1] - own.indptr[part]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(own.indptr[part] - before, lengths) + np.arange(int(lengths.sum()))
        found.append((own.indices[places], own.data[places], lengths))
        first = last
    indices, data, counts = zip(*found, strict=True)
    return np.concatenate(indices), np.concatenate(data), np.concatenate(counts)
