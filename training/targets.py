"""What the figures are held against: floors and targets as data, and how a figure stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from matcher.errors import InvalidValue, UnreadableFile
from matcher.evaluate.comparison import Comparison, Verdict

TARGETS_FILE = Path(__file__).with_name("targets.toml")


@dataclass(frozen=True, slots=True)
class Target:
    """What one metric of one case is held against; see targets.toml."""

    floor: float | None = None
    target: float | None = None
    as_good_as: str | None = None


NO_TARGET = Target()

Targets = Mapping[tuple[str, str], Target]
"""(case, metric) → what it is held against."""


class Standing(StrEnum):
    """How a figure stands, as the table says it."""

    MET = "yes"
    ABOVE_FLOOR = "floor only"
    BELOW = "no"
    OPEN = "–"


def standing(mean: float, target: Target, baseline: Comparison | None) -> Standing:
    """How a mean stands. `baseline`: the figure against `as_good_as`, None where not measured.

    A figure that is significantly worse than its baseline is below, whatever its mean.
    """
    if target.as_good_as and baseline and baseline.verdict is Verdict.WORSE:
        return Standing.BELOW
    if target.floor is not None and mean < target.floor:
        return Standing.BELOW
    if target.target is not None and mean < target.target:
        return Standing.BELOW if target.floor is None else Standing.ABOVE_FLOOR
    if target.as_good_as and baseline is None:
        return Standing.OPEN
    return Standing.OPEN if target == NO_TARGET else Standing.MET


def read_targets(path: Path = TARGETS_FILE) -> Targets:
    """Read the table of floors and targets. Raises UnreadableFile; InvalidValue with the field."""
    return {
        (case, metric): _target(found, path, f"{case}.{metric}")
        for case, metrics in _load(path).items()
        for metric, found in metrics.items()
    }


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"can't be read ({error.strerror})."
        raise UnreadableFile(message, file=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidValue(f"is not TOML ({error}).", file=str(path)) from error


def _target(found: dict[str, Any], path: Path, field: str) -> Target:
    known = {f.name: str if f.name == "as_good_as" else (int, float) for f in fields(Target)}
    for name, value in found.items():
        if name not in known or not isinstance(value, known[name]):
            hint = "Give numbers for floor and target, a name for as_good_as."
            raise InvalidValue(f"{name} = {value!r}?", file=str(path), field=field, hint=hint)
    return Target(**found)
