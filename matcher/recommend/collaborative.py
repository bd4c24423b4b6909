"""LightFM's part: embeddings of both sides from who went together and a few labels of each.

Kula, "Metadata Embeddings for User and Item Cold-start Recommendations", 2015, with WARP loss. An
entity's vector is the sum of those of its labels and of its own, so that one without feedback has
a vector by its labels. A label that nobody had at training says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from lightfm import LightFM
from scipy import sparse

from matcher.errors import InvalidValue, TrainingDiverged
from matcher.recommend.recipe import CollaborativeSettings
from matcher.text.encoders.protocol import FloatMatrix

MOST_LABELS = 7
"""Labels of an entity that count; with its own feature eight, beyond which LightFM is slow."""
ATTEMPTS = 4
MOST_ODDS = 1e4
"""A log odds beyond which no likelihood lies: from 37 on float64 has 1 for it, and an inner product
of embeddings that came to rest is some tens at most. What is beyond has run away."""
Labels = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """One side. vectors: float32[n, d]; by_label: those of the labels, a row each.

    base: float32[d], what every vector of the side has: the 1 that meets the other side's bias.
    """

    vectors: FloatMatrix
    labels: Mapping[str, int]
    by_label: FloatMatrix
    base: FloatMatrix

    def of_labels(self, labels: Labels) -> FloatMatrix:
        """float32[k, d]: of entities that weren't there at training, by their labels."""
        found = np.tile(self.base, (len(labels), 1))
        for row, own in enumerate(labels):
            known = [self.labels[one] for one in _counted(own) if one in self.labels]
            found[row] += self.by_label[known].sum(axis=0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """Both sides: the inner product of a left and a right is LightFM's prediction for the pair.

    That is [embedding, bias, 1] · [embedding, 1, bias]: one search instead of a prediction a pair.
    """

    lefts: Embedded
    rights: Embedded


def fit_embeddings(
    grades: sparse.csr_array,
    left_labels: Labels,
    right_labels: Labels,
    settings: CollaborativeSettings,
    seed: int = 0,
) -> Embeddings:
    """Embeddings of n lefts and m rights. grades: n × m, those above 0 count, by how much.

    One thread, so that the same input gives the same bits. Where it ends in no numbers, in some
    that are no log odds, or in nothing but zeros, it is tried again from the start with half the
    step. Raises TrainingDiverged after `ATTEMPTS`, InvalidValue for a grade that is no number and
    labels of others.
    """
    liked = _liked(grades)
    left, right = _Features.of(left_labels), _Features.of(right_labels)
    if liked.shape != (len(left_labels), len(right_labels)):
        raise InvalidValue("The labels aren't of the entities that were graded.", field="labels")
    rate = settings.learning_rate
    for _ in range(ATTEMPTS):
        found = _fitted(_model(settings, rate, seed), liked, left, right, settings.epochs)
        if found is not None:
            return found
        rate /= 2
    raise TrainingDiverged(
        f"The embeddings came to no usable numbers even with a step of {rate * 2:g}.",
        field="collaborative.learning_rate",
        hint="Give a smaller learning_rate or penalty. The model there is stays.",
    )


def _fitted(
    model: LightFM, liked: sparse.coo_matrix, left: _Features, right: _Features, epochs: int
) -> Embeddings | None:
    """None where the step was too large for numbers to come of it."""
    try:
        # What overflows is looked at afterwards.
        with np.errstate(all="ignore"):
            # The features go into every call: without them the numbers are silently others'.
            model.fit(
                liked,
                user_features=left.matrix,
                item_features=right.matrix,
                sample_weight=liked,
                epochs=epochs,
                num_threads=1,
            )
            found = Embeddings(_left(model, left), _right(model, right))
    except ValueError:
        return None
    return found if _is_sane(found) and not (liked.nnz and _is_empty(found)) else None


def _is_sane(found: Embeddings) -> bool:
    """Whether every inner product that a search may make is a log odds; labels are in vectors."""
    sides = found.lefts, found.rights
    lengths = [np.linalg.norm(side.vectors.astype(np.float64), axis=1) for side in sides]
    return bool(lengths[0].max(initial=0) * lengths[1].max(initial=0) <= MOST_ODDS)


def _is_empty(found: Embeddings) -> bool:
    """Whether a side has nothing but biases: LightFM sets to 0 what a step carried too far, or a
    penalty shrank without end."""
    return not all(side.vectors[:, :-2].any() for side in (found.lefts, found.rights))


def _model(settings: CollaborativeSettings, rate: float, seed: int) -> LightFM:
    return LightFM(
        no_components=settings.dimension,
        loss="warp",
        learning_rate=rate,
        user_alpha=settings.penalty,
        item_alpha=settings.penalty,
        max_sampled=settings.sampled,
        random_state=seed,
    )


def _liked(grades: sparse.csr_array) -> sparse.coo_matrix:
    """What LightFM takes: a coo_matrix of float32 with int32 places."""
    found = sparse.coo_array(grades)
    if not np.isfinite(found.data).all():
        raise InvalidValue("A grade is no number.", field="grades")
    above = found.data > 0
    places = (found.row[above].astype(np.int32), found.col[above].astype(np.int32))
    return sparse.coo_matrix((found.data[above].astype(np.float32), places), grades.shape)


def _counted(labels: Sequence[str]) -> Sequence[str]:
    """Each of them once, and no more than count."""
    return list(dict.fromkeys(labels))[:MOST_LABELS]


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    """matrix: n × (n + labels), an entity's own feature and those of its labels, 1 each."""

    matrix: sparse.csr_matrix
    names: dict[str, int]

    @classmethod
    def of(cls, labels: Labels) -> _Features:
        names: dict[str, int] = {}
        rows, columns = list(range(len(labels))), list(range(len(labels)))
        for row, own in enumerate(labels):
            for label in _counted(own):
                rows.append(row)
                columns.append(len(labels) + names.setdefault(label, len(names)))
        places = (np.array(rows, np.int32), np.array(columns, np.int32))
        shape = (len(labels), len(labels) + len(names))
        return cls(sparse.csr_matrix((np.ones(len(rows), np.float32), places), shape), names)


def _left(model: LightFM, features: _Features) -> Embedded:
    biases, embeddings = model.get_user_representations(features.matrix)
    own, names = len(biases), features.names
    ones, none = np.ones(own, np.float32), np.zeros(len(names), np.float32)
    labels = _joined(model.user_embeddings[own:], model.user_biases[own:], none)
    base = np.zeros(labels.shape[1], np.float32)
    base[-1] = 1
    return Embedded(_joined(embeddings, biases, ones), names, labels, base)


def _right(model: LightFM, features: _Features) -> Embedded:
    biases, embeddings = model.get_item_representations(features.matrix)
    own, names = len(biases), features.names
    ones, none = np.ones(own, np.float32), np.zeros(len(names), np.float32)
    labels = _joined(model.item_embeddings[own:], none, model.item_biases[own:])
    base = np.zeros(labels.shape[1], np.float32)
    base[-2] = 1
    return Embedded(_joined(embeddings, ones, biases), names, labels, base)


def _joined(embeddings: FloatMatrix, first: FloatMatrix, second: FloatMatrix) -> FloatMatrix:
    columns = [embeddings, first[:, None], second[:, None]]
    return np.ascontiguousarray(np.concatenate(columns, axis=1), np.float32)
