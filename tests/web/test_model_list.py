"""Versions as a page lists them."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.ruling import Ruling
from matcher.bundle.catalogue import Entry, State
from matcher.bundle.manifest import Measured
from matcher.domain.enums import Language
from matcher.evaluate.comparison import Comparison
from matcher.web.model_list import PRIMARY, model_list
from matcher.web.say import Say
from tests.actions.test_model_comparison import manifest

SAY = Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))


def test_each_stands_on_one_axis_with_the_current_one() -> None:
    first = manifest(1, metrics={PRIMARY: Measured(0.3, 0.2, 0.4)})
    gate = Ruling(against=first.version, why="", comparison=Comparison(0.1, 0.05, 0.2, 0.01, 40))
    metrics = {PRIMARY: Measured(0.4, 0.3, 0.6), **gate.to_metrics()}
    second = manifest(2, metrics=metrics, parent=first.version)
    found = model_list(
        [
            Entry("0003-00000000", State.BROKEN, 5, problem="cut short"),
            Entry(second.version, State.KEPT, 2_000_000, second),
            Entry(first.version, State.CURRENT, 1_000_000, first),
        ],
        SAY,
    )
    broken, kept, current = found.rows
    assert (broken.metric, broken.gate, broken.can_publish) == (None, None, False)
    assert (kept.can_publish, kept.megabytes, kept.counts) == (True, 2.0, "2 outcomes · 1 needs")
    assert kept.metric is not None
    assert current.metric is not None
    assert found.now == current.metric.at < kept.metric.at
    assert kept.gate is not None
    assert kept.gate.tone == "good"
    assert (found.current, found.previous) == (current, None)


def test_without_figures_there_is_no_axis() -> None:
    one = manifest(1, metrics={})
    found = model_list([Entry(one.version, State.PREVIOUS, 0, one)], SAY)
    assert (found.axis, found.now, found.rows[0].metric) == (None, None, None)
    assert found.previous == found.rows[0]
