"""Check vectors and ids that come from outside and bring them into the one form used inside."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from matcher.errors import DuplicateId, InvalidValue
from matcher.index.port import Space, SpaceKind, Vectors

# Products of two such components, summed over any dimension in use, stay finite in float32.
LARGEST_COMPONENT = 1e15
LARGEST_ID = 2**31 - 1


def checked_vectors(space: Space, vectors: Vectors) -> Vectors:
    """Return the rows as C-ordered float32[n, d], or as canonical float32 CSR for a sparse space.

    Raises InvalidValue for another kind, shape or dimension, for NaN or infinity or a component
    beyond ±1e15, and for a negative one in a sparse space.
    """
    if space.kind is SpaceKind.SPARSE:
        return _checked_sparse(space, vectors)
    return _checked_dense(space, vectors)


def checked_ids(ids: ArrayLike) -> NDArray[np.int64]:
    """Return `ids` as int64[m]; raises InvalidValue for anything but a list of whole numbers."""
    array = np.asarray(ids)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise InvalidValue(
            f"Ids have the shape {array.shape} and the type {array.dtype}.",
            field="ids",
            hint="Give a one-dimensional array of int64 row numbers.",
        )
    return array.astype(np.int64, copy=False)


def checked_new_ids(ids: ArrayLike) -> NDArray[np.int64]:
    """Return ids that rows may be stored under.

    Raises what `checked_ids` does, InvalidValue outside 0 … 2**31 - 1 and DuplicateId.
    """
    array = checked_ids(ids)
    wrong = np.flatnonzero((array < 0) | (array > LARGEST_ID))
    if wrong.size:
        raise InvalidValue(
            f"{array[wrong[0]]} can't be an id.",
            row=int(wrong[0]),
            field="ids",
            hint=f"Ids are row numbers from 0 to {LARGEST_ID}.",
        )
    _refuse_duplicates(array)
    return array


def _refuse_duplicates(ids: NDArray[np.int64]) -> None:
    order = np.argsort(ids, kind="stable")
    repeated = np.flatnonzero(np.diff(ids[order]) == 0)
    if repeated.size:
        rows = [int(row) for row in order[repeated[0] : repeated[0] + 2]]
        raise DuplicateId(
            f"The id {ids[rows[0]]} stands in rows {rows[0]} and {rows[1]}.",
            field="ids",
            hint="Give every id once.",
            rows=rows,
        )


def _checked_dense(space: Space, vectors: Vectors) -> NDArray[np.float32]:
    if sparse.issparse(vectors):
        raise _misfit(space, "a sparse matrix")
    array = np.asarray(vectors)
    if array.ndim != 2 or array.shape[1] != space.dimension:
        raise _misfit(space, f"an array of shape {array.shape}")
    if array.dtype.kind not in "fiu":
        raise _misfit(space, f"an array of {array.dtype}")
    with np.errstate(over="ignore"):  # what is too large for float32 becomes an infinity
        rows = np.ascontiguousarray(array, dtype=np.float32)
    _refuse_components(space, rows, np.abs(rows) <= LARGEST_COMPONENT)
    return rows


def _checked_sparse(space: Space, vectors: Vectors) -> sparse.csr_array:
    if not isinstance(vectors, sparse.csr_array | sparse.csr_matrix):
        raise _misfit(space, f"a {type(vectors).__name__}")
    if vectors.ndim != 2 or vectors.shape[1] != space.dimension:
        raise _misfit(space, f"a matrix of shape {vectors.shape}")
    if vectors.dtype.kind not in "fiu":
        raise _misfit(space, f"a matrix of {vectors.dtype}")
    canonical = _canonical(space, vectors)
    data = canonical.data
    _refuse_components(space, data, (data >= 0) & (data <= LARGEST_COMPONENT))
    return canonical


def _canonical(space: Space, vectors: sparse.csr_array) -> sparse.csr_array:
    """Sorted, unique, int32 (where they fit) indices; a copy unless the caller's are so already."""
    try:
        vectors.check_format(full_check=True)
    except ValueError as error:
        raise _misfit(space, f"a broken CSR matrix ({error})") from error
    kinds = (vectors.data.dtype, vectors.indices.dtype, vectors.indptr.dtype)
    inside = isinstance(vectors, sparse.csr_array) and kinds == (np.float32, np.int32, np.int32)
    if inside and vectors.has_canonical_format:
        return vectors
    copied = vectors.copy()
    copied.sum_duplicates()
    with np.errstate(over="ignore"):
        data = copied.data.astype(np.float32)
    index = np.int32 if copied.nnz <= LARGEST_ID else np.int64
    indices, starts = copied.indices.astype(index), copied.indptr.astype(index)
    return sparse.csr_array((data, indices, starts), shape=copied.shape)


def _misfit(space: Space, found: str) -> InvalidValue:
    form = "CSR matrix" if space.kind is SpaceKind.SPARSE else "array"
    return InvalidValue(
        f"{found[0].upper()}{found[1:]} doesn't fit the {space.kind} space {space.name}.",
        field=space.name,
        hint=f"Give a numeric {form} of shape (rows, {space.dimension}).",
    )


def _refuse_components(space: Space, values: NDArray[np.float32], sound: NDArray[np.bool_]) -> None:
    if sound.all():
        return
    lowest = 0 if space.kind is SpaceKind.SPARSE else -LARGEST_COMPONENT
    raise InvalidValue(
        f"A vector for the space {space.name} has the component {values[~sound][0]}.",
        field=space.name,
        hint=f"Components are numbers from {lowest:g} to {LARGEST_COMPONENT:g}.",
    )
