"""One ranking model: the candidates, what was learned from their texts, and the index over both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.index.embedded import EmbeddedRetriever, Snapshot
from matcher.index.port import Space, SpaceKind, Storage
from matcher.recommend.boosted import Boosted
from matcher.recommend.candidates import Candidates
from matcher.recommend.corpus import Side, TextModel
from matcher.recommend.learned import Learned
from matcher.recommend.recipe import CONCEPTS, CONTENT, LEARNED_LEGS, UPTAKE, Recipe
from matcher.recommend.tie import Tie, Vectors, labels_of
from matcher.text.encoders.protocol import FloatMatrix

# Beyond this many documents one byte a component is scanned and the best are scored again exactly.
MOST_FLAT = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything a query needs to be answered; nothing in it changes.

    The index's rows are documents: document i is of candidate `owners[i]`, whose documents begin at
    `starts[owner]`. pooled: each candidate's last document is all its texts as one. ties: by who
    asks (a noun), what was learned beside the texts; its spaces have one row a candidate, at its
    first document. learned: by who asks, how to rank.
    """

    candidates: Candidates
    text: TextModel
    index: Snapshot
    owners: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    pooled: bool
    recipe: Recipe
    ties: Mapping[str, Tie] = field(default_factory=dict)
    learned: Mapping[str, Learned] = field(default_factory=dict)

    def weights_for(self, query: Query) -> Mapping[str, float]:
        """What each feature counts for who asks, as learned, or else as the recipe has it."""
        learned = self.learned.get(query.asker)
        if learned is not None:
            return learned.weights
        if not query.asker:
            return self.recipe.texts
        return self.recipe.persons if self.pooled else self.recipe.listings

    def likelihood(self, query: Query, score: float) -> float | None:
        """What a score promises to who asks; None as long as too few outcomes are known."""
        learned = self.learned.get(query.asker)
        return None if learned is None else learned.likelihood(score)

    def trees_for(self, query: Query) -> Boosted | None:
        """What ranks for who asks what the weights find; None where the weights do that, too."""
        learned = self.learned.get(query.asker)
        return None if learned is None else learned.trees

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

    vectors: by leg, one row for each space it says something in. known: places of candidates.
    asker: what kind of record asks, "" for words alone.
    """

    item: Item
    vectors: dict[str, sparse.csr_array | FloatMatrix]
    known: npt.NDArray[np.int64]
    asker: str = ""


def space_of(leg: str, asker: str) -> str:
    """The space of the index that a leg searches for who asks."""
    return f"{leg}.{asker}" if leg in (*LEARNED_LEGS, UPTAKE) else leg


def model_of(
    candidates: Sequence[Item], text: TextModel, side: Side, recipe: Recipe, pooled: bool
) -> Model:
    """The model of these candidates, whose documents are read.

    pooled: each candidate's last document is all its texts as one.
    """
    starts = np.searchsorted(side.owners, np.arange(len(candidates)))
    offered = Candidates.of(candidates)
    return Model(offered, text, _index(side), side.owners, starts, pooled, recipe)


def _index(side: Side) -> Snapshot:
    storage = Storage.FLAT if len(side.owners) <= MOST_FLAT else Storage.SQ8
    index = EmbeddedRetriever(
        [
            Space(CONCEPTS, SpaceKind.SPARSE, max(1, side.concepts.shape[1])),
            Space(CONTENT, SpaceKind.DENSE, side.content.shape[1], storage),
        ]
    )
    index.upsert(np.arange(len(side.owners)), {CONCEPTS: side.concepts, CONTENT: side.content})
    return index.snapshot()


def query_of(
    item: Item, side: Side, row: int, model: Model | None = None, asker: str = ""
) -> Query:
    """A query with nothing known, out of a row of its side.

    asker: what kind of record it is. With a model that has learned of such, it is searched by what
    was learned, too.
    """
    vectors = {CONCEPTS: side.concepts[[row]], CONTENT: side.content[[row]]}
    if model is not None and asker in model.ties:
        vectors |= asking_vectors(model, asker, [item], vectors[CONCEPTS])
    return Query(item, vectors, np.zeros(0, np.int64), asker)


def asking_vectors(
    model: Model, asker: str, items: Sequence[Item], concepts: sparse.csr_array
) -> Vectors:
    """By leg float32[n, d]: what was learned of those who ask. concepts: as queries have them."""
    tie = model.ties[asker]
    weights = model.text.weights.weights
    counted = sparse.csr_array(concepts, copy=True)
    counted.data = counted.data / np.maximum(weights[counted.indices], 1e-9)
    own = tie.askers.vectors(items, counted, [labels_of(item) for item in items], tie.settings)
    if UPTAKE in own:
        # How a candidate fared is the same for all who ask.
        own[UPTAKE] = np.ones((len(items), 1), np.float32)
    return own


def learned_vectors(model: Model, rows: npt.NDArray[np.int64], items: Sequence[Item]) -> Vectors:
    """By space float32[n, d]: what was learned of candidates. rows: each one's whole document."""
    concepts = sparse.csr_array(model.index.vectors(CONCEPTS, rows))
    labels = [labels_of(item) for item in items]
    found: Vectors = {}
    for asker, tie in model.ties.items():
        own = tie.candidates.vectors(items, concepts, labels, tie.settings)
        found |= {space_of(leg, asker): vectors for leg, vectors in own.items()}
    return found
