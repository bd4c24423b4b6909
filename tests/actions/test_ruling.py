"""What the gate says, kept with the model and read again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from matcher.actions.ruling import Ruling, Verdict, refusal, ruling_of
from matcher.evaluate.comparison import Comparison
from tests.actions.test_model_comparison import FACTS, manifest

CURRENT = "0001-0a1b2c3d"
WORSE = Comparison(-0.2, -0.3, -0.1, 0.001, 40)


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [
        (None, Verdict.NOT_COMPARABLE),
        (WORSE, Verdict.WORSE),
        (replace(WORSE, p=0.05), Verdict.PASSED),
        (replace(WORSE, difference=0.2), Verdict.PASSED),
    ],
)
def test_only_what_is_significantly_worse_does_not_pass(
    comparison: Comparison | None, verdict: Verdict
) -> None:
    assert Ruling(against=CURRENT, why="", comparison=comparison).verdict is verdict


@pytest.mark.parametrize("comparison", [None, WORSE])
def test_a_ruling_survives_json(comparison: Comparison | None) -> None:
    ruling = Ruling(against=CURRENT, why="差", comparison=comparison)
    plain = json.loads(json.dumps(ruling.to_mapping()))
    assert plain["verdict"] == ruling.verdict.value
    assert ruling_of(plain) == ruling


def test_a_manifest_tells_what_speaks_against_publishing() -> None:
    metrics = Ruling(against=CURRENT, why="", comparison=WORSE).to_metrics()
    made = manifest(2, metrics=metrics, parent=CURRENT)
    assert refusal(made, CURRENT) == WORSE


def test_nothing_speaks_against_a_model_that_was_not_found_worse() -> None:
    passed = Ruling(against=CURRENT, why="", comparison=replace(WORSE, p=0.6)).to_metrics()
    for metrics in (passed, Ruling(against=CURRENT, why="").to_metrics(), FACTS.metrics):
        assert refusal(manifest(2, metrics=metrics, parent=CURRENT), CURRENT) is None


def test_a_comparison_with_another_model_than_the_current_one_says_nothing() -> None:
    metrics = Ruling(against=CURRENT, why="", comparison=WORSE).to_metrics()
    made = manifest(2, metrics=metrics, parent=CURRENT)
    assert refusal(made, "0005-0a1b2c3d") is None
    assert refusal(made, None) is None
