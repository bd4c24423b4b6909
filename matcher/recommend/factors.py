"""Who goes with what, from graded feedback and texts together: factors of both sides.

Weighted matrix factorisation of implicit feedback (Hu, Koren and Volinsky, "Collaborative
Filtering for Implicit Feedback Datasets", 2008), solved by implicit's alternating least squares.
The terms of each side's texts stand beside the other side as further columns and rows (collective
matrix factorisation: Singh and Gordon, "Relational Learning via Collective Matrix Factorization",
2008), so that an entity without feedback has factors by what it says, and one that came after
training is solved for alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits

from matcher.errors import InvalidValue
from matcher.recommend.recipe import FactorSettings
from matcher.resources import library
from matcher.text.encoders.protocol import FloatMatrix

Matrix: TypeAlias = sparse.csr_array
_Confidences = npt.NDArray[np.float32]

_als, _base = library("implicit.cpu.als"), library("implicit.recommender_base")


@dataclass(frozen=True, slots=True, eq=False)
class Folding:
    """What the factors of one more entity of a side are solved from.

    terms: float32[t, d], the factors of its side's terms. gram: float32[d, d], of all that its
    side is solved against.
    """

    terms: FloatMatrix
    gram: FloatMatrix

    def __post_init__(self) -> None:
        if not all(np.isfinite(getattr(self, each.name)).all() for each in fields(self)):
            raise _no_numbers()


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """float32[n, d] and float32[m, d]; the inner product of two rows is how well they go together.

    Around 1 for what is known to, around 0 for what isn't.
    """

    lefts: FloatMatrix
    rights: FloatMatrix
    left_folding: Folding
    right_folding: Folding


def fit_factors(
    grades: Matrix,
    left_terms: Matrix,
    right_terms: Matrix,
    settings: FactorSettings,
    seed: int = 0,
    start: Factors | None = None,
) -> Factors:
    """Factors of n lefts and m rights.

    start: factors of the same entities and terms by less feedback, from which half of the rounds
    lead as far as all of them from chance.

    grades: n × m in [-1, 1], below 0 for what was declined, which counts as known not to go
    together. left_terms, right_terms: n × s and m × t, rows of length 1 or 0. Raises InvalidValue
    where the shapes don't fit, a grade is no number, or the result isn't finite.
    """
    count, others = grades.shape
    _check(grades, left_terms, right_terms, settings)
    texts = settings.texts
    blocks = [[grades, left_terms * texts], [right_terms.T * texts, None]]
    known = sparse.csr_matrix(sparse.block_array(blocks, format="csr"), dtype=np.float32)
    known.eliminate_zeros()
    known.sort_indices()
    known.data = _confidences(known.data, settings)
    # Rows are solved one by one, so that threads don't change a result; BLAS beside them would.
    with threadpool_limits(1, user_api="blas"):
        rows, columns = _alternated(known, settings, seed, start)
        foldings = Folding(columns[others:], _gram(columns)), Folding(rows[count:], _gram(rows))
    return Factors(rows[:count], columns[:others], *foldings)


def _check(grades: Matrix, lefts: Matrix, rights: Matrix, settings: FactorSettings) -> None:
    if grades.shape != (lefts.shape[0], rights.shape[0]):
        raise InvalidValue("The terms aren't of the entities that were graded.", field="terms")
    for name, matrix in {"grades": grades, "terms": lefts, "right terms": rights}.items():
        if not np.isfinite(matrix.data).all():
            raise InvalidValue("Not all of what is known is a number.", field=name)
    if not settings.regularisation > 0:
        hint = "Give a number above 0: without it some factors have no one solution."
        message = "There is no regularisation."
        raise InvalidValue(message, field="factors.regularisation", hint=hint)


def _alternated(
    known: sparse.csr_matrix, settings: FactorSettings, seed: int, start: Factors | None
) -> tuple[FloatMatrix, FloatMatrix]:
    model = _als.AlternatingLeastSquares(
        factors=settings.dimension,
        regularization=settings.regularisation,
        # The confidences are in the matrix: implicit's own alpha would put what is hardly known
        # below what isn't known at all, whose confidence is 1.
        alpha=1.0,
        iterations=settings.iterations if start is None else -(-settings.iterations // 2),
        random_state=seed,
        # Said, because limiting some builds of BLAS limits whoever asks for the usual number.
        num_threads=_processors(),
    )
    if start is not None:
        model.user_factors = np.concatenate([start.lefts, start.right_folding.terms])
        model.item_factors = np.concatenate([start.rights, start.left_folding.terms])
    try:
        model.fit(known, show_progress=False)
    except _base.ModelFitError as error:
        raise _no_numbers() from error
    return np.asarray(model.user_factors), np.asarray(model.item_factors)


def fold_in(
    terms: Matrix,
    folding: Folding,
    settings: FactorSettings,
    grades: Matrix | None = None,
    others: FloatMatrix | None = None,
) -> FloatMatrix:
    """float32[n, d]: the factors of entities that weren't there when the others were fitted.

    terms: n × t as at fitting. grades: n × m, with the factors of the `others` float32[m, d].
    The same step that training takes for each of its rows, solved exactly.
    """
    entries = [terms * settings.texts]
    factors = [folding.terms]
    if grades is not None and others is not None:
        entries, factors = [grades, *entries], [others, *factors]
    known = sparse.csr_array(sparse.hstack(entries, format="csr"), dtype=np.float32)
    known.eliminate_zeros()
    against = np.concatenate(factors)
    found = np.zeros((known.shape[0], against.shape[1]), np.float32)
    for row in np.flatnonzero(np.diff(known.indptr)).tolist():
        part = slice(known.indptr[row], known.indptr[row + 1])
        confidences = _confidences(known.data[part], settings)
        found[row] = _solved(against[known.indices[part]], confidences, folding.gram, settings)
    return found


def _confidences(grades: npt.NDArray[np.float32], settings: FactorSettings) -> _Confidences:
    """1 + confidence · |grade|, as in the paper, with the grade's sign; of nothing known 1."""
    return np.asarray(np.sign(grades) * (1 + settings.confidence * np.abs(grades)), np.float32)


def _solved(
    factors: FloatMatrix,
    confidence: _Confidences,
    gram: FloatMatrix,
    settings: FactorSettings,
) -> npt.NDArray[np.float64]:
    """Equation 4 of the paper; a confidence below 0 is of something known not to go together."""
    weight = np.abs(confidence) - 1
    system = gram + (factors.T * weight) @ factors
    system[np.diag_indices_from(system)] += settings.regularisation
    return np.asarray(np.linalg.solve(system, factors.T @ np.maximum(confidence, 0)), np.float64)


def _processors() -> int:
    """Those that this process may use, which are fewer than there are in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _gram(factors: FloatMatrix) -> FloatMatrix:
    return np.asarray(factors.T @ factors, np.float32)


def _no_numbers() -> InvalidValue:
    message, hint = "The factors are no numbers.", "Train with less confidence."
    return InvalidValue(message, field="factors.confidence", hint=hint)
