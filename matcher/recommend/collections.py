"""Outcomes, needs and managers as three models over one space of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.concept_vectors import ConceptWeights
from matcher.recommend.corpus import TextModel, Texts, side_of, trained, with_wholes
from matcher.recommend.model import Model, model_of
from matcher.recommend.recipe import Recipe
from matcher.text.concepts import ConceptSpace, Counts
from matcher.text.dictionary import segmenter_of, standard_dictionary
from matcher.text.encoders.protocol import Encoder
from matcher.text.stream import Reader

NOUNS = (Noun.OUTCOME, Noun.NEED, Noun.MANAGER)
"""What is searched and proposed."""
ASKING = {
    Noun.OUTCOME: (Noun.NEED,),
    Noun.NEED: (Noun.OUTCOME,),
    Noun.MANAGER: (Noun.NEED, Noun.OUTCOME),
}
"""Whose texts are the queries to a noun: they tell how common a word is among those who ask."""
ROOM = 1 << 17
"""Terms that may come between two trainings, each with a concept of its own."""
# Of fewer documents nothing can be said about how common a word is; all texts tell it then.
FEWEST = 20


@dataclass(frozen=True, slots=True, eq=False)
class Collections:
    """A model for each noun. They share the concept space and the encoder."""

    models: Mapping[Noun, Model]
    recipe: Recipe


def build_collections(
    items: Mapping[Noun, Sequence[Item]],
    recipe: Recipe,
    *,
    encoder: Encoder | None = None,
    room: int = ROOM,
) -> Collections:
    """Learn from all items and index each noun's. Without an encoder one is trained on them."""
    dictionary = standard_dictionary()
    reader = Reader(segmenter_of(dictionary))
    texts = {noun: Texts.of(items.get(noun, ()), noun is Noun.MANAGER) for noun in NOUNS}
    streams = {noun: reader.read(texts[noun].documents) for noun in NOUNS}
    space = ConceptSpace.fit(list(streams.values()), reader.table, dictionary, room)
    if encoder is None:
        encoder = trained(list(streams.values()), space)
    counts = {noun: space.counts(streams[noun]) for noun in NOUNS}
    models = {}
    for noun in NOUNS:
        weights = with_wholes(_weights(noun, space, counts), counts[noun], texts[noun])
        text = TextModel(reader, space, weights, encoder)
        side = side_of(text, texts[noun], counts[noun])
        models[noun] = model_of(items.get(noun, ()), text, side, recipe, texts[noun].whole)
    return Collections(models, recipe)


def _weights(noun: Noun, space: ConceptSpace, counts: Mapping[Noun, Counts]) -> ConceptWeights:
    asked = _together([counts[other] for other in ASKING[noun]])
    enough = len(counts[noun].lengths) >= FEWEST
    return ConceptWeights.fit(
        space, counts[noun] if enough else _together(list(counts.values())), asked
    )


def _together(counts: Sequence[Counts]) -> Counts:
    matrix = sparse.vstack([each.matrix for each in counts], format="csr")
    return Counts(matrix, np.concatenate([each.lengths for each in counts]))
