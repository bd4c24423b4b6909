"""The recipe: every number of the ranking that isn't learned from the texts, and its origin."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from matcher.errors import InvalidValue, UnreadableFile

T = TypeVar("T")

CONCEPTS, CONTENT, FACTORS, COLLABORATIVE = LEGS = (
    "concepts",
    "content",
    "factors",
    "collaborative",
)
TEXT_LEGS, LEARNED_LEGS = (CONCEPTS, CONTENT), (FACTORS, COLLABORATIVE)
UPTAKE = "uptake"
"""How a record fared so far, whoever asks; learned with the legs, but nothing is found by it."""
FROM_VECTORS = (*LEGS, UPTAKE)
"""The features that come of vectors in the index, in the order of every table of weights."""
LISTING_FACTS = ("trl", "region", "field", "price", "mode", "fresh", "detail")
PERSON_FACTS = ("region", "field", "language", "grade", "success", "response", "room")
"""What facts.py makes of what both sides state."""


@dataclass(frozen=True, slots=True)
class CandidateSettings:
    """`per_space`: rows taken from each space, by `query_concepts` concepts of the query."""

    per_space: int
    query_concepts: int
    origin: str


@dataclass(frozen=True, slots=True)
class Pooling:
    """Convex weights of the ways to turn a portfolio's scores into one (see portfolio.py)."""

    whole: float
    best: float
    top_three: float
    origin: str


@dataclass(frozen=True, slots=True)
class Bands:
    """From which strength (see bands.py) a match is called strong, and possible."""

    strong: float
    possible: float
    origin: str


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """dimension: of the factors; iterations: over both sides; file_: the same for a file of
    interactions. confidence: how much more a full grade counts than nothing known.

    texts: what a term counts beside a grade. terms: the heaviest of an entity that count.
    """

    dimension: int
    iterations: int
    file_dimension: int
    file_iterations: int
    regularisation: float
    confidence: float
    texts: float
    terms: int
    origin: str

    def of_file(self) -> FactorSettings:
        """The settings for a file of interactions, which is learned once and by itself."""
        return replace(self, dimension=self.file_dimension, iterations=self.file_iterations)


@dataclass(frozen=True, slots=True)
class CollaborativeSettings:
    """dimension: of the embeddings. penalty: L2 on them. sampled: most negatives tried a step.

    Those that begin with `file_` take their place for a file of interactions.
    """

    dimension: int
    file_dimension: int
    epochs: int
    file_epochs: int
    learning_rate: float
    file_learning_rate: float
    penalty: float
    sampled: int
    file_sampled: int
    origin: str

    def of_file(self) -> CollaborativeSettings:
        """The settings for a file of interactions, which is learned once and by itself."""
        return replace(
            self,
            dimension=self.file_dimension,
            epochs=self.file_epochs,
            learning_rate=self.file_learning_rate,
            sampled=self.file_sampled,
        )


