"""Sparse rows by column: which rows hold a term, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# Where so many times the cells are fewer than the columns, only columns with a cell are kept.
SPARE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """matrix: CSC of rows × m. columns: int32[m], ascending, which they are; None for all of them.

    A segment of a few new rows in a space of a million terms is made in proportion to its cells.
    """

    matrix: sparse.csc_array
    columns: NDArray[np.int32] | None = None

    @classmethod
    def of(cls, rows: sparse.csr_array) -> Self:
        """The postings of canonical rows."""
        if rows.nnz * SPARE >= rows.shape[1]:
            return cls(rows.tocsc())
        columns, places = np.unique(rows.indices, return_inverse=True)
        parts = (rows.data, places, rows.indptr)
        few = sparse.csr_array(parts, shape=(rows.shape[0], len(columns)))
        return cls(few.tocsc(), columns)

    def products(
        self, terms: NDArray[np.signedinteger], weights: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """float32[rows]: the sum of each row's cells at these terms, in their order, by weight."""
        if self.columns is not None:
            places = np.searchsorted(self.columns, terms)
            there = places < len(self.columns)
            there[there] = self.columns[places[there]] == terms[there]
            terms, weights = places[there], weights[there]
        # Copying the postings out and multiplying is as fast as adding them up by hand.
        products: NDArray[np.float32] = self.matrix[:, terms] @ weights
        return products
