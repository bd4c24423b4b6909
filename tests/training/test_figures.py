"""The figures of a model that doesn't know the last days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from matcher.domain.enums import Language
from matcher.domain.item import Facts, Item
from matcher.evaluate import comparison, ials
from matcher.recommend.feedback import Feedback, no_feedback
from tests.training.some_training import (
    DAY,
    accepted,
    gradually,
    rightly,
    snapshot_of,
    topical,
)
from training.figures import _spoken, figures_of, report_of, split_of
from training.methods import Figures

NDCG = "need>outcome.nDCG@10"


@pytest.fixture(scope="module", autouse=True)
def few_permutations() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "PERMUTATIONS", 199)
        yield


@pytest.fixture(scope="module")
def found(few_permutations: None) -> Figures:
    return figures_of(topical(), snapshot_of(gradually()), 0)


def test_the_last_fifth_of_what_was_taken_up_is_asked_about(found: Figures) -> None:
    split = split_of(topical(), snapshot_of(gradually()))
    assert split is not None
    assert split.train.judgements.days.max() == split.day - 1
    assert len(split.test) == 8
    [figure] = {
        each.systems["fusion"].queries
        for evaluation in found.evaluations
        for each in evaluation.figures
        if each.name == "need>outcome"
    }
    assert figure == len(split.test)


def test_both_directions_of_what_was_accepted_are_measured(found: Figures) -> None:
    for direction in ("need>outcome", "outcome>need"):
        assert found.metrics[f"{direction}.nDCG@10"].value > 0.99
        assert found.metrics[f"{direction}.nDCG@10"].low is not None
    assert f"{NDCG}.popularity" in found.metrics
    assert f"{NDCG}.concepts" not in found.metrics
    assert 0 < found.metrics["exposure_gini.outcome"].value < 1
    assert not any(name.startswith("need>manager") for name in found.metrics)


def test_what_is_not_measured_is_told_with_the_day(found: Figures) -> None:
    day = date.fromisoformat(found.details["day"])
    assert DAY - 10 < day.toordinal() <= DAY
    assert "need>manager: 0 judged queries, an interval needs 2" in found.details["gaps"]
    assert found.details["reliability"] == {}


def test_a_worse_model_has_worse_figures(found: Figures) -> None:
    bad = figures_of(topical(1), snapshot_of(gradually()), 0)
    assert bad.metrics[NDCG].value < found.metrics[NDCG].value


@pytest.mark.slow
def test_a_report_has_each_leg_and_the_baselines_beside() -> None:
    metrics = report_of(topical(), snapshot_of(gradually()), 0).metrics
    assert {f"{NDCG}.concepts", f"{NDCG}.content", f"{NDCG}.popularity"} <= set(metrics)
    assert (f"{NDCG}.iALS" in metrics) == ials.is_installed()


@pytest.mark.parametrize("feedback", [no_feedback(), rightly(DAY)], ids=["none", "one day"])
def test_feedback_that_cannot_be_split_has_no_figures(feedback: Feedback) -> None:
    assert figures_of(topical(), snapshot_of(feedback), 0) == Figures()


def test_one_question_has_no_figure_but_a_reason() -> None:
    feedback = accepted([(0, 0), (1, 1)], [DAY - 1, DAY])
    found = figures_of(topical(), snapshot_of(feedback), 0)
    assert NDCG not in found.metrics
    assert "need>outcome: 1 judged queries, an interval needs 2" in found.details["gaps"]


@pytest.mark.parametrize(
    ("item", "languages"),
    [
        (Item("a", "石墨烯", "导电膜"), {"zh"}),
        (Item("a", "石墨烯", "Graphene film"), {"zh", "en"}),
        (Item("a", "Graphene"), {"en"}),
        (Item("a", "Graphene", lang=Language.ZH), {"zh"}),
        (Item("a", "Graphene", facts=Facts(languages=("de", "en"))), {"de", "en"}),
        (Item("a"), set()),
    ],
)
def test_a_record_speaks_what_it_states_or_else_what_its_lines_are_written_in(
    item: Item, languages: set[str]
) -> None:
    assert _spoken(item) == languages
