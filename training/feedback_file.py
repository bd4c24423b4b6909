"""Feedback as files of a work folder: arrays without pickle, ids as JSON."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from matcher.arrays import broken, open_json
from matcher.domain.enums import Noun
from matcher.recommend.feedback import Feedback, Impressions, Judgements

ARRAYS, IDS = "feedback.npz", "feedback.json"
_PARTS: Mapping[str, type[Judgements] | type[Impressions]] = {
    "judgements": Judgements,
    "impressions": Impressions,
}


def save_feedback(feedback: Feedback, folder: Path) -> None:
    """Write into an existing folder."""
    arrays = {
        f"{part}.{each.name}": getattr(getattr(feedback, part), each.name)
        for part, kind in _PARTS.items()
        for each in fields(kind)
    }
    np.savez(folder / ARRAYS, allow_pickle=False, **arrays)
    ids = {noun.value: list(found) for noun, found in feedback.ids.items()}
    (folder / IDS).write_text(json.dumps(ids), encoding="utf-8")


def open_feedback(folder: Path) -> Feedback:
    """Read what `save_feedback` wrote. Raises BrokenBundle that names the file."""
    ids = open_json(folder / IDS)
    path = folder / ARRAYS
    try:
        named = {Noun(noun): tuple(found) for noun, found in ids.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise broken(folder / IDS, f"holds no ids by noun: {error}.") from error
    try:
        with np.load(path, allow_pickle=False) as arrays:
            judgements, impressions = (_rows(arrays, part) for part in _PARTS)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise broken(path, f"can't be read: {error}.") from error
    return Feedback(named, judgements, impressions)


def _rows(arrays: Any, part: str) -> Any:
    found = {each.name: arrays[f"{part}.{each.name}"] for each in fields(_PARTS[part])}
    if len({len(values) for values in found.values()}) > 1:
        raise ValueError(f"the {part} have columns of different lengths")
    return _PARTS[part](**found)
