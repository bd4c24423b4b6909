"""Items → numbers: their documents read, counted as concepts and encoded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.errors import InvalidValue
from matcher.recommend.concept_vectors import ConceptWeights
from matcher.recommend.portfolio import whole_content, whole_counts
from matcher.text.concepts import ConceptSpace, Counts
from matcher.text.dictionary import segmenter_of, standard_dictionary
from matcher.text.encoders.protocol import Documents, Encoder, FloatMatrix
from matcher.text.encoders.trained import train
from matcher.text.reading import Reading, stream_of
from matcher.text.repair import repair_text
from matcher.text.stream import Reader, Stream, TermTable

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

    def reading(self, text: str) -> Reading:
        """A text as it was written, repaired and read; what was read lately is remembered."""
        return self.space.reader(self.reader.segmenter).read(text)


@dataclass(frozen=True, slots=True)
class Texts:
    """The repaired documents of some items, all in one list.

    owners: int64[documents], ascending, the item each is of. whole: each item is to be searched as
    all its texts together, too.
    """

    documents: list[str]
    owners: npt.NDArray[np.int64]
    whole: bool

    @classmethod
    def of(cls, items: Sequence[Item], whole: bool | None = None) -> Texts:
        """The documents of these items; they are searched as wholes if one has several.

        Raises InvalidValue for one that has, where `whole` is False.
        """
        texts = [[repair_text(text) for text in item.documents] for item in items]
        owners = np.repeat(np.arange(len(texts)), [len(documents) for documents in texts])
        flat = [text for documents in texts for text in documents]
        several = len(flat) > len(items)
        if several and whole is False:
            message = "An item with a portfolio is among items that are one text each."
            raise InvalidValue(message, field="portfolio", hint="Make it one text, too.")
        return cls(flat, owners, several if whole is None else whole)


def learn(
    candidates: Sequence[Item], queries: Sequence[Item], encoder: Encoder | None
) -> tuple[TextModel, Side, Side]:
    """The text model of these items, the candidates' documents and the queries' (one each).

    Without an encoder one is trained on the candidates' documents.
    """
    dictionary = standard_dictionary()
    reader = Reader(segmenter_of(dictionary))
    texts = Texts.of(candidates)
    asked = [repair_text(item.body) for item in queries]
    offered_stream, asked_stream = reader.read(texts.documents), reader.read(asked)
    # Room for one, because a space has at least one dimension, even where nobody says a word.
    space = ConceptSpace.fit([offered_stream, asked_stream], reader.table, dictionary, room=1)
    offered, wanted = space.counts(offered_stream), space.counts(asked_stream)
    weights = ConceptWeights.fit(space, offered, wanted)
    if texts.whole:
        weights = with_wholes(weights, offered, texts)
    if encoder is None:
        encoder = trained([offered_stream], space)
    model = TextModel(reader, space, weights, encoder)
    return model, side_of(model, texts, offered), as_queries(model, asked, wanted)


def trained(streams: Sequence[Stream], space: ConceptSpace) -> Encoder:
    """An encoder that learned from these texts."""
    cut = [stream.spans(SPAN) for stream in streams]
    spans = sparse.vstack([space.counts(stream).matrix for stream, _ in cut], format="csr")
    before = np.cumsum([0, *(len(stream) for stream in streams)])
    owners = [owners + first for (_, owners), first in zip(cut, before, strict=False)]
    # Room for later terms has no vectors to be trained.
    spans.resize((spans.shape[0], len(space.names)))
    return train(spans, np.concatenate(owners), space.translations())


def with_wholes(weights: ConceptWeights, counts: Counts, texts: Texts) -> ConceptWeights:
    """The same, with the mean length of all texts of an item as one; of a text if there's none."""
    if not len(texts.owners):
        return replace(weights, whole_length=weights.mean_length)
    lengths = np.bincount(texts.owners, counts.lengths)
    return replace(weights, whole_length=float(np.maximum(lengths, 1).mean()))


def side_of(model: TextModel, texts: Texts, counts: Counts) -> Side:
    """The documents as vectors; where whole, after each item's texts all of them as one."""
    content = model.encoder.encode(Documents(texts.documents, counts.matrix))
    side = Side(texts.owners, model.weights.document_vectors(counts), content)
    return _with_wholes(side, counts, model.weights) if texts.whole and len(content) else side


def _with_wholes(side: Side, counts: Counts, weights: ConceptWeights) -> Side:
    """A whole's length is measured against its like."""
    items = int(side.owners[-1]) + 1
    whole = whole_counts(counts, side.owners, items)
    weights = replace(weights, mean_length=weights.whole_length)
    owners = np.append(side.owners, np.arange(items))
    order = np.argsort(owners, kind="stable")
    concepts = sparse.vstack([side.concepts, weights.document_vectors(whole)], format="csr")
    content = np.concatenate([side.content, whole_content(side.content, side.owners, items)])
    return Side(owners[order], sparse.csr_array(concepts[order]), content[order], pooled=True)


def read_queries(model: TextModel, queries: Sequence[Item]) -> Side:
    """Queries that weren't there when the model was learned; the model doesn't change."""
    return as_queries(model, *read_bodies(model, queries))


def read_bodies(model: TextModel, items: Sequence[Item]) -> tuple[list[str], Counts]:
    """The repaired texts of these items and their counts, the same for all models of a space."""
    readings = [model.reading(item.body) for item in items]
    if len(readings) == 1 and not readings[0].unknown:
        # Many are counted faster at once; one is asked for again and again.
        return [readings[0].text], model.space.counted(readings[0])
    table = TermTable(model.reader.table)
    counts = model.space.counts(stream_of(readings, table), table)
    return [reading.text for reading in readings], counts


def as_queries(model: TextModel, texts: Sequence[str], counts: Counts) -> Side:
    """Texts that were read, as queries to a model."""
    content = model.encoder.encode(Documents(texts, counts.matrix))
    return Side(np.arange(len(texts)), model.weights.query_vectors(counts), content)
