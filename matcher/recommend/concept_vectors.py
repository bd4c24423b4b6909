"""Concept counts → the sparse vectors whose inner product is the concept score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.text.concepts import ConceptSpace, Counts
from matcher.text.weights import IDF_POWER, damped, inverse_document_frequency, saturated

# Queries tell how common a word is among needs; until there are some tens of them, the documents
# do.
PRIOR_QUERIES = 20.0
# What every document speaks of tells them not apart, but a collection of one document, or of
# documents on one subject, still has to be found.
LEAST_IDF = 1e-4
# In a collection of a few, a word that came later isn't as rare as its being alone makes it look.
LEAST_KNOWN = 20


@dataclass(frozen=True, slots=True, eq=False)
class ConceptWeights:
    """How much each concept counts.

    weights: float32[concepts]; mean_length: tokens in a document; whole_length: tokens in all
    documents of a candidate as one; documents: how many there were.
    """

    weights: npt.NDArray[np.float32]
    mean_length: float
    whole_length: float = 1.0
    documents: int = 0

    @classmethod
    def fit(cls, space: ConceptSpace, documents: Counts, queries: Counts) -> ConceptWeights:
        """Weigh by rarity among documents or queries, whichever finds a concept commoner.

        "Phase II" is rare in offers but stands in every need: it says nothing. A query doesn't
        count against its own words.
        """
        offered = _frequency(documents, len(space))
        asked = np.maximum(_frequency(queries, len(space)) - 1, 0)
        share = (offered + 1) / (len(documents.lengths) + 1)
        others = max(len(queries.lengths) - 1, 0)
        share_asked = (asked + PRIOR_QUERIES * share) / (others + PRIOR_QUERIES)
        effective = np.maximum(share, share_asked) * (len(documents.lengths) + 1) - 1
        idf = np.maximum(inverse_document_frequency(effective, len(documents.lengths)), LEAST_IDF)
        known = offered > 0
        lengths = documents.lengths[documents.lengths > 0]
        mean = float(lengths.mean()) if len(lengths) else 1.0
        weights = np.where(known, idf**IDF_POWER * space.importance, 0)
        return cls(weights.astype(np.float32), mean, documents=len(documents.lengths))

    def with_newcomers(self, space: ConceptSpace, counts: Counts) -> ConceptWeights:
        """The same, where concepts that these documents bring and no other had weigh as rare ones.

        A weight doesn't change again before the next fit, in whatever order documents come.
        """
        seen = counts.matrix.indices
        fresh = np.unique(seen[self.weights[seen] == 0])
        if not len(fresh):
            return self
        rare = inverse_document_frequency(np.ones(1, np.float32), max(self.documents, LEAST_KNOWN))
        weights = self.weights.copy()
        weights[fresh] = np.float32(rare[0] ** IDF_POWER) * space.importance[fresh]
        return replace(self, weights=weights)

    def query_vectors(self, counts: Counts) -> sparse.csr_array:
        """Damped counts times weight."""
        vectors = sparse.csr_array(counts.matrix, dtype=np.float32, copy=True)
        vectors.data = damped(vectors.data) * self.weights[vectors.indices]
        vectors.eliminate_zeros()
        vectors.sort_indices()
        return vectors

    def document_vectors(self, counts: Counts) -> sparse.csr_array:
        """Counts saturated at the document's length."""
        vectors = sparse.csr_array(counts.matrix, dtype=np.float32, copy=True)
        lengths = np.maximum(counts.lengths, 1) / np.float32(self.mean_length)
        vectors.data = saturated(vectors.data, np.repeat(lengths, np.diff(vectors.indptr)))
        vectors.data *= self.weights[vectors.indices] > 0
        vectors.eliminate_zeros()
        vectors.sort_indices()
        return vectors


def heaviest(vector: sparse.csr_array, most: int) -> sparse.csr_array:
    """A 1 × concepts vector with only its `most` largest entries; ties go to the smaller column."""
    if vector.nnz <= most:
        return vector
    kept = np.sort(np.argsort(-vector.data, kind="stable")[:most])
    parts = (vector.data[kept], vector.indices[kept], np.array([0, most]))
    return sparse.csr_array(parts, shape=vector.shape)


def _frequency(counts: Counts, concepts: int) -> npt.NDArray[np.float32]:
    return np.bincount(counts.matrix.indices, minlength=concepts).astype(np.float32)
