"""Ties and what was learned of ranking as files, mapped when opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.arrays import broken, open_array, open_json
from matcher.domain.enums import Noun
from matcher.errors import InvalidValue
from matcher.recommend.collaborative import Embedded
from matcher.recommend.collections import Collections
from matcher.recommend.factors import Folding
from matcher.recommend.ids import open_ids, save_ids
from matcher.recommend.learned import Learned
from matcher.recommend.model import Model
from matcher.recommend.pair_features import feature_names
from matcher.recommend.recipe import UPTAKE
from matcher.recommend.relations import Relation
from matcher.recommend.terms import Terms
from matcher.recommend.tie import Tie, TieSide
from matcher.text.encoders.protocol import FloatMatrix

TIES, LEARNED, LABELS = "ties", "learned.json", "labels.json"


def save_ties(collections: Collections, folder: Path) -> None:
    """Write into an existing folder: a folder for each relation, with one for each side."""
    (folder / TIES).mkdir()
    for relation in Relation:
        left, right = relation.left, relation.right
        tie = collections.models[right].ties.get(left.value)
        if tie is not None:
            own = folder / TIES / relation.name.lower()
            for noun, side in ((left, tie.askers), (right, tie.candidates)):
                (own / noun.value).mkdir(parents=True)
                _save_side(side, own / noun.value)
    learned = {
        noun.value: {asker: own.to_mapping() for asker, own in model.learned.items()}
        for noun, model in collections.models.items()
    }
    text = json.dumps(learned, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / LEARNED).write_text(text, encoding="utf-8")


def open_ties(collections: Collections, folder: Path) -> Collections:
    """The collections with what `save_ties` wrote. Raises BrokenBundle that names the file.

    Trees come without their use where LightGBM can't be loaded (see `trees_lost`).
    """
    models = dict(collections.models)
    for relation in Relation:
        own = folder / TIES / relation.name.lower()
        if own.is_dir():
            left, right = relation.left, relation.right
            lefts = _open_side(own / left.value, models[left])
            rights = _open_side(own / right.value, models[right])
            settings = collections.recipe.factors
            models[left] = _with(models[left], right, Tie(rights, lefts, settings))
            models[right] = _with(models[right], left, Tie(lefts, rights, settings))
    found = _learned(folder / LEARNED)
    for noun, model in models.items():
        learned = found.get(noun.value, {})
        _check_features(folder / LEARNED, noun, learned, feature_names(model))
        models[noun] = replace(model, learned=learned)
    return replace(collections, models=models)


def trees_lost(models: Iterable[Model]) -> bool:
    """Whether trees should rank, but the weights do, since LightGBM can't be loaded."""
    found = (learned.boosted for model in models for learned in model.learned.values())
    return any(boosted is not None and not boosted.usable for boosted in found)


def _with(model: Model, asker: Noun, tie: Tie) -> Model:
    return replace(model, ties={**model.ties, asker.value: tie})


def _save_side(side: TieSide, folder: Path) -> None:
    save_ids(side.ids, folder)
    arrays: dict[str, npt.NDArray[Any]] = {
        "factors": side.factors,
        "folding.terms": side.folding.terms,
        "folding.gram": side.folding.gram,
        "terms.places": side.terms.places,
        "terms.weights": side.terms.weights,
        "terms.most": np.array(side.terms.most),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    if side.uptake is not None:
        np.save(folder / f"{UPTAKE}.npy", side.uptake)
    if side.embedded is not None:
        _save_embedded(side.embedded, folder)


def _save_embedded(embedded: Embedded, folder: Path) -> None:
    np.save(folder / "embedded.vectors.npy", embedded.vectors)
    np.save(folder / "embedded.by_label.npy", embedded.by_label)
    np.save(folder / "embedded.base.npy", embedded.base)
    labels = json.dumps(list(embedded.labels), ensure_ascii=False)
    (folder / LABELS).write_bytes(labels.encode("utf-8", "surrogatepass"))


def _open_side(folder: Path, model: Model) -> TieSide:
    rows = len(model.candidates)
    factors = _matrix(folder, "factors", rows)
    dimension = factors.shape[1]
    places = open_array(folder, "terms.places", "i")
    terms = Terms(
        places,
        open_array(folder, "terms.weights", "f", length=len(places)),
        int(open_array(folder, "terms.most", "i", dimensions=0)),
    )
    try:
        folding = Folding(
            _matrix(folder, "folding.terms", len(terms), dimension),
            _matrix(folder, "folding.gram", dimension, dimension),
        )
    except InvalidValue as error:
        raise broken(folder / "folding.gram.npy", error.message) from error
    fared = (folder / f"{UPTAKE}.npy").exists()
    return TieSide(
        open_ids(folder, rows),
        factors,
        folding,
        terms,
        _embedded(folder, rows),
        open_array(folder, UPTAKE, "f", length=rows) if fared else None,
    )


def _embedded(folder: Path, rows: int) -> Embedded | None:
    if not (folder / LABELS).exists():
        return None
    labels = open_json(folder / LABELS)
    if not isinstance(labels, list) or not all(isinstance(one, str) for one in labels):
        raise broken(folder / LABELS, "isn't a list of labels.")
    base = open_array(folder, "embedded.base", "f")
    return Embedded(
        _matrix(folder, "embedded.vectors", rows, len(base)),
        {label: place for place, label in enumerate(labels)},
        _matrix(folder, "embedded.by_label", len(labels), len(base)),
        base,
    )


def _matrix(folder: Path, name: str, rows: int, columns: int | None = None) -> FloatMatrix:
    found = open_array(folder, name, "f", dimensions=2, length=rows)
    if columns is not None and found.shape[1] != columns:
        raise broken(folder / f"{name}.npy", f"has {found.shape[1]} of {columns} columns.")
    return found


def _learned(path: Path) -> Mapping[str, Mapping[str, Learned]]:
    state = open_json(path)
    try:
        return {
            noun: {asker: _relation(path, f"{noun}.{asker}", own) for asker, own in askers.items()}
            for noun, askers in state.items()
        }
    except AttributeError as error:
        raise broken(path, f"can't be read: {error}.") from error


def _relation(path: Path, name: str, state: Any) -> Learned:
    try:
        return Learned.from_mapping(state)
    except InvalidValue as error:
        place = f"{name}.{error.where['field']}" if "field" in error.where else name
        raise broken(path, error.message, place) from error


def _check_features(
    path: Path, noun: Noun, learned: Mapping[str, Learned], names: Iterable[str]
) -> None:
    """A model of another version may have learned of other features."""
    for (asker, own), name in product(learned.items(), names):
        if name not in own.weights:
            message = f"has no weight of {name} for {asker}s."
            raise broken(path, message, f"{noun}.{asker}.weights.{name}")
