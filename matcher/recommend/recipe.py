"""The recipe: every number of the ranking that isn't learned from the texts, and its origin."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from matcher.errors import InvalidValue, UnreadableFile

T = TypeVar("T")

CONCEPTS, CONTENT, COLLABORATIVE = LEGS = ("concepts", "content", "collaborative")


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
class Recipe:
    """A recipe file. `texts` and `interactions`: the weight of each leg of the fusion."""

    candidates: CandidateSettings
    texts: Mapping[str, float]
    interactions: Mapping[str, float]
    pooling: Pooling
    bands: Bands


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
    reader.known("", tables, {"candidates", "fusion", "pooling", "bands"})
    reader.known("fusion", reader.table("fusion"), {"texts", "interactions"})
    pooling, bands = reader.record("pooling", Pooling), reader.record("bands", Bands)
    reader.whole("pooling", pooling.whole + pooling.best + pooling.top_three)
    if bands.strong < bands.possible:
        message = "bands.strong is below bands.possible."
        raise InvalidValue(message, file=str(path), field="bands.strong")
    return Recipe(
        candidates=reader.record("candidates", CandidateSettings),
        texts=reader.weights("texts", (CONCEPTS, CONTENT)),
        interactions=reader.weights("interactions", LEGS),
        pooling=pooling,
        bands=bands,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Mapping[str, Any]:
        found = self.tables.get(name)
        if not isinstance(found, dict):
            raise InvalidValue(f"has no table [{name}].", file=self.file, field=name)
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

    def value(self, name: str, key: str, value: Any, kind: str) -> Any:
        good = {
            "str": isinstance(value, str),
            "int": isinstance(value, int) and not isinstance(value, bool) and value > 0,
            "float": isinstance(value, int | float)
            and not isinstance(value, bool)
            and 0 <= value <= 1,
        }
        if not good[kind]:
            message = f"{name}.{key} is {value!r}, which is not a usable {kind}."
            raise InvalidValue(message, file=self.file, field=f"{name}.{key}")
        return value

    def weights(self, name: str, legs: tuple[str, ...]) -> Mapping[str, float]:
        place = f"fusion.{name}"
        table = self.table("fusion").get(name)
        if not isinstance(table, dict):
            raise InvalidValue(f"has no table [{place}].", file=self.file, field=place)
        self.known(place, table, {*legs, "origin"})
        self.value(place, "origin", table.get("origin"), "str")
        weights = {leg: float(self.value(place, leg, table.get(leg), "float")) for leg in legs}
        self.whole(place, sum(weights.values()))
        return weights

    def whole(self, place: str, total: float) -> None:
        if abs(total - 1) > 1e-6:
            message = f"the weights of {place} sum to {total:g}."
            raise InvalidValue(message, file=self.file, field=place, hint="Make them sum to 1.")
