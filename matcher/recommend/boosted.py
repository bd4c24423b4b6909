"""A ranker of boosted trees: LambdaMART by LightGBM, which the extra `boost` installs.

Burges, "From RankNet to LambdaRank to LambdaMART: An Overview" (2010). As with the linear ranker,
no feature lowers a score by being higher, a score lies in [0, 1], and it is the sum of what each
feature contributed (Lundberg et al., "Consistent Individualized Feature Attribution for Tree
Ensembles", 2018).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue, UsageError
from matcher.recommend.ranker import Lists

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

BASE = "base"
"""The part of a score that is no feature's: what all rows have in common."""

ROUNDS = 100
LONGEST = 10_000
"""Rows of one list; LightGBM refuses more."""
_STEPS = 4
_GAINS = (0, 1, 3, 7, 15, 31)
"""Of a decline, an untouched row, and the four steps of how far a row went."""
_HINT = "Train the model anew."


@dataclass(frozen=True, slots=True, eq=False)
class Boosted:
    """Trees over f features. text: LightGBM's own text of them; nothing is pickled.

    names: of the features, in the order of the columns. low, high: the least and the most that the
    trees can add up to, low below high; scores are a line through them, from 0 to 1.
    """

    names: tuple[str, ...]
    low: float
    high: float
    text: str
    _trees: Any = field(repr=False)

    @property
    def usable(self) -> bool:
        """Whether LightGBM could be loaded; without it there are no scores."""
        return self._trees is not None

    def columns(self, features: Mapping[str, Matrix], rows: int) -> Matrix:
        """float64[rows, f] out of features by name; 0 for what there is none of."""
        nothing = np.zeros(rows)
        return np.stack([features.get(name, nothing) for name in self.names], axis=1)

    def scores(self, features: Matrix) -> Column:
        """float64[n] in [0, 1]. features: float64[n, f].

        Raises InvalidValue for rows of other than f numbers, UsageError without LightGBM.
        """
        found = self._predicted(features, 1, raw_score=True)[:, 0]
        return np.asarray(np.clip((found - self.low) / (self.high - self.low), 0.0, 1.0))

    def contributions(self, features: Matrix) -> Matrix:
        """float64[n, f + 1]: what each feature adds to a row's score, and last the common base.

        A feature may add less than nothing; but for rounding, a row sums to its score. Raises what
        `scores` does.
        """
        found = self._predicted(features, len(self.names) + 1, pred_contrib=True)
        found[:, -1] -= self.low
        return found / (self.high - self.low)

    def parts(self, features: Matrix) -> dict[str, Column]:
        """The same by name, the base last."""
        return dict(zip((*self.names, BASE), self.contributions(features).T, strict=True))

    def _predicted(self, features: Matrix, width: int, **kind: bool) -> Matrix:
        """float64[n, width], as LightGBM has it."""
        if features.ndim != 2 or features.shape[1] != len(self.names):
            raise InvalidValue(f"Rows aren't of {len(self.names)} features.", field="features")
        if not np.isfinite(features).all():
            raise InvalidValue("Features aren't all numbers.", field="features")
        if not self.usable:
            require_lightgbm()
        if not len(features):
            return np.zeros((0, width))
        found = self._trees.predict(features, num_threads=1, **kind)
        return np.array(found, np.float64).reshape(len(features), width)

    def to_mapping(self) -> dict[str, Any]:
        """The state, as JSON holds it."""
        state = {"names": list(self.names), "low": self.low, "high": self.high, "text": self.text}
        return {**state, "sha256": _digest(state)}

    @classmethod
    def from_mapping(cls, state: Any) -> Self:
        """What `to_mapping` gave; without LightGBM it can be kept, but not used.

        LightGBM ends the whole process on a text that is cut short, so it sees none that isn't
        to the letter what was written. Raises InvalidValue.
        """
        if not isinstance(state, Mapping) or not isinstance(state.get("text"), str):
            raise InvalidValue("The trees have no text.", field="text", hint=_HINT)
        kept: dict[str, Any] = {name: state.get(name) for name in ("names", "low", "high", "text")}
        if state.get("sha256") != _digest(kept):
            raise InvalidValue("The trees aren't as written.", field="text", hint=_HINT)
        lightgbm = _lightgbm()
        if isinstance(lightgbm, ModuleType):
            return cls._of(lightgbm, kept["text"], kept)
        return cls(tuple(kept["names"]), kept["low"], kept["high"], kept["text"], None)

    @classmethod
    def _of(cls, lightgbm: Any, text: str, wanted: Mapping[str, Any] | None = None) -> Self:
        """Out of LightGBM's text. wanted: the rest of a state that it has to agree with."""
        try:
            trees = lightgbm.Booster(model_str=text)
        except lightgbm.basic.LightGBMError as error:
            raise InvalidValue("The text isn't one of trees.", field="text", hint=_HINT) from error
        made = cls(
            tuple(trees.feature_name()), trees.lower_bound(), trees.upper_bound(), text, trees
        )
        if wanted is not None and made.to_mapping() != {**wanted, "sha256": _digest(wanted)}:
            raise InvalidValue("The trees are of others.", field="names", hint=_HINT)
        return made


