"""Arrays and matrices as files that are mapped when opened: processes share their pages."""

from __future__ import annotations

import json
import tokenize
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.errors import BrokenBundle

HINT = "Roll back to another version, or train anew."
_INTEGERS, _FLOATS = "iu", "f"
_KINDS = {"data": _FLOATS, "indices": _INTEGERS, "indptr": _INTEGERS}


def save_matrix(matrix: Any, folder: Path, name: str) -> None:
    """Write a compressed sparse matrix as three arrays and its shape."""
    for part in _KINDS:
        np.save(folder / f"{name}.{part}.npy", getattr(matrix, part))
    np.save(folder / f"{name}.shape.npy", np.array(matrix.shape, np.int64))


def open_matrix(folder: Path, name: str, kind: type = sparse.csr_array) -> Any:
    """Open what `save_matrix` wrote, as `kind`. Raises BrokenBundle that names the file."""
    data, indices, starts = (
        open_array(folder, f"{name}.{part}", kinds) for part, kinds in _KINDS.items()
    )
    shape = tuple(open_array(folder, f"{name}.shape", _INTEGERS, length=2).tolist())
    rows, columns = shape if issubclass(kind, sparse.csr_array | sparse.csr_matrix) else shape[::-1]
    # Out of range, any of these would let a product write where nothing is.
    if (
        len(starts) != rows + 1
        or starts[0]
        or starts[-1] != len(data)
        or (np.diff(starts) < 0).any()
    ):
        raise broken(folder / f"{name}.indptr.npy", "doesn't cut the matrix into its rows.")
    if len(indices) != len(data):
        raise broken(folder / f"{name}.indices.npy", f"is for {len(indices)} of {len(data)} cells.")
    if len(indices) and not (indices.min() >= 0 and indices.max() < columns):
        raise broken(folder / f"{name}.indices.npy", f"points outside of {columns} columns.")
    return kind((data, indices, starts), shape=shape, copy=False)


def open_array(
    folder: Path,
    name: str,
    kinds: str = "biufS",
    *,
    dimensions: int = 1,
    length: int | None = None,
) -> npt.NDArray[Any]:
    """Map an array that `numpy.save` wrote. Raises BrokenBundle that names the file.

    kinds: numpy's letters of the types that will do. length: how many rows there have to be.
    """
    path = folder / f"{name}.npy"
    try:
        mapped: npt.NDArray[Any] = np.lib.format.open_memmap(path, mode="r")
    except (OSError, ValueError, OverflowError, MemoryError, tokenize.TokenError) as error:
        raise broken(path, f"can't be read: {error}.") from error
    if mapped.dtype.kind not in kinds or mapped.ndim != dimensions:
        raise broken(path, f"holds {mapped.dtype} in {mapped.ndim} dimensions.")
    if length is not None and len(mapped) != length:
        raise broken(path, f"has {len(mapped)} rows where {length} belong.")
    return mapped.view(np.ndarray)


def open_json(path: Path) -> Any:
    """What a JSON file holds. Raises BrokenBundle that names the file."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise broken(path, f"can't be read: {error}.") from error


def broken(path: Path, message: str, field: str | None = None) -> BrokenBundle:
    """The error that names a file of a model that can't be used."""
    return BrokenBundle(message, file=str(path), field=field, hint=HINT)
