"""Records that came, changed or went since a model was built: searchable at once, no rebuild.

A changed item is put behind the others and its old place is dead; a removed one's place is dead.
Terms that no text had when the model was built become concepts of their own. What was learned
stays: weights of known concepts, vectors, mean lengths.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.domain.item import Item
from matcher.index.embedded import EmbeddedRetriever
from matcher.recommend.corpus import TextModel, Texts, side_of
from matcher.recommend.model import Model, learned_vectors
from matcher.recommend.recipe import CONCEPTS, CONTENT
from matcher.text.concepts import Counts
from matcher.text.stream import TermTable


def changed(model: Model, items: Sequence[Item], gone: Collection[str] = ()) -> Model:
    """The model with these items in the place of those of the same ids, and without `gone`.

    The given model stays as it is, so that a search under way isn't disturbed. An id that is in
    both is gone; of several items with one id the last counts.
    """
    gone = frozenset(gone)
    items = list({item.id: item for item in items if item.id not in gone}.values())
    replaced = [*gone, *(item.id for item in items)]
    index = EmbeddedRetriever.of(model.index)
    index.delete(_rows(model, replaced))
    candidates = model.candidates.without(replaced)
    if not items:
        return replace(model, candidates=candidates, index=index.snapshot())
    texts = Texts.of(items, model.pooled)
    text, counts = _read(model.text, texts)
    side = side_of(text, texts, counts)
    first, count = len(model.owners), len(candidates)
    rows = first + np.arange(len(side.owners))
    index.upsert(rows, {CONCEPTS: side.concepts, CONTENT: side.content})
    starts = first + np.searchsorted(side.owners, np.arange(len(items)))
    if model.ties:
        wholes = first + np.searchsorted(side.owners, np.arange(len(items)), side="right") - 1
        read = replace(model, text=text, index=index.snapshot())
        index.upsert(starts, learned_vectors(read, wholes, items))
    return replace(
        model,
        candidates=candidates.with_items(items),
        text=text,
        index=index.snapshot(),
        owners=np.append(model.owners, count + side.owners),
        starts=np.append(model.starts, starts),
    )


def _rows(model: Model, ids: Collection[str]) -> npt.NDArray[np.int64]:
    """The index rows of the live items of these ids."""
    ranges = (model.documents(place) for place in model.candidates.places(ids).tolist())
    return np.array([row for documents in ranges for row in documents], np.int64)


def _read(model: TextModel, texts: Texts) -> tuple[TextModel, Counts]:
    """The text model with the terms and concepts that these texts bring, and their counts."""
    known, space = model.reader.table, model.space
    table = TermTable(known)
    stream = model.reader.over(table).read(texts.documents)
    space.newcomers.bring(table, len(known))
    if len(table) > len(known):
        space = space.grown(table.names(len(known)))
    counts = space.counts(stream, table)
    reader = model.reader.over(space.newcomers.table)
    weights = model.weights.with_newcomers(space, counts)
    return replace(model, reader=reader, space=space, weights=weights), counts