def fit_boosted(
    lists: Lists, names: Sequence[str], *, rounds: int = ROUNDS, seed: int = 0
) -> Boosted | None:
    """Trees for the lists that hold rows of different gains; names: of the features.

    None where there is no such list, or where no feature tells such rows apart. A row that went
    somewhere weighs as `lists.weights` says, its inverse propensity, any other 1. Deterministic:
    one thread, seeded. Raises InvalidValue for a list of over 10,000 rows, and UsageError without
    LightGBM.
    """
    lightgbm = require_lightgbm()
    kept, sizes = _telling(lists)
    if not len(sizes):
        return None
    if sizes.max() > LONGEST:
        raise InvalidValue(f"A list has {sizes.max()} rows.", field="lists", hint="Cut it.")
    gains = lists.gains[kept]
    rows = lightgbm.Dataset(
        lists.features[kept],
        label=relevance(gains),
        weight=np.where(gains > 0, lists.weights[kept], 1.0),
        group=sizes,
        feature_name=list(names),
        params={"verbosity": -1, "feature_pre_filter": False},
    )
    trees = lightgbm.train(_settings(lists.features.shape[1], seed), rows, num_boost_round=rounds)
    made = Boosted._of(lightgbm, trees.model_to_string())
    return made if made.low < made.high else None


def relevance(gains: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """int64[n], LightGBM's grades: 0 declined, 1 untouched, 2 to 5 by how far it went."""
    went = np.ceil(np.maximum(gains, 0).astype(np.float64) * _STEPS).astype(np.int64)
    return np.where(gains < 0, 0, 1 + np.minimum(went, _STEPS))


def _telling(lists: Lists) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """The rows of the lists that hold different gains, and the sizes of these lists."""
    if not len(lists):
        return np.zeros(0, bool), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.diff(lists.lists, prepend=lists.lists[0] - 1))
    sizes = np.diff(starts, append=len(lists))
    least = np.minimum.reduceat(lists.gains, starts)
    telling = np.maximum.reduceat(lists.gains, starts) > least
    return np.repeat(telling, sizes), sizes[telling]


def _settings(features: int, seed: int) -> dict[str, Any]:
    """Small trees and a slow pace: platforms have thousands of labels, not millions."""
    return {
        "objective": "lambdarank",
        "label_gain": list(_GAINS),
        "monotone_constraints": [1] * features,
        "num_leaves": 15,
        "learning_rate": 0.1,
        "min_data_in_leaf": 20,
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
        "seed": seed,
        "verbosity": -1,
    }


def require_lightgbm() -> Any:
    """LightGBM. Raises UsageError that names the extra where it can't be loaded."""
    found = _lightgbm()
    if isinstance(found, ModuleType):
        return found
    raise UsageError(
        f"LightGBM can't be loaded: {found}.",
        hint="Install it with `pip install tech-matcher[boost]`.",
    ) from found


def _digest(state: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def _lightgbm() -> ModuleType | Exception:
    """LightGBM, or why it can't be loaded."""
    try:
        return import_module("lightgbm")
    except (ImportError, OSError) as error:  # OSError: without the system's OpenMP
        return error
