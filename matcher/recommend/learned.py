"""What a model has learned of how to rank for those who ask: weights, and what a score promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

import numpy as np

from matcher.errors import InvalidValue
from matcher.recommend.boosted import Boosted, Column, Matrix
from matcher.recommend.calibration import Calibration

_HINT: Final = "Train a new model."
_KEYS: Final = ("weights", "labels", "trust", "calibration")


@dataclass(frozen=True, slots=True)
class Trial:
    """What trees gained over the weights on lists that neither knew. why: what was decided.

    gain: the difference of nDCG@10, from low to high with 95 %; None where too little was held out.
    """

    why: str
    gain: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """weights: of each feature, summing to 1. labels: proposals that went somewhere.

    trust: the labels' share of labels and prior together. calibration: None below 200 outcomes.
    boosted: trees that rank in the place of the weights, where they were shown to be better; what
    their scores promise isn't known. trial: how they were compared, None where nobody asked.
    """

    weights: Mapping[str, float]
    labels: int = 0
    trust: float = 0.0
    calibration: Calibration | None = None
    boosted: Boosted | None = None
    trial: Trial | None = None

    @property
    def trees(self) -> Boosted | None:
        """The trees, where LightGBM is there to use them."""
        return self.boosted if self.boosted is not None and self.boosted.usable else None

    @property
    def promised(self) -> Calibration | None:
        """What scores promise; None for those of trees."""
        return None if self.trees else self.calibration

    def scores(self, features: Matrix, names: Sequence[str]) -> Column:
        """float64[n], of the trees, or else of the weights. features: float64[n, f], by name."""
        if self.trees is not None:
            own = dict(zip(names, features.T, strict=True))
            return self.trees.scores(self.trees.columns(own, len(features)))
        return np.asarray(features @ np.array([self.weights[name] for name in names]))

    def likelihood(self, score: float) -> float | None:
        """What a score promises; None as long as too few outcomes are known."""
        return None if self.promised is None else float(self.promised.likelihood([score])[0])

    def to_mapping(self) -> dict[str, Any]:
        """As plain JSON values."""
        boosted = {
            "boosted": self.boosted and self.boosted.to_mapping(),
            "trial": self.trial and asdict(self.trial),
        }
        return {
            "weights": dict(self.weights),
            "labels": self.labels,
            "trust": self.trust,
            "calibration": self.calibration and self.calibration.to_mapping(),
            **{name: state for name, state in boosted.items() if state is not None},
        }

    @classmethod
    def from_mapping(cls, state: Any) -> Self:
        """What `to_mapping` gave. Raises InvalidValue for anything else, which names a key that
        isn't there, as in a model of another version."""
        _check_keys(state)
        try:
            calibration, boosted, trial = (
                state["calibration"],
                state.get("boosted"),
                state.get("trial"),
            )
            return cls(
                {str(name): _weight(weight) for name, weight in state["weights"].items()},
                int(state["labels"]),
                float(state["trust"]),
                None if calibration is None else Calibration.from_mapping(calibration),
                None if boosted is None else Boosted.from_mapping(boosted),
                None if trial is None else Trial(**trial),
            )
        except (TypeError, ValueError, AttributeError) as error:
            raise InvalidValue("What was learned can't be read.", hint=_HINT) from error


def _check_keys(state: Any) -> None:
    if not isinstance(state, Mapping):
        raise InvalidValue("What was learned can't be read.", hint=_HINT)
    for key in _KEYS:
        if key not in state:
            raise InvalidValue(f"has no key {key}.", field=key, hint=_HINT)


def _weight(value: Any) -> float:
    weight = float(value)
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight of {weight}")
    return weight
