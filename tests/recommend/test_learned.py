"""What was learned comes back from JSON as it was, and anything else is refused."""

import json
from typing import Any

import numpy as np
import pytest

from matcher.errors import InvalidValue
from matcher.recommend.calibration import Calibration
from matcher.recommend.learned import Learned

LINE = Calibration(np.array([0.1, 0.3]), np.array([0.05, 1 / 3]), labels=250)
FULL = Learned({"concepts": 0.7, "region": 0.1 + 0.2}, 250, 5 / 6, LINE)


@pytest.mark.parametrize("learned", [FULL, Learned({"concepts": 1.0})])
def test_it_comes_back_to_the_last_bit(learned: Learned) -> None:
    state = learned.to_mapping()
    back = Learned.from_mapping(json.loads(json.dumps(state)))
    assert back.to_mapping() == state
    assert (back.labels, back.trust) == (learned.labels, learned.trust)
    assert dict(back.weights) == dict(learned.weights)
    assert (back.calibration is None) == (learned.calibration is None)


def test_without_labels_nothing_is_trusted_and_nothing_promised() -> None:
    prior = Learned({"concepts": 1.0})
    assert (prior.labels, prior.trust, prior.calibration) == (0, 0.0, None)


GOOD = FULL.to_mapping()


@pytest.mark.parametrize(
    "state",
    [
        None,
        [],
        "x",
        {},
        *({name: value for name, value in GOOD.items() if name != gone} for gone in GOOD),
        {**GOOD, "weights": [0.5]},
        {**GOOD, "weights": {"concepts": "much"}},
        {**GOOD, "labels": None},
        {**GOOD, "trust": "full"},
        {**GOOD, "calibration": {}},
        {**GOOD, "calibration": 5},
    ],
)
def test_what_is_broken_is_refused(state: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        Learned.from_mapping(state)
    assert refused.value.hint


@pytest.mark.parametrize("key", GOOD)
def test_a_key_that_is_missing_is_named(key: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Learned.from_mapping({name: value for name, value in GOOD.items() if name != key})
    assert refused.value.where == {"field": key}
    assert refused.value.message == f"has no key {key}."


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -0.1])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(InvalidValue):
        Learned.from_mapping({**GOOD, "weights": {"concepts": weight}})
