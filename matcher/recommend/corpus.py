"""Items → numbers: their documents read, counted as concepts and encoded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend.concept_vectors import ConceptWeights
from matcher.recommend.portfolio import whole_content, whole_counts
from matcher.text.concepts import ConceptSpace, Counts
from matcher.text.dictionary import standard_dictionary
from matcher.text.encoders.protocol import Documents, Encoder, FloatMatrix
from matcher.text.encoders.trained import train
from matcher.text.repair import repair_text
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader, TermTable

# The encoder learns from pairs of spans of about this many tokens.
SPAN = 16


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The documents of the items of one side.

    owners: int64[documents], ascending, the item each document is of. concepts: sparse vectors,
    content: float32[documents, d]. pooled: some item has a portfolio, so each item's last document
    is all its texts as one.
    """

    owners: npt.NDArray[np.int64]
    concepts: sparse.csr_array
    content: FloatMatrix
    pooled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """What was learned from the texts: the concept space, its weights, the encoder."""

    reader: Reader
    space: ConceptSpace
    weights: ConceptWeights
    encoder: Encoder


def learn(
    candidates: Sequence[Item], queries: Sequence[Item], encoder: Encoder | None
) -> tuple[TextModel, Side, Side]:
    """The text model of these items, the candidates' documents and the queries' (one each).

    Without an encoder one is trained on the candidates' documents and the queries.
    """
    dictionary = standard_dictionary()
    reader = Reader(Segmenter(dictionary.words()))
    texts = [[repair_text(text) for text in item.documents] for item in candidates]
    flat = [text for documents in texts for text in documents]
    asked = [repair_text(item.body) for item in queries]
    offered_stream, asked_stream = reader.read(flat), reader.read(asked)
    space = ConceptSpace.fit([offered_stream, asked_stream], reader.table, dictionary)
    offered, wanted = space.counts(offered_stream), space.counts(asked_stream)
    weights = ConceptWeights.fit(space, offered, wanted)
    if encoder is None:
        spans, owners = offered_stream.spans(SPAN)
        encoder = train(space.counts(spans).matrix, owners, space.translations())
    model = TextModel(reader, space, weights, encoder)
    owners = np.repeat(np.arange(len(texts)), [len(documents) for documents in texts])
    content = encoder.encode(Documents(flat, offered.matrix))
    side = Side(owners, weights.document_vectors(offered), content)
    if len(flat) > len(candidates):
        side = _with_wholes(side, offered, weights)
    return model, side, _queries(model, asked, wanted)


def _with_wholes(side: Side, counts: Counts, weights: ConceptWeights) -> Side:
    """After each item's texts, all of them as one, whose length is measured against its like."""
    items = int(side.owners[-1]) + 1
    whole = whole_counts(counts, side.owners, items)
    weights = replace(weights, mean_length=float(np.maximum(whole.lengths, 1).mean()))
    owners = np.append(side.owners, np.arange(items))
    order = np.argsort(owners, kind="stable")
    concepts = sparse.vstack([side.concepts, weights.document_vectors(whole)], format="csr")
    content = np.concatenate([side.content, whole_content(side.content, side.owners, items)])
    return Side(owners[order], sparse.csr_array(concepts[order]), content[order], pooled=True)


def _queries(model: TextModel, texts: Sequence[str], counts: Counts) -> Side:
    content = model.encoder.encode(Documents(texts, counts.matrix))
    return Side(np.arange(len(texts)), model.weights.query_vectors(counts), content)


def read_queries(model: TextModel, queries: Sequence[Item]) -> Side:
    """Queries that weren't there when the model was learned; the model doesn't change."""
    texts = [repair_text(item.body) for item in queries]
    reader = Reader(model.reader.segmenter, TermTable(model.reader.table))
    counts = model.space.counts(reader.read(texts), reader.table)
    return _queries(model, texts, counts)