@dataclass(frozen=True, slots=True)
class RankerSettings:
    """strength: how many labels the prior weights are worth against those that are learned.

    lists: the newest that are learned from. boosted: try trees, too, and keep them where they are
    shown to be better.
    """

    strength: float
    lists: int
    boosted: bool
    origin: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe file. The weight of each feature before anything is learned: `texts` of a query in
    words, `interactions` where a file tells what goes with what, `listings` and `persons` of a
    record of the platform."""

    candidates: CandidateSettings
    texts: Mapping[str, float]
    interactions: Mapping[str, float]
    listings: Mapping[str, float]
    persons: Mapping[str, float]
    pooling: Pooling
    bands: Bands
    factors: FactorSettings
    collaborative: CollaborativeSettings
    ranker: RankerSettings


_WEIGHED: Mapping[str, tuple[str, ...]] = {
    "texts": TEXT_LEGS,
    "interactions": LEGS,
    "listings": (*FROM_VECTORS, *LISTING_FACTS),
    "persons": (*FROM_VECTORS, *PERSON_FACTS),
}
_TABLES: Mapping[str, type] = {
    "candidates": CandidateSettings,
    "pooling": Pooling,
    "bands": Bands,
    "factors": FactorSettings,
    "collaborative": CollaborativeSettings,
    "ranker": RankerSettings,
}
# Shares are at most 1; these may be more.
_LARGE = {"regularisation", "confidence", "texts", "strength"}
_STEPS = {"learning_rate", "file_learning_rate"}
_MOST = 1e6


def read_recipe(path: Path) -> Recipe:
    """Read a TOML recipe.

    Raises UnreadableFile, or InvalidValue that names the key that is unknown, missing or bad.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(f"can't be read: {error.strerror}.", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidValue(f"is not TOML: {error}.", file=str(path)) from error
    reader = _Reader(str(path), tables)
    reader.known("", tables, {"fusion", *_TABLES})
    reader.known("fusion", reader.table("fusion"), set(_WEIGHED))
    records: dict[str, Any] = {name: reader.record(name, kind) for name, kind in _TABLES.items()}
    pooling, bands = records["pooling"], records["bands"]
    reader.sums_to_1("pooling", pooling.whole + pooling.best + pooling.top_three)
    if bands.strong < bands.possible:
        message = "bands.strong is below bands.possible."
        raise InvalidValue(message, file=str(path), field="bands.strong")
    weights: dict[str, Any] = {
        name: reader.weights(name, features) for name, features in _WEIGHED.items()
    }
    return Recipe(**weights, **records)


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Mapping[str, Any]:
        found = self.tables.get(name)
        if not isinstance(found, dict):
            raise self.missing(f"table [{name}]", name)
        return found

    def known(self, name: str, table: Mapping[str, Any], keys: set[str]) -> None:
        for key in table.keys() - keys:
            place = f"{name}.{key}".strip(".")
            hint = f"Known here: {', '.join(sorted(keys))}."
            raise InvalidValue(
                f"has an unknown key {place}.", file=self.file, field=place, hint=hint
            )

    def record(self, name: str, kind: type[T]) -> T:
        table = self.table(name)
        kinds = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
        self.known(name, table, set(kinds))
        return kind(
            **{key: self.value(name, key, table.get(key), str(kinds[key])) for key in kinds}
        )

    def missing(self, what: str, place: str) -> InvalidValue:
        hint = "Recipes of an older version may lack it: add it, as the recipe that ships has it."
        return InvalidValue(f"has no {what}.", file=self.file, field=place, hint=hint)

    def value(self, name: str, key: str, value: Any, kind: str) -> Any:
        if value is None:
            raise self.missing(f"key {name}.{key}", f"{name}.{key}")
        good = {
            "str": isinstance(value, str),
            "bool": isinstance(value, bool),
            "int": isinstance(value, int) and not isinstance(value, bool) and value > 0,
            "float": isinstance(value, int | float)
            and not isinstance(value, bool)
            and math.isfinite(value)
            and 0 <= value <= (_MOST if key in _LARGE else 1),
        }
        if not good[kind] or (key in _STEPS and not value):
            message = f"{name}.{key} is {value!r}, which is not a usable {kind}."
            raise InvalidValue(message, file=self.file, field=f"{name}.{key}", hint=_hint(key))
        return value

    def weights(self, name: str, legs: tuple[str, ...]) -> Mapping[str, float]:
        place = f"fusion.{name}"
        table = self.table("fusion").get(name)
        if not isinstance(table, dict):
            raise self.missing(f"table [{place}]", place)
        self.known(place, table, {*legs, "origin"})
        self.value(place, "origin", table.get("origin"), "str")
        weights = {leg: float(self.value(place, leg, table.get(leg), "float")) for leg in legs}
        self.sums_to_1(place, sum(weights.values()))
        return weights

    def sums_to_1(self, place: str, total: float) -> None:
        if abs(total - 1) > 1e-6:
            message = f"the weights of {place} sum to {total:g}."
            raise InvalidValue(message, file=self.file, field=place, hint="Make them sum to 1.")


def _hint(key: str) -> str:
    return "A step is above 0 and at most 1, for instance 0.05." if key in _STEPS else ""
