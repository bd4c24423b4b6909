"""Two models side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.actions import model_comparison
from matcher.actions.model_comparison import (
    Compared,
    Part,
    compare_held_out,
    compare_models,
    compared,
    flat,
)
from matcher.actions.platform import Platform
from matcher.bundle.manifest import Facts, Manifest, Measured, make_manifest
from matcher.errors import MatcherError, NoModel
from matcher.evaluate.comparison import Comparison

FACTS = Facts(
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    seq=41,
    counts={"outcome": 2, "need": 1},
    encoder="trained-00",
    dictionary="ab",
    recipe={"bands": {"strong": 0.7}, "legs": ["concepts", "content"]},
    metrics={"nDCG@10": Measured(0.71, 0.69, 0.73), "coverage": Measured(0.5, None, None)},
    golden=(),
    parent=None,
)


def manifest(number: int, **changes: object) -> Manifest:
    return make_manifest(number, replace(FACTS, **changes), {})


def test_equal_models_differ_in_nothing() -> None:
    lines = list(compared(manifest(1), manifest(2)))
    assert not any(line.differs for line in lines)
    assert {line.part for line in lines} == {Part.METRICS, Part.COUNTS, Part.FACTS}


def test_metrics_come_first_each_of_either() -> None:
    better = {"nDCG@10": Measured(0.75, 0.7, 0.8), "recall": Measured(0.9, None, None)}
    lines = list(compared(manifest(1), manifest(2, metrics=better)))
    assert [(line.name, line.differs) for line in lines[:3]] == [
        ("coverage", True),
        ("nDCG@10", True),
        ("recall", True),
    ]
    assert lines[1].first == {"value": 0.71, "low": 0.69, "high": 0.73}
    assert (lines[0].second, lines[2].first) == (None, None)


def test_of_recipes_what_differs_is_told() -> None:
    other = {"bands": {"strong": 0.8}, "legs": ["concepts", "content"], "new": 1}
    lines = list(compared(manifest(1), manifest(2, recipe=other, seq=50)))
    assert [line for line in lines if line.part is Part.RECIPE] == [
        Compared(Part.RECIPE, "bands.strong", 0.7, 0.8),
        Compared(Part.RECIPE, "new", None, 1),
    ]
    assert Compared(Part.FACTS, "seq", 41, 50) in lines


def test_nested_values_get_the_names_that_lead_to_them() -> None:
    assert dict(flat({"a": {"b": {"c": 1}, "d": []}, "e": None})) == {
        "a.b.c": 1,
        "a.d": [],
        "e": None,
    }


def test_a_version_is_compared_with_itself(platform: Platform) -> None:
    version = platform.library.current().version
    lines = compare_models(platform, version, version)
    assert Compared(Part.COUNTS, "outcome", 5, 5) in lines


def test_the_differences_are_those_that_the_process_found(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = platform.library.current().version
    one = {"difference": 0.1, "low": 0.0, "high": 0.2, "p": 0.04, "queries": 33}
    answer = {"why": "since 2026-11-02", "metrics": {"nDCG@10": one}, "moved": []}
    asked = []
    monkeypatch.setattr(
        model_comparison,
        "run_training",
        lambda _, arguments, **__: asked.append(arguments) or answer,
    )
    found = compare_held_out(platform, version, version)
    assert found == ({"nDCG@10": Comparison(**one)}, "since 2026-11-02", ())
    assert asked == [["compare", "--moved", "0", "--", version, version]]


@pytest.mark.parametrize("answer", [[], {}, {"metrics": {"a": {"b": 1}}, "why": ""}])
def test_a_process_that_says_something_else_has_failed(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    version = platform.library.current().version
    monkeypatch.setattr(model_comparison, "run_training", lambda *_, **__: answer)
    with pytest.raises(MatcherError, match="no result"):
        compare_held_out(platform, version, version)


def test_a_version_that_is_not_there_starts_no_process(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_comparison, "run_training", None)
    with pytest.raises(NoModel):
        compare_held_out(platform, "0009-00000000", platform.library.current().version)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_young_platform_has_too_little_to_compare_on(platform: Platform) -> None:
    version = platform.library.current().version
    found = compare_held_out(platform, version, version)
    assert found.differences == {}
    assert "30 are needed" in found.why
