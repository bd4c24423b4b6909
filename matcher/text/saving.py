"""A concept space and its encoder as files, for a model that is opened by many processes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.arrays import broken, open_array, open_json, open_matrix, save_matrix
from matcher.errors import EncoderUnavailable
from matcher.text.concepts import ConceptSpace, Kind, Names
from matcher.text.dictionary import Dictionary
from matcher.text.encoders.protocol import Encoder
from matcher.text.encoders.registry import TRAINED
from matcher.text.encoders.trained import TrainedEncoder
from matcher.text.expansion import Expander
from matcher.text.phrases import LOW
from matcher.text.stream import TermTable

SPACE, ENCODER = "space.json", "encoder.json"


def save_space(space: ConceptSpace, folder: Path) -> None:
    """Write a fitted space, without what came later, into an existing folder."""
    names = space.names
    described = {"terms": names.terms, "prefixes": names.prefixes, "room": space.room}
    _write(folder / SPACE, described)
    np.save(folder / "kinds.npy", space.kinds)
    np.save(folder / "phrases.npy", space.phrases)
    # Terms that only the dictionary brought are in no text.
    frequency = space.expander.frequency
    padded = np.pad(frequency, (0, space.fitted - len(frequency)))
    np.save(folder / "frequency.npy", padded)
    save_matrix(space.matrix, folder, "expansion")


def open_space(folder: Path, dictionary: Dictionary) -> ConceptSpace:
    """Open what `save_space` wrote. Raises BrokenBundle that names the file.

    dictionary: what later Chinese words are looked up in.
    """
    described = _read(folder / SPACE, {"terms": list, "prefixes": list, "room": int})
    table = TermTable.of(described["terms"])
    phrases = open_array(folder, "phrases", "i")
    names = Names(described["terms"], described["prefixes"], phrases)
    if len(table) != len(names.terms) or described["room"] < 0:
        raise broken(folder / SPACE, "names a term twice, or less than no room.")
    if (np.diff(phrases) <= 0).any() or not _are_terms(phrases, len(table)):
        raise broken(folder / "phrases.npy", "holds phrases of other terms.")
    kinds = open_array(folder, "kinds", "i", length=len(names))
    if len(kinds) and not (kinds.min() >= min(Kind) and kinds.max() <= max(Kind)):
        raise broken(folder / "kinds.npy", "holds kinds that there aren't.")
    expansion = _opened(folder, (len(table), len(names)))
    frequency = open_array(folder, "frequency", "f", length=len(table))
    expander = Expander(table, dictionary, frequency)
    return ConceptSpace(names, kinds, expansion, phrases, expander, described["room"])


def _are_terms(phrases: npt.NDArray[np.int64], terms: int) -> bool:
    """Whether both terms of every phrase are there."""
    firsts, seconds = phrases >> 32, phrases & LOW
    return not len(phrases) or bool(firsts[0] >= 0 and firsts[-1] < terms > seconds.max())


def _opened(folder: Path, shape: tuple[int, int]) -> sparse.csr_matrix:
    matrix = open_matrix(folder, "expansion", sparse.csr_matrix)
    if matrix.shape != shape:
        path = folder / "expansion.shape.npy"
        raise broken(path, f"is of {matrix.shape}, where {shape} belongs.")
    return matrix


def save_encoder(encoder: Encoder, name: str, folder: Path) -> None:
    """Write a trained encoder, or the name of one that is opened by it."""
    _write(folder / ENCODER, {"name": name, "fingerprint": encoder.fingerprint})
    if isinstance(encoder, TrainedEncoder):
        np.save(folder / "encoder.vectors.npy", encoder.vectors)
        np.save(folder / "encoder.weights.npy", encoder.weights)


def open_encoder_of(folder: Path, open_named: Callable[[str], Encoder], concepts: int) -> Encoder:
    """Open what `save_encoder` wrote. concepts: how many were fitted.

    Raises BrokenBundle, and EncoderUnavailable where the named encoder isn't there or isn't the
    one that made the vectors.
    """
    described = _read(folder / ENCODER, {"name": str, "fingerprint": str})
    if described["name"] == TRAINED:
        weights = open_array(folder, "encoder.weights", "f", length=concepts)
        known = int(np.count_nonzero(weights))
        vectors = open_array(folder, "encoder.vectors", "f", dimensions=2, length=known)
        return TrainedEncoder(vectors, weights, described["fingerprint"])
    encoder = open_named(described["name"])
    if encoder.fingerprint != described["fingerprint"]:
        raise EncoderUnavailable(
            f"The encoder {described['name']} has changed since the model was trained.",
            hint="Train a new model.",
        )
    return encoder


def _write(path: Path, described: dict[str, Any]) -> None:
    path.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def _read(path: Path, wanted: dict[str, type]) -> dict[str, Any]:
    """An object with the wanted keys. Raises BrokenBundle that names the file."""
    described = open_json(path)
    for key, kind in wanted.items():
        found = described.get(key) if isinstance(described, dict) else None
        texts = not isinstance(found, list) or all(isinstance(one, str) for one in found)
        if not isinstance(found, kind) or not texts:
            raise broken(path, f"has no usable {key}.", key)
    return dict(described)
