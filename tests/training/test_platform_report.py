"""The figures of a platform by key and as a page."""

import re

import numpy as np
import pytest

from matcher.bundle.manifest import Measured
from matcher.domain.enums import Noun
from matcher.errors import InvalidValue
from matcher.evaluate.comparison import Comparison
from matcher.evaluate.metrics import Estimate
from training.platform_eval import Evaluation, RelationFigure
from training.platform_fairness import Exposure
from training.platform_report import as_markdown, as_measured
from training.platform_split import Direction

SYSTEMS = {
    "concepts": Estimate(0.3, 0.2, 0.4, 20),
    "popularity": Estimate(0.1, 0.05, 0.15, 20),
    "fusion": Estimate(0.35, 0.25, 0.45, 20),
}
COMPARISON = Comparison(0.25, 0.1, 0.4, 0.0001, 20)
EXPOSURE = Exposure(Noun.OUTCOME, ("o0", "o1"), np.array([1.0, 3.0]), frozenset(["o1"]), 7)


def evaluation(asker: Noun = Noun.NEED, systems=SYSTEMS) -> Evaluation:
    direction = Direction(asker, Noun.OUTCOME)
    name = direction.name
    return Evaluation(
        direction,
        (
            RelationFigure(name, "", "nDCG@10", systems, {"popularity": COMPARISON}),
            RelationFigure(name, "cold_outcome", "nDCG@10", systems, {}),
        ),
        gaps=(f"{name}, warm: 0 judged queries, an interval needs 2",),
        notes=(f"{name}: 3 right answers are left out",),
        exposure=EXPOSURE,
    )


def test_the_keys_name_relation_slice_metric_and_other_systems() -> None:
    found = as_measured([evaluation()])
    assert list(found) == [
        "need>outcome.nDCG@10.concepts",
        "need>outcome.nDCG@10.popularity",
        "need>outcome.nDCG@10",
        "need>outcome.cold_outcome.nDCG@10",
        "exposure_gini.outcome",
        "coverage.outcome",
        "fresh_shown.outcome",
        "fresh_exposure.outcome",
    ]
    assert found["need>outcome.nDCG@10"] == Measured(0.35, 0.25, 0.45)
    assert found["need>outcome.nDCG@10.popularity"] == Measured(0.1, 0.05, 0.15)
    assert found["exposure_gini.outcome"] == Measured(0.25, None, None)


def test_every_key_can_stand_in_a_manifest() -> None:
    assert all(re.fullmatch(r"[\w@>.()-]+", key) for key in as_measured([evaluation()]))


def test_fairness_is_over_the_lists_of_all_directions() -> None:
    found = as_measured([evaluation(), evaluation(Noun.MANAGER)])
    assert "manager>outcome.nDCG@10" in found
    assert sum(key.startswith("exposure_gini") for key in found) == 1
    assert "14" in as_markdown([evaluation(), evaluation(Noun.MANAGER)]).partition("gini")[2]


def test_a_system_whose_name_can_not_be_in_a_key_is_refused() -> None:
    odd = {**SYSTEMS, "my leg": SYSTEMS["concepts"]}
    with pytest.raises(InvalidValue, match="my leg' can't be the name"):
        as_measured([evaluation(systems=odd)])


def test_the_page_shows_figures_fairness_comparisons_notes_and_gaps() -> None:
    assert as_markdown([evaluation()]).splitlines() == [
        "| what | metric | queries | concepts | popularity | fusion | 95 % |",
        "| --- | --- | --: | --: | --: | --: | --: |",
        "| need>outcome | nDCG@10 | 20 | 0.300 | 0.100 | 0.350 | [0.250, 0.450] |",
        "| need>outcome, cold_outcome | nDCG@10 | 20 | 0.300 | 0.100 | 0.350 | [0.250, 0.450] |",
        "",
        "| fairness | value | 95 % | of | lists |",
        "| --- | --: | --: | --: | --: |",
        "| exposure_gini.outcome | 0.250 | – | 2 | 7 |",
        "| coverage.outcome | 1.000 | – | 2 | 7 |",
        "| fresh_shown.outcome | 1.000 | – | 1 | 7 |",
        "| fresh_exposure.outcome | 0.750 | – | 2 | 7 |",
        "",
        "Fusion against baselines, paired:",
        "",
        "- need>outcome, nDCG@10, against popularity: better by 0.250 [0.100, 0.400], p < 0.001, "
        "20 queries",
        "",
        "Notes:",
        "",
        "- need>outcome: 3 right answers are left out",
        "",
        "Not measured:",
        "",
        "- need>outcome, warm: 0 judged queries, an interval needs 2",
    ]


def test_a_system_that_was_not_measured_is_left_open() -> None:
    other = {name: each for name, each in SYSTEMS.items() if name != "concepts"}
    text = as_markdown([evaluation(), evaluation(Noun.MANAGER, other)])
    assert "| manager>outcome | nDCG@10 | 20 | – | 0.100 |" in text


def test_without_figures_the_page_says_why() -> None:
    empty = Evaluation(Direction(Noun.NEED, Noun.OUTCOME), (), ("need>outcome: too few",))
    assert as_measured([empty]) == {}
    assert as_markdown([empty]) == "Not measured:\n\n- need>outcome: too few"
