"""The formulas of term weighting, as pure functions.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with two
changes that make one formula right for a whole need and for three words (measured in
docs/quality.md): length is normalised in full (b = 1), and idf is raised to the power 1.5, as if
half of it stood on the query's side as in cosine.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SATURATION = 1.6
IDF_POWER = 1.5


def inverse_document_frequency(frequency: Floats, documents: int) -> Floats:
    """ln((n + 1) / (df + 1)), 0 for a term in every document.

    `frequency`: the number of documents each term is in.
    """
    return np.log((documents + 1) / (frequency + 1)).astype(np.float32)


def saturated(counts: Floats, relative_length: Floats, k: float = SATURATION) -> Floats:
    """BM25's share of the term frequency at b = 1: c·(k + 1) / (c + k·length).

    `relative_length`: the document's length over the mean length, one a count.
    """
    return (counts * (k + 1) / (counts + k * relative_length)).astype(np.float32)


def damped(counts: Floats) -> Floats:
    """log2(1 + c): 1 for one occurrence, 2 for three.

    For queries and for the encoder's bags of concepts.
    """
    return np.log2(1 + counts).astype(np.float32)
