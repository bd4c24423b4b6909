"""Every example of the API, played again on a new platform, gets the answer that is told."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from matcher.web.example import load_examples
from tests.web.example_platform import sample_platform
from tests.web.record_examples import Masks, record, shortened

NEAR = 0.002
"""Scores are told to three digits; the last one may be another on another machine."""


def same(told: Any, there: Any) -> bool:
    if isinstance(told, dict) and isinstance(there, dict):
        return told.keys() == there.keys() and all(same(told[name], there[name]) for name in told)
    if isinstance(told, list) and isinstance(there, list):
        return len(told) == len(there) and all(map(same, told, there))
    if isinstance(told, float) and isinstance(there, float):
        return abs(told - there) <= NEAR
    return type(told) is type(there) and bool(told == there)


@pytest.mark.slow
def test_every_example_is_true(tmp_path: Path) -> None:
    with sample_platform(tmp_path) as sampled:
        found = {name: one for file in record(sampled).values() for name, one in file.items()}
    told = load_examples()
    assert found.keys() == told.keys()
    for name, example in told.items():
        # Each by itself, so that one change doesn't give all later ones other stand-ins.
        was, now = (Masks().over(asdict(one)) for one in (example, found[name]))
        for part in was:
            assert same(was[part], now[part]), (name, part, was[part], now[part])


def test_what_is_made_by_chance_gets_one_name_in_each_recording() -> None:
    first, second = "0a" * 16, "1b" * 16
    one = Masks().over({"id": first, "by": second, "also": [first]})
    other = Masks().over({"id": second, "by": first, "also": [second]})
    assert one == other
    assert one["id"] == one["also"][0] != one["by"]
    assert not {first, second} & {one["id"], one["by"]}


@pytest.mark.parametrize(
    "told",
    [
        "mt_" + "x-Y_" * 10,
        "J-20261123-090001-0a1b2c",
        "N-20261123-0a1b2c3d4e",
        "P-0a1b2c3d4e5f",
        '"3-0a1b2c3d4e5f"',
        "0001-0a1b2c3d",
        "X-01a207a30d40da61ccf2",
        "WyI3MDk5N2NkYzhiZmNjMWJm",
    ],
)
def test_each_kind_of_chance_is_known(told: str) -> None:
    masked = Masks().over(told)
    assert masked != told
    assert len(masked) == len(told)


@pytest.mark.parametrize("told", ["N101", "2026-11-23T09:00:01Z", "330200", "technology", 12345678])
def test_what_is_the_same_in_every_run_stays(told: Any) -> None:
    assert Masks().over(told) == told


def test_an_answer_is_shortened_to_what_can_be_read() -> None:
    told = {"rows": [1, 2, 3], "text": "a " * 200, "score": 0.12345, "secret": "mt_x", "n": True}
    assert shortened(told) == {
        "rows": [1, 2],
        "text": "a " * 80 + "…",
        "score": 0.123,
        "secret": "mt_…",
        "n": True,
    }
