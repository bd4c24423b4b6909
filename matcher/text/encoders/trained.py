"""The default encoder: one vector per concept, learned from the texts at hand. No download, no GPU.

A document's vector is the weighted sum of its concepts' vectors, of length 1. The vectors start
from a singular value decomposition of documents × concepts and are then trained contrastively: two
spans of one document should be nearer to each other than to the spans of the other documents in the
batch (InfoNCE; van den Oord et al., "Representation Learning with Contrastive Predictive Coding",
2018), and a Chinese word near its English senses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.resources import library
from matcher.text.encoders.protocol import Documents, FloatMatrix
from matcher.text.weights import damped, inverse_document_frequency

_extmath = library("sklearn.utils.extmath")
# A vector below it, as good as nothing, isn't made longer.
_SHORTEST = 10 * np.finfo(np.float32).eps


@dataclass(frozen=True, slots=True)
class Training:
    """How to train. `pairs` bounds the work, whatever the size of the collection."""

    dimension: int = 256
    temperature: float = 0.05
    learning_rate: float = 0.05
    batch: int = 512
    epochs: int = 5
    least_pairs: int = 10_000
    most_steps: int = 200
    most_pairs: int = 48_000
    concepts: int = 60_000
    svd_documents: int = 20_000
    seed: int = 0


class TrainedEncoder:
    """A vector for every concept that counts.

    weights: float32[concepts], 0 for one that doesn't count. vectors: float32[m, d], those of the
    m concepts whose weight isn't 0, in their order.
    """

    def __init__(
        self, vectors: FloatMatrix, weights: npt.NDArray[np.float32], fingerprint: str = ""
    ) -> None:
        """fingerprint: worked out anew if not given, which reads all vectors."""
        self.vectors = vectors
        self.weights = weights
        self.fingerprint = fingerprint or _fingerprint(vectors, weights)
        """Hash of vectors and weights."""
        self._known = weights[weights != 0]
        self._rows = np.where(weights != 0, np.cumsum(weights != 0) - 1, -1).astype(np.int32)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def vector(self, concept: int) -> FloatMatrix:
        """float32[dimension]; zeros for a concept that doesn't count."""
        row = self._rows[concept]
        return self.vectors[row] if row >= 0 else np.zeros(self.dimension, np.float32)

    def encode(self, documents: Documents) -> FloatMatrix:
        """float32[n, dimension] from the documents' concept counts; texts are not read.

        Concepts beyond those that were there at training don't count.
        """
        vectors = _bags(self._counting(documents.concepts), self._known) @ self.vectors
        return _of_length_one(np.asarray(vectors, np.float32))

    def _counting(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """The counts of the concepts that have a vector, n × m."""
        known = np.flatnonzero(counts.indices < len(self._rows))
        known = known[self._rows[counts.indices[known]] >= 0]
        before = np.zeros(counts.nnz + 1, np.int64)
        before[known + 1] = 1
        starts = np.cumsum(before)[counts.indptr]
        rows = self._rows[counts.indices[known]]
        shape = (counts.shape[0], len(self.vectors))
        return sparse.csr_matrix((counts.data[known], rows, starts), shape=shape)


def _fingerprint(vectors: FloatMatrix, weights: npt.NDArray[np.float32]) -> str:
    digest = hashlib.sha256(np.ascontiguousarray(vectors).tobytes() + weights.tobytes())
    return f"trained-{digest.hexdigest()[:16]}"


def train(
    spans: sparse.csr_matrix,
    owners: npt.NDArray[np.int64],
    translations: tuple[sparse.csr_matrix, sparse.csr_matrix],
    settings: Training | None = None,
) -> TrainedEncoder:
    """Learn an encoder.

    spans: spans × concepts, counts; owners: int64[spans], ascending, the document each span is of.
    translations: two matrices of m × concepts; row i of one means the same as row i of the other.
    """
    settings = settings or Training()
    random = np.random.default_rng(settings.seed)
    documents = _sum_rows(spans, owners)
    weights = _concept_weights(documents, settings.concepts)
    known = np.flatnonzero(weights)
    # Everything below is about the concepts that count, a fifth of all.
    documents, spans = documents[:, known], spans[:, known]
    translations = (translations[0][:, known], translations[1][:, known])
    vectors = _initial_vectors(documents, translations, weights[known], settings, random)
    trainer = _Trainer(vectors, settings)
    for first, second in _batches(spans, owners, translations, settings, random):
        trainer.step(_bags(first, weights[known]), _bags(second, weights[known]))
    return TrainedEncoder(trainer.vectors, weights)


def _bags(counts: sparse.csr_matrix, weights: npt.NDArray[np.float32]) -> sparse.csr_matrix:
    """Counts → weighted bags of concepts, each of length 1."""
    bags = counts.astype(np.float32)
    bags.data = damped(bags.data) * weights[bags.indices]
    # To the bit what scikit-learn's `normalize` makes of them, without loading it.
    owners = np.repeat(np.arange(bags.shape[0]), np.diff(bags.indptr))
    squares = np.bincount(owners, bags.data * bags.data, minlength=bags.shape[0])
    lengths = np.sqrt(squares)
    lengths[lengths == 0] = 1
    bags.data = (bags.data / lengths[owners]).astype(np.float32)
    return bags


def _of_length_one(vectors: FloatMatrix) -> FloatMatrix:
    """The rows as `sklearn.preprocessing.normalize` gives them; one of nothing stays so."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    norms[norms < _SHORTEST] = 1
    return np.asarray(vectors / norms[:, None], np.float32)


def _sum_rows(spans: sparse.csr_matrix, owners: npt.NDArray[np.int64]) -> sparse.csr_matrix:
    ones = np.ones(len(owners), np.float32)
    shape = (_documents(owners), len(owners))
    return sparse.csr_matrix((ones, (owners, np.arange(len(owners)))), shape=shape) @ spans


def _documents(owners: npt.NDArray[np.int64]) -> int:
    return int(owners[-1]) + 1 if len(owners) else 0


def _concept_weights(documents: sparse.csr_matrix, most: int) -> npt.NDArray[np.float32]:
    """idf of the commonest concepts that two documents have, at most `most`; 0 for the others."""
    frequency = np.bincount(documents.indices, minlength=documents.shape[1]).astype(np.float32)
    kept = frequency >= min(2, documents.shape[0])
    if kept.sum() > most:
        kept &= frequency > np.sort(frequency)[-most - 1]
    idf = inverse_document_frequency(frequency, documents.shape[0])
    return np.where(kept, idf, np.float32(0))


def _initial_vectors(
    documents: sparse.csr_matrix,
    translations: tuple[sparse.csr_matrix, sparse.csr_matrix],
    weights: npt.NDArray[np.float32],
    settings: Training,
    random: np.random.Generator,
) -> FloatMatrix:
    """Right singular vectors of a sample of documents and of the dictionary, on a little noise."""
    rows = documents.shape[0]
    if rows > settings.svd_documents:
        documents = documents[np.sort(random.choice(rows, settings.svd_documents, replace=False))]
    bags = _bags(sparse.vstack([documents, translations[0] + translations[1]]).tocsr(), weights)
    shape = (documents.shape[1], settings.dimension)
    vectors = random.standard_normal(shape).astype(np.float32) * np.float32(0.1)
    rank = min(settings.dimension, min(bags.shape) - 1)
    if rank > 0 and bags.nnz:
        right = _extmath.randomized_svd(bags, rank, n_iter=2, random_state=settings.seed)[2].T
        vectors[:, :rank] += right.astype(np.float32) / max(float(right.std()), 1e-9)
    return vectors / np.float32(16)


def _batches(
    spans: sparse.csr_matrix,
    owners: npt.NDArray[np.int64],
    translations: tuple[sparse.csr_matrix, sparse.csr_matrix],
    settings: Training,
    random: np.random.Generator,
) -> Iterator[tuple[sparse.csr_matrix, sparse.csr_matrix]]:
    """Pairs of matrices whose rows i belong together.

    Row i is two parts of a document, or a word and its senses.
    """
    starts = np.searchsorted(owners, np.arange(_documents(owners) + 1))
    lengths = np.diff(starts)
    divisible = np.flatnonzero(lengths >= 2)
    translated = translations[0].shape[0]
    left = int(np.clip(len(divisible) * settings.epochs, settings.least_pairs, settings.most_pairs))
    batch = min(settings.batch, len(divisible))
    left = min(left, settings.most_steps * batch)
    while left > 0 and batch >= 2:
        order = random.permutation(divisible)
        for first in range(0, len(order) - batch + 1, batch):
            if left <= 0:
                return
            left -= batch
            halves = _split(spans, starts, lengths, order[first : first + batch], random)
            if translated:
                pick = random.integers(0, translated, batch // 4)
                halves = [
                    sparse.vstack([half, side[pick]]).tocsr()
                    for half, side in zip(halves, translations, strict=True)
                ]
            yield halves[0], halves[1]


def _split(
    spans: sparse.csr_matrix,
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    chosen: npt.NDArray[np.int64],
    random: np.random.Generator,
) -> list[sparse.csr_matrix]:
    """A random run of up to 60 % of each chosen document's spans, and the rest of it."""
    count = lengths[chosen]
    taken = random.integers(1, np.maximum(2, (count * 0.6).astype(int) + 1))
    offset = random.integers(0, count - taken + 1)
    rows = np.repeat(np.arange(len(chosen)), count)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    inside = (place >= offset[rows]) & (place < (offset + taken)[rows])
    columns = starts[chosen][rows] + place
    shape = (len(chosen), spans.shape[0])
    ones = np.ones(len(rows), np.float32)
    return [
        sparse.csr_matrix((ones[part], (rows[part], columns[part])), shape=shape) @ spans
        for part in (inside, ~inside)
    ]


class _Trainer:
    """Row-wise Adagrad on InfoNCE in both directions."""

    def __init__(self, vectors: FloatMatrix, settings: Training) -> None:
        self.vectors = vectors
        self._settings = settings
        self._squares = np.full(len(vectors), 1e-8, np.float32)

    def step(self, first: sparse.csr_matrix, second: sparse.csr_matrix) -> float:
        """One gradient step on rows that belong together; returns the loss before it."""
        used = np.union1d(first.indices, second.indices)
        first, second = _columns(first, used), _columns(second, used)
        vectors = self.vectors[used]
        a, length_a = _unit(first @ vectors)
        b, length_b = _unit(second @ vectors)
        loss, slope = info_nce(a @ b.T, self._settings.temperature)
        gradient = first.T @ _through_norm(slope @ b, a, length_a)
        gradient += second.T @ _through_norm(slope.T @ a, b, length_b)
        squares = self._squares[used] + np.einsum("ij,ij->i", gradient, gradient) / len(vectors.T)
        self._squares[used] = squares
        gradient *= (self._settings.learning_rate / np.sqrt(squares))[:, None]
        self.vectors[used] = vectors - gradient
        return loss


def _columns(matrix: sparse.csr_matrix, used: npt.NDArray[np.int64]) -> sparse.csr_matrix:
    """The matrix with only the columns `used`, which are ascending and hold every entry."""
    indices = np.searchsorted(used, matrix.indices)
    return sparse.csr_matrix(
        (matrix.data, indices, matrix.indptr), shape=(matrix.shape[0], len(used))
    )


def _unit(rows: FloatMatrix) -> tuple[FloatMatrix, FloatMatrix]:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
    return rows / lengths, lengths


def _through_norm(slope: FloatMatrix, unit: FloatMatrix, length: FloatMatrix) -> FloatMatrix:
    """The gradient with respect to x of a loss with gradient `slope` with respect to x / |x|."""
    along = (slope * unit).sum(axis=1, keepdims=True)
    return np.asarray((slope - unit * along) / length, np.float32)


def info_nce(likeness: FloatMatrix, temperature: float) -> tuple[float, FloatMatrix]:
    """Loss and gradient for an n × n matrix whose diagonal should stand out in its row and column.

    The mean of both directions' cross-entropies of softmax(likeness / temperature) against the
    diagonal.
    """
    n = len(likeness)
    rows = _softmax(likeness / temperature, axis=1)
    columns = _softmax(likeness / temperature, axis=0)
    own = np.arange(n)
    loss = -float(np.log(np.maximum(rows[own, own] * columns[own, own], 1e-30)).mean()) / 2
    slope = rows + columns
    slope[own, own] -= 2
    return loss, np.asarray(slope / (2 * n * temperature), np.float32)


def _softmax(values: FloatMatrix, axis: int) -> FloatMatrix:
    shifted = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=axis, keepdims=True), np.float32)
