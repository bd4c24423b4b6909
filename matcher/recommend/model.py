"""One ranking model: the candidates, what was learned from their texts, and the index over both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.index.embedded import EmbeddedRetriever, Snapshot
from matcher.index.port import Space, SpaceKind, Storage
from matcher.recommend import collaborative
from matcher.recommend.candidates import Candidates
from matcher.recommend.corpus import Side, TextModel, learn
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS, CONTENT, Recipe
from matcher.text.encoders.protocol import Encoder, FloatMatrix

# Beyond this many documents one byte a component is scanned and the best are scored again exactly.
MOST_FLAT = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything a query needs to be answered; nothing in it changes.

    The index's rows are documents: document i is of candidate `owners[i]`, whose documents begin at
    `starts[owner]`. pooled: each candidate's last document is all its texts as one. The
    collaborative space has one row a candidate, at its first document.
    """

    candidates: Candidates
    text: TextModel
    index: Snapshot
    owners: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    pooled: bool
    recipe: Recipe

    def texts(self, candidate: int) -> range:
        """The index rows of a candidate's own texts, as `Item.documents` has them."""
        rows = self.documents(candidate)
        return range(rows.start, rows.stop - 1) if self.pooled else rows

    def documents(self, candidate: int) -> range:
        """The index rows of a candidate; where `pooled`, the last is all its texts as one."""
        end = self.starts[candidate + 1] if candidate + 1 < len(self.starts) else len(self.owners)
        return range(int(self.starts[candidate]), int(end))


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A query ready to be ranked.

    vectors: one row for each space it says something in. known: places of candidates.
    """

    item: Item
    vectors: dict[str, sparse.csr_array | FloatMatrix]
    known: npt.NDArray[np.int64]


def build(
    candidates: Sequence[Item],
    queries: Sequence[Item],
    recipe: Recipe,
    *,
    encoder: Encoder | None = None,
    interactions: sparse.csr_array | None = None,
) -> tuple[Model, list[Query]]:
    """The model of these candidates and the queries, ready to be ranked.

    interactions: queries × candidates, weights ≥ 0.
    """
    text, side, asked = learn(candidates, queries, encoder)
    liked = None if interactions is None else collaborative.candidate_vectors(interactions)
    model = model_of(candidates, text, side, recipe, side.pooled, liked)
    if interactions is None or liked is None:
        return model, [query_of(item, asked, row) for row, item in enumerate(queries)]
    return model, _known_queries(queries, asked, model, interactions, liked)


def model_of(
    candidates: Sequence[Item],
    text: TextModel,
    side: Side,
    recipe: Recipe,
    pooled: bool,
    liked: FloatMatrix | None = None,
) -> Model:
    """The model of these candidates, whose documents are read. liked: their collaborative vectors.

    pooled: each candidate's last document is all its texts as one.
    """
    starts = np.searchsorted(side.owners, np.arange(len(candidates)))
    index = _index(side, liked, starts)
    offered = Candidates.of(candidates)
    return Model(offered, text, index, side.owners, starts, pooled, recipe)


def _index(side: Side, liked: FloatMatrix | None, starts: npt.NDArray[np.int64]) -> Snapshot:
    storage = Storage.FLAT if len(side.owners) <= MOST_FLAT else Storage.SQ8
    spaces = [
        Space(CONCEPTS, SpaceKind.SPARSE, max(1, side.concepts.shape[1])),
        Space(CONTENT, SpaceKind.DENSE, side.content.shape[1], storage),
    ]
    if liked is not None:
        spaces.append(Space(COLLABORATIVE, SpaceKind.DENSE, liked.shape[1]))
    index = EmbeddedRetriever(spaces)
    index.upsert(np.arange(len(side.owners)), {CONCEPTS: side.concepts, CONTENT: side.content})
    if liked is not None:
        index.upsert(starts, {COLLABORATIVE: liked})
    return index.snapshot()


def query_of(item: Item, side: Side, row: int) -> Query:
    """A query with nothing known, out of a row of its side."""
    vectors = {CONCEPTS: side.concepts[[row]], CONTENT: side.content[[row]]}
    return Query(item, vectors, np.zeros(0, np.int64))


def _known_queries(
    queries: Sequence[Item],
    asked: Side,
    model: Model,
    interactions: sparse.csr_array,
    liked: FloatMatrix,
) -> list[Query]:
    """Queries with a collaborative vector; one without text takes the mean of what it goes with."""
    vectors = collaborative.query_vectors(interactions, liked)
    rows = np.array([model.documents(place)[-1] for place in range(len(model.candidates))])
    weights = sparse.diags_array(model.text.weights.weights)
    concepts = collaborative.profiles(interactions, model.index.vectors(CONCEPTS, rows)) @ weights
    content = sparse.csr_array(model.index.vectors(CONTENT, rows))
    content = collaborative.profiles(interactions, content)
    made = []
    for row, item in enumerate(queries):
        query = query_of(item, asked, row)
        if not item.body:
            query.vectors[CONCEPTS] = sparse.csr_array(concepts[[row]], dtype=np.float32)
            query.vectors[CONTENT] = content[[row]].toarray().astype(np.float32)
        query.vectors[COLLABORATIVE] = vectors[[row]]
        known = interactions.indices[interactions.indptr[row] : interactions.indptr[row + 1]]
        made.append(Query(item, query.vectors, known.astype(np.int64)))
    return made
