"""Items read as queries to one model, many at once: several times as fast as one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from matcher.domain.item import Item
from matcher.index.port import Vectors
from matcher.recommend.corpus import read_queries
from matcher.recommend.model import Model, Query, asking_vectors
from matcher.recommend.recipe import CONCEPTS, CONTENT


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """n items that ask a model, in none of which anything is known. vectors: by leg, a row each.

    asker: what kind of records they are, "" for words alone.
    """

    items: Sequence[Item]
    model: Model
    asker: str
    vectors: Mapping[str, Vectors]

    @classmethod
    def of(cls, model: Model, items: Sequence[Item], asker: str = "") -> Self:
        """Items that need not be in any model, searched by what was learned of such, too."""
        side = read_queries(model.text, items)
        vectors: dict[str, Vectors] = {CONCEPTS: side.concepts, CONTENT: side.content}
        if asker in model.ties:
            vectors |= asking_vectors(model, asker, items, side.concepts)
        return cls(items, model, asker, vectors)

    def __len__(self) -> int:
        return len(self.items)

    def query(self, row: int) -> Query:
        """One of them."""
        vectors = {leg: row_of(vectors, row) for leg, vectors in self.vectors.items()}
        return Query(self.items[row], vectors, np.zeros(0, np.int64), self.asker)

    def queries(self) -> list[Query]:
        """Each of them."""
        return [self.query(row) for row in range(len(self))]


def row_of(vectors: Vectors, row: int) -> Vectors:
    """One row as it is, n × d → 1 × d."""
    if isinstance(vectors, np.ndarray):
        return vectors[row : row + 1]
    part = slice(vectors.indptr[row], vectors.indptr[row + 1])
    ends = np.array([0, part.stop - part.start], vectors.indptr.dtype)
    parts = (vectors.data[part], vectors.indices[part], ends)
    return sparse.csr_array(parts, shape=(1, vectors.shape[1]))
