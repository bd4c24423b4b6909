"""Collections as files: written once, then mapped by every process that searches them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from matcher.arrays import broken, open_array, open_json
from matcher.errors import InputError, UsageError
from matcher.index.saving import SPACES, open_snapshot, save_snapshot
from matcher.recommend.candidates import Candidates
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.columns import open_columns, save_columns
from matcher.recommend.concept_vectors import ConceptWeights
from matcher.recommend.corpus import TextModel
from matcher.recommend.ids import open_ids, save_ids
from matcher.recommend.model import Model, space_of
from matcher.recommend.packed import open_items, save_items
from matcher.recommend.recipe import (
    COLLABORATIVE,
    CONCEPTS,
    CONTENT,
    FACTORS,
    UPTAKE,
    Recipe,
    read_recipe,
)
from matcher.recommend.saving_ties import open_ties, save_ties
from matcher.text.dictionary import segmenter_of, standard_dictionary
from matcher.text.encoders.protocol import Encoder
from matcher.text.saving import open_encoder_of, open_space, save_encoder, save_space
from matcher.text.stream import Reader

TEXT, RECIPE, MODEL = "text", "recipe.toml", "model.json"
_TOKENS = ("mean_length", "whole_length")
_DESCRIBED: Mapping[str, Any] = {
    "pooled": bool,
    "documents": int,
    **dict.fromkeys(_TOKENS, int | float),
}


def save_collections(collections: Collections, folder: Path, *, encoder: str, recipe: Path) -> None:
    """Write into an existing, empty folder. encoder: the name it is opened by; recipe: its file.

    A bundle is what was built: raises UsageError for collections that have changed since.
    """
    candidates = [model.candidates for model in collections.models.values()]
    if any(own.ids.later or not own.live.all() for own in candidates):
        raise UsageError("The collections have changed.", hint="Save what was built.")
    text = collections.models[NOUNS[0]].text
    _made(folder / TEXT)
    save_space(text.space, folder / TEXT)
    save_encoder(text.encoder, encoder, folder / TEXT)
    (folder / RECIPE).write_bytes(recipe.read_bytes())
    for noun in NOUNS:
        _save_model(collections.models[noun], _made(folder / noun.value))
    save_ties(collections, folder)


def open_collections(folder: Path, open_encoder: Callable[[str], Encoder]) -> Collections:
    """Open what `save_collections` wrote.

    Raises BrokenBundle that names the file, EncoderUnavailable.
    """
    dictionary = standard_dictionary()
    space = open_space(folder / TEXT, dictionary)
    encoder = open_encoder_of(folder / TEXT, open_encoder, len(space.names))
    reader = Reader(segmenter_of(dictionary), space.expander.table)
    recipe = _recipe(folder / RECIPE)
    models = {}
    for noun in NOUNS:
        described = _described(folder / noun.value)
        weighed = ConceptWeights(
            open_array(folder / noun.value, "weights", "f", length=len(space)),
            float(described["mean_length"]),
            float(described["whole_length"]),
            described["documents"],
        )
        text = TextModel(reader, space, weighed, encoder)
        models[noun] = _open_model(folder / noun.value, text, described["pooled"], recipe)
    collections = open_ties(Collections(models, recipe), folder)
    for noun in NOUNS:
        _check_spaces(collections.models[noun], folder / noun.value)
    return collections


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _save_model(model: Model, folder: Path) -> None:
    weights = model.text.weights
    described = {
        "pooled": model.pooled,
        "documents": weights.documents,
        **{name: getattr(weights, name) for name in _TOKENS},
    }
    (folder / MODEL).write_text(json.dumps(described), encoding="utf-8")
    np.save(folder / "weights.npy", weights.weights)
    np.save(folder / "owners.npy", model.owners)
    np.save(folder / "starts.npy", model.starts)
    save_snapshot(model.index, folder)
    _save_candidates(model.candidates, folder)


def _save_candidates(candidates: Candidates, folder: Path) -> None:
    save_items(candidates, folder)
    save_ids(candidates.ids, folder)
    save_columns(candidates.columns, folder)


def _recipe(path: Path) -> Recipe:
    try:
        return read_recipe(path)
    except InputError as error:
        raise broken(path, error.message, _field(error)) from error


def _field(error: InputError) -> str | None:
    return str(error.where["field"]) if "field" in error.where else None


def _described(folder: Path) -> Mapping[str, Any]:
    described = open_json(folder / MODEL)
    for name, kinds in _DESCRIBED.items():
        found = described.get(name) if isinstance(described, dict) else None
        if not isinstance(found, kinds):
            raise broken(folder / MODEL, f"has no usable {name}.", name)
    return dict(described)


def _open_model(folder: Path, text: TextModel, pooled: bool, recipe: Recipe) -> Model:
    candidates = _open_candidates(folder)
    owners, starts = open_array(folder, "owners", "i"), open_array(folder, "starts", "i")
    if not np.array_equal(starts, np.searchsorted(owners, np.arange(len(candidates)))):
        raise broken(folder / "starts.npy", "doesn't say where owners.npy begins anew.")
    if (owners[-1] + 1 if len(owners) else 0) != len(candidates):
        raise broken(folder / "owners.npy", f"isn't of the {len(candidates)} items.")
    return Model(candidates, text, open_snapshot(folder), owners, starts, pooled, recipe)


def _check_spaces(model: Model, folder: Path) -> None:
    wanted = {CONCEPTS: len(model.text.space), CONTENT: model.text.encoder.dimension}
    for asker, tie in model.ties.items():
        embedded = tie.candidates.embedded
        wanted[space_of(FACTORS, asker)] = tie.candidates.factors.shape[1]
        if embedded is not None:
            wanted[space_of(COLLABORATIVE, asker)] = embedded.vectors.shape[1]
        if tie.candidates.uptake is not None:
            wanted[space_of(UPTAKE, asker)] = 1
    found = {name: own.space.dimension for name, own in model.index.spaces.items()}
    rows, there = len(model.owners), len(model.index)
    if found != wanted or there != rows:
        raise broken(
            folder / SPACES,
            f"has {there} rows of {found}, where {rows} of {wanted} belong.",
        )


def _open_candidates(folder: Path) -> Candidates:
    items = open_items(folder)
    ids, columns = open_ids(folder, len(items)), open_columns(folder, len(items))
    return Candidates(items, ids, columns, np.ones(len(items), bool))
