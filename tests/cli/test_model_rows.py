"""Models as rows and facts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from matcher.actions.model_comparison import Compared, HeldOut, Part
from matcher.bundle.catalogue import Entry, State
from matcher.bundle.remarks import Remark
from matcher.cli.model_rows import (
    differences_of,
    entry_row,
    facts_of,
    readable,
    remarked,
    side_by_side,
    value_of,
)
from matcher.evaluate.comparison import Comparison
from tests.actions.test_model_comparison import manifest

MANIFEST = manifest(3)


def test_a_whole_version_and_a_broken_one() -> None:
    row = entry_row(Entry(MANIFEST.version, State.CURRENT, 2_500_000, MANIFEST))
    assert row["state"] == "current"
    assert (row["records"], row["size"], row["problem"]) == (3, "2.5 MB", None)
    broken = entry_row(Entry("0004-00000000", State.BROKEN, 0, problem="is damaged."))
    assert (broken["problem"], broken.get("records")) == ("is damaged.", None)


def test_facts_are_plain_and_readable() -> None:
    facts = facts_of(MANIFEST)
    assert json.loads(json.dumps(facts))["metrics"]["coverage"]["value"] == 0.5
    told = readable(facts)
    assert told["counts"] == ["outcome 2", "need 1"]
    assert told["metrics"] == ["nDCG@10 0.7100 [0.6900, 0.7300]", "coverage 0.5000"]
    assert "recipe" not in told


def test_differences_are_marked() -> None:
    metric = {"value": 0.5, "low": None, "high": None}
    assert side_by_side(Compared(Part.METRICS, "coverage", None, metric)) == {
        "": "*",
        "part": "metrics",
        "name": "coverage",
        "first": "",
        "second": "0.5000",
    }
    assert side_by_side(Compared(Part.FACTS, "seq", 41, 41))[""] == ""


def test_an_interval_is_told_where_there_is_one() -> None:
    assert value_of({"value": 0.5, "low": 0.25, "high": 0.75}) == "0.5000 [0.2500, 0.7500]"


def test_a_remark_is_a_fact_where_there_is_one() -> None:
    remark = Remark(why="mixed up", by="a1", at=datetime(2026, 3, 1, tzinfo=UTC))
    facts = facts_of(MANIFEST) | remarked(remark)
    assert readable(facts)["forced"] == ["why mixed up", "by a1", "at 2026-03-01T00:00:00+00:00"]
    assert remarked(None) == {}


def test_differences_say_who_is_better() -> None:
    worse = Comparison(-0.1, -0.2, -0.05, 0.01, 40)
    unclear = Comparison(0.01, -0.1, 0.1, 0.8, 40)
    rows = differences_of(HeldOut({"RR": worse, "R@20": unclear}, "since 2026-03-01"))
    assert [row["verdict"] for row in rows] == ["worse", "undecided"]
    assert rows[0]["words"].startswith("the first is worse by 0.100 [0.050, 0.200]")
    assert rows[1]["words"].startswith("no difference shown")
    assert json.loads(json.dumps(rows))[0]["queries"] == 40
