"""Which texts stand nearest to each other: the only pairs that are looked at closely."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.recommend.columns import Mask
from matcher.recommend.ids import Places
from matcher.recommend.parts import Parts

NEAREST = 8
"""Neighbours of a text in each space and language."""
# Of a text's concepts only so many are looked up; the close look takes all.
HEAVIEST = 32
_BLOCK = 256

Pairs = npt.NDArray[np.int64]
"""int64[n, 2]: numbers of parts, the smaller one first; in order, each pair once."""


def nearest(parts: Parts, asked: Mask) -> Pairs:
    """The pairs of parts of different items that are near each other.

    asked: bool[m], the parts whose neighbours are wanted. Those of their neighbours are found,
    too: whether two are each other's nearest has to be asked from both sides.
    """
    found = _found(parts, np.flatnonzero(asked))
    if not asked.all() and len(found):
        partners = np.unique(found[~asked[found]])
        found = np.concatenate([found, _found(parts, partners)])
    apart = found[parts.owners[found[:, 0]] != parts.owners[found[:, 1]]]
    return np.unique(np.sort(apart, axis=1), axis=0)


def _found(parts: Parts, rows: Places) -> Pairs:
    """In the same language the contents of a repeated text are near; in the other one its
    concepts may be nearer."""
    pairs = [np.zeros((0, 2), np.int64)]
    concepts = unit_rows(parts.concepts)
    for chinese in (True, False):
        pool = np.flatnonzero(parts.chinese == chinese)
        same, other = (rows[parts.chinese[rows] == each] for each in (chinese, not chinese))
        if len(pool):
            pairs += _near_contents(parts, same, pool)
            pairs += _near_contents(parts, other, pool)
            pairs += _near_concepts(concepts, other, pool)
    return np.concatenate(pairs)


def _near_contents(parts: Parts, rows: Places, pool: Places) -> Iterator[Pairs]:
    pooled = parts.content[pool].T
    for block in _blocks(rows):
        yield _best(parts.content[block] @ pooled, block, pool)


def _near_concepts(concepts: sparse.csr_array, rows: Places, pool: Places) -> Iterator[Pairs]:
    pooled = sparse.csr_array(concepts[pool].T)
    for block in _blocks(rows):
        scores = (_heaviest(concepts[block]) @ pooled).toarray()
        yield _best(scores, block, pool)


def _best(scores: npt.NDArray[np.float32], rows: Places, pool: Places) -> Pairs:
    # One more than wanted: a text is its own nearest.
    most = min(NEAREST + 1, len(pool))
    best = np.argpartition(-scores, most - 1, axis=1)[:, :most]
    return np.column_stack([np.repeat(rows, most), pool[best].ravel()])


def _heaviest(vectors: sparse.csr_array) -> sparse.csr_array:
    """Each row with its heaviest entries alone."""
    kept = np.zeros(vectors.nnz, bool)
    for start, end in zip(vectors.indptr, vectors.indptr[1:], strict=False):
        order = np.argsort(-vectors.data[start:end], kind="stable")[:HEAVIEST]
        kept[start + order] = True
    counts = np.add.reduceat(np.append(kept, False), vectors.indptr[:-1]) * (
        np.diff(vectors.indptr) > 0
    )
    pointers = np.concatenate([[0], np.cumsum(counts)])
    parts = (vectors.data[kept], vectors.indices[kept], pointers)
    return sparse.csr_array(parts, shape=vectors.shape)


def unit_rows(vectors: sparse.csr_array) -> sparse.csr_array:
    """The rows, each divided by its length."""
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ vectors)


def _blocks(rows: Places) -> Iterator[Places]:
    for start in range(0, len(rows), _BLOCK):
        yield rows[start : start + _BLOCK]
