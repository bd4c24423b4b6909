"""The space of a search: keys of the recipe, and the values that are tried."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scipy import stats
from sklearn.model_selection import ParameterGrid, ParameterSampler

from matcher.errors import InvalidValue, UnreadableFile

SPACE = Path(__file__).with_name("search.toml")
MOST = 10_000
"""Trials that no search gets through."""
_KEYS = {"low", "high", "scale"}

Values = Mapping[str, Any]
"""Key of the recipe, such as pooling.whole → value."""


def read_space(path: Path = SPACE) -> Mapping[str, Any]:
    """Key → what is drawn from: a list of values, or a distribution of SciPy.

    Raises UnreadableFile, InvalidValue that names the key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(f"can't be read: {error.strerror}.", file=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidValue(f"is not TOML: {error}.", file=str(path)) from error
    space = table.pop("space", None)
    if table or not isinstance(space, dict) or not space:
        hint = 'Write lines such as "pooling.whole" = [0.5, 0.6] under [space].'
        raise InvalidValue("has no table [space] alone.", file=str(path), field="space", hint=hint)
    return {key: _drawn_from(str(path), key, found) for key, found in space.items()}


def drawn(space: Mapping[str, Any], seed: int) -> Iterator[dict[str, Any]]:
    """Values of all keys in an order of chance; a space of lists alone comes to an end."""
    listed = all(isinstance(values, list) for values in space.values())
    most = min(MOST, len(ParameterGrid(dict(space)))) if listed else MOST
    for values in ParameterSampler(dict(space), most, random_state=seed):
        yield {key: getattr(value, "item", lambda v=value: v)() for key, value in values.items()}


def _drawn_from(file: str, key: str, found: Any) -> Any:
    if isinstance(found, list) and found:
        return found
    if isinstance(found, dict) and {"low", "high"} <= found.keys() <= _KEYS:
        low, high, scale = found["low"], found["high"], found.get("scale", "even")
        if scale in {"even", "log"} and _numbers(low, high) and low < high:
            return _distribution(low, high, scale == "log", file, key)
    hint = 'Give a list of values, or {low = 1, high = 9}, with scale = "log" where that fits.'
    raise InvalidValue(f"{key} can't be drawn from.", file=file, field=key, hint=hint)


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _distribution(low: float, high: float, log: bool, file: str, key: str) -> Any:
    if log and low <= 0:
        raise InvalidValue(f"{key}: a logarithm needs low above 0.", file=file, field=key)
    whole = isinstance(low, int) and isinstance(high, int)
    if log:
        return stats.loguniform(low, high)
    return stats.randint(low, high + 1) if whole else stats.uniform(low, high - low)
