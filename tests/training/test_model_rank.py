"""A model as something that is measured."""

from __future__ import annotations

import pytest

from matcher.domain.enums import Noun
from tests.training.some_training import DAY, TOPICS, accepted, snapshot_of, topical
from training.figures import split_of
from training.model_rank import ModelRank
from training.platform_split import Split

PAIRS = [(0, 0), (0, 5), (1, 1), (2, 2)]
DAYS = [DAY - 9, DAY - 9, DAY - 3, DAY]
OUTCOMES = frozenset(f"o{topic:02}" for topic in range(TOPICS))


@pytest.fixture(scope="module")
def split() -> Split:
    found = split_of(topical(), snapshot_of(accepted(PAIRS, DAYS)))
    assert found is not None
    return found


def test_each_asker_gets_the_outcome_of_its_topic_first(split: Split) -> None:
    rank = ModelRank(topical(), split)
    run = rank(Noun.NEED, Noun.OUTCOME, ["w03", "w07"], OUTCOMES, None)
    assert {asker: ranking[0][0] for asker, ranking in run.items()} == {"w03": "o03", "w07": "o07"}


def test_only_what_is_allowed_is_ranked(split: Split) -> None:
    rank = ModelRank(topical(), split)
    run = rank(Noun.NEED, Noun.OUTCOME, ["w03"], OUTCOMES - {"o03"}, None)
    assert "o03" not in dict(run["w03"])


def test_an_asker_that_the_model_does_not_know_has_no_answer(split: Split) -> None:
    assert ModelRank(topical(), split)(Noun.NEED, Noun.OUTCOME, ["new"], OUTCOMES, None) == {}


def test_weights_may_be_given_and_without_any_nothing_is_found(split: Split) -> None:
    rank = ModelRank(topical(), split)
    none = {"concepts": 0.0, "content": 0.0}
    assert rank(Noun.NEED, Noun.OUTCOME, ["w03"], OUTCOMES, none) == {"w03": []}
    alone = rank(Noun.NEED, Noun.OUTCOME, ["w03"], OUTCOMES, {**none, "concepts": 1.0})
    assert alone["w03"][0] == ("o03", pytest.approx(alone["w03"][0][1]))
