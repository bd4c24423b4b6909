"""An index as files that are mapped into memory when it is opened, so that processes share it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.arrays import broken, open_array, open_json, open_matrix, save_matrix
from matcher.errors import InvalidValue
from matcher.index.bitmap import Allowed
from matcher.index.dense import DenseSegment
from matcher.index.embedded import Snapshot
from matcher.index.port import Space, SpaceKind, Storage
from matcher.index.postings import Postings
from matcher.index.segments import Leaf, Segment, Segments
from matcher.index.sparse import SparseSegment

SPACES = "spaces.json"
# Read in place: nothing is copied, and other processes share the pages.
MAPPED = faiss.IO_FLAG_MMAP_IFC


def save_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write the live rows of every space into an existing folder."""
    described = []
    for name, segments in snapshot.spaces.items():
        space = segments.space
        described.append(
            {
                "name": name,
                "kind": space.kind.value,
                "dimension": space.dimension,
                "storage": space.storage.value,
                "rows": len(segments),
            }
        )
        for segment in segments.compact():
            np.save(folder / f"{name}.ids.npy", segment.ids)
            if isinstance(segment, DenseSegment):
                _save_dense(segment, folder, name)
            elif isinstance(segment, SparseSegment):
                save_matrix(segment.rows, folder, f"{name}.rows")
                save_matrix(segment.rows.tocsc(), folder, f"{name}.postings")
    (folder / SPACES).write_text(json.dumps(described), encoding="utf-8")


def open_snapshot(folder: Path) -> Snapshot:
    """Open what `save_snapshot` wrote. Raises BrokenBundle that names the file."""
    described = open_json(folder / SPACES)
    try:
        sizes = [(_space(each), int(each["rows"])) for each in described]
    except (ValueError, KeyError, TypeError, InvalidValue) as error:
        raise broken(folder / SPACES, f"describes no spaces: {error}.") from error
    spaces = {space.name: _open_space(space, rows, folder) for space, rows in sizes}
    known = Allowed.none()
    for segments in spaces.values():
        for leaf in segments.leaves:
            known = known | Allowed.of_ids(leaf.segment.ids)
    return Snapshot(spaces, known)


def _save_dense(segment: DenseSegment, folder: Path, name: str) -> None:
    faiss.write_index(segment.base, str(folder / f"{name}.faiss"))
    np.save(folder / f"{name}.longest.npy", np.array(segment.longest))
    if segment.codes is not None:
        faiss.write_index(segment.codes, str(folder / f"{name}.codes.faiss"))


def _space(described: Mapping[str, Any]) -> Space:
    return Space(
        str(described["name"]),
        SpaceKind(described["kind"]),
        int(described["dimension"]),
        Storage(described["storage"]),
    )


def _open_space(space: Space, rows: int, folder: Path) -> Segments:
    if not rows:
        return Segments(space)
    ids = open_array(folder, f"{space.name}.ids", "i", length=rows)
    if ids[0] < 0 or (np.diff(ids) <= 0).any():
        raise broken(folder / f"{space.name}.ids.npy", "has ids that don't ascend.")
    opened = _open_sparse if space.kind is SpaceKind.SPARSE else _open_dense
    return Segments(space, (Leaf(opened(space, ids, folder), Allowed.first(rows)),))


def _open_sparse(space: Space, ids: NDArray[np.int64], folder: Path) -> Segment:
    shape = (len(ids), space.dimension)
    rows = open_matrix(folder, f"{space.name}.rows")
    postings = open_matrix(folder, f"{space.name}.postings", sparse.csc_array)
    for part, matrix in (("rows", rows), ("postings", postings)):
        if matrix.shape != shape or matrix.nnz != rows.nnz:
            path = folder / f"{space.name}.{part}.shape.npy"
            raise broken(path, f"is of {matrix.shape}, where {shape} belongs.")
    return SparseSegment(ids, rows, Postings(postings))


def _open_dense(space: Space, ids: NDArray[np.int64], folder: Path) -> Segment:
    shape = (len(ids), space.dimension)
    base = _open_index(folder / f"{space.name}.faiss", faiss.IndexFlatIP, shape)
    path = folder / f"{space.name}.codes.faiss"
    codes = _open_index(path, faiss.IndexScalarQuantizer, shape) if path.exists() else None
    longest = float(open_array(folder, f"{space.name}.longest", "f", dimensions=0))
    return DenseSegment.of_indexes(ids, base, codes, longest)


def _open_index(path: Path, kind: type, shape: tuple[int, int]) -> Any:
    try:
        index = faiss.read_index(str(path), MAPPED)
    except (RuntimeError, MemoryError) as error:
        raise broken(path, "is no index that can be read.") from error
    found = (index.ntotal, index.d)
    fits = isinstance(index, kind) and index.metric_type == faiss.METRIC_INNER_PRODUCT
    if not fits or found != shape:
        raise broken(path, f"is a {type(index).__name__} of {found}, where {shape} belongs.")
    return index
