"""Recipes with other numbers, as TOML."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from matcher.errors import InvalidValue

Tables = dict[str, Any]
ORIGIN = "origin"
_SHARED = ("fusion.", "pooling")
"""Tables whose numbers are weights that sum to 1."""


def recipe_tables(path: Path) -> Tables:
    """The tables of a recipe that `read_recipe` accepts."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def with_values(tables: Mapping[str, Any], values: Mapping[str, Any], origin: str) -> Tables:
    """A copy with other values, by names such as pooling.whole.

    Weights that sum to 1 still do: those that aren't named share what is left as they did. A table
    that changes gets the origin. Raises InvalidValue for a name that the recipe doesn't have.
    """
    changed = deepcopy(dict(tables))
    named: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        place, _, key = name.rpartition(".")
        named.setdefault(place, {})[key] = value
    for place, found in named.items():
        table = _table(changed, place)
        for key in found.keys() - (table.keys() - {ORIGIN}):
            hint = "Name a key of the recipe."
            raise InvalidValue(f"A recipe has no {place}.{key}.", field=f"{place}.{key}", hint=hint)
        table.update(found)
        table[ORIGIN] = origin
        if place.startswith(_SHARED):
            _share(table, found)
    return changed


def as_toml(tables: Mapping[str, Any]) -> str:
    """Tables of numbers, texts, truth values and lists of them as TOML."""
    return "\n".join(_lines(tables, "")).strip() + "\n"


def _table(tables: Tables, place: str) -> dict[str, Any]:
    found: Any = tables
    for part in place.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise InvalidValue(f"A recipe has no table [{place}].", field=place)
    return found


def _share(table: dict[str, Any], named: Mapping[str, Any]) -> None:
    others = {key: table[key] for key in table.keys() - named.keys() - {ORIGIN}}
    left, before = 1 - math.fsum(named.values()), math.fsum(others.values())
    if left < -1e-9 or (not others and left > 1e-9):
        raise InvalidValue(f"The weights {', '.join(sorted(named))} don't leave a sum of 1.")
    for key, value in others.items():
        table[key] = max(left, 0.0) * (value / before if before else 1 / len(others))


def _lines(tables: Mapping[str, Any], above: str) -> Iterator[str]:
    inner = {name: found for name, found in tables.items() if isinstance(found, Mapping)}
    own = {name: found for name, found in tables.items() if name not in inner}
    if own and above:
        yield f"[{above}]"
    yield from (f"{name} = {_value(found)}" for name, found in own.items())
    if own:
        yield ""
    for name, found in inner.items():
        yield from _lines(found, f"{above}.{name}".strip("."))


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float):
        # The shortest that reads back as the same, with a point, as TOML wants its floats.
        return repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
