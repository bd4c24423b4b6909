"""Weighing: what decided counts more, and where much is known it outweighs the recipe."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.domain.enums import DeclineReason, Noun
from matcher.recommend import shown_lists
from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback, no_feedback
from matcher.recommend.folds import UNJUDGED, Folds
from matcher.recommend.learning_lists import decided
from matcher.recommend.pair_features import feature_names, pair_features, prior_of
from matcher.recommend.tying import NOUNS_ASKING
from matcher.recommend.weighing import weighed
from tests.recommend.some_collections import recipe
from tests.recommend.some_learning import (
    COUNT,
    DAY,
    feedback,
    proposed,
    same_region,
    untaught,
)

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER


def weigh(known: Feedback, collections: Collections | None = None) -> Collections:
    """Nothing was tied, so that no row has to be kept from the ties that judge it."""
    made = collections or untaught()
    folds = Folds((made,), np.zeros(len(known.impressions), np.int64))
    return weighed(made, known, Examination(), lambda _: None, folds)


def weights(collections: Collections, asker: Noun, noun: Noun) -> dict[str, float]:
    return dict(collections.models[noun].learned[asker.value].weights)


def prior(noun: Noun) -> dict[str, float]:
    return prior_of(recipe(), persons=noun is MANAGER)


def test_where_the_region_decides_the_region_counts() -> None:
    found = weigh(proposed(30, same_region))
    for asker, noun in ((NEED, OUTCOME), (OUTCOME, NEED)):
        assert weights(found, asker, noun)["region"] > prior(noun)["region"] + 0.2


def test_more_of_the_same_moves_further() -> None:
    few, many = (
        weights(weigh(proposed(count, same_region)), NEED, OUTCOME)["region"] for count in (3, 15)
    )
    assert prior(OUTCOME)["region"] <= few < many


def declined(reason: DeclineReason) -> Feedback:
    """Lists of a pair of one region that went well and one of two regions that was declined.

    Both are of one subject, so that texts say little.
    """
    judged, lists = [], []
    for number in range(40):
        other = (number + 10) % COUNT
        lists.append([(number, number, 0), (number, other, 0)])
        judged.append((number, number, 0, DAY, 0.6, -1))
        judged.append((number, other, 0, DAY, -0.5, list(DeclineReason).index(reason)))
    return feedback(judged, lists)


def test_declines_for_the_region_teach_the_region() -> None:
    told, untold = (
        weights(weigh(declined(reason)), NEED, OUTCOME)["region"]
        for reason in (DeclineReason.REGION, DeclineReason.ALREADY_IN_CONTACT)
    )
    assert told > untold + 0.03
    assert told > prior(OUTCOME)["region"]


def test_the_weights_are_of_the_features_in_their_order_and_sum_to_1() -> None:
    found = weigh(proposed(10, same_region))
    for noun, askers in NOUNS_ASKING.items():
        model = found.models[noun]
        assert set(model.learned) == {asker.value for asker in askers}
        for learned in model.learned.values():
            assert tuple(learned.weights) == feature_names(model)
            assert sum(learned.weights.values()) == pytest.approx(1)
            assert min(learned.weights.values()) >= 0


def test_trust_is_the_labels_share_of_labels_and_strength() -> None:
    known = proposed(10, same_region)
    labels = int((known.impressions.grades > 0).sum())
    learned = weigh(known).models[OUTCOME].learned["need"]
    assert learned.labels == labels
    assert learned.trust == pytest.approx(labels / (labels + recipe().ranker.strength))


@pytest.mark.slow
def test_a_likelihood_is_promised_from_200_outcomes_on() -> None:
    few, many = (
        weigh(proposed(count, same_region)).models[OUTCOME].learned["need"].calibration
        for count in (20, 45)
    )
    assert few is None
    assert many is not None
    shown = proposed(45, same_region).impressions
    acted = int((shown.grades[decided(shown)] != 0).sum())
    assert 200 <= many.labels == acted < len(shown)
    low, high = many.likelihood([many.scores[0], many.scores[-1]])
    assert 0 < low < high < 1


@pytest.mark.parametrize("known", [
    no_feedback(),
    feedback([(1, 2, 3, DAY, 1.0, -1)]),
    feedback(lists=[[(0, 1, 2), (3, 4, 2)]]),
    feedback([(0, 1, 2, DAY, -1.0, -1)], [[(0, 1, 2), (3, 4, 2)]]),
])  # fmt: skip
def test_without_a_shown_row_that_went_somewhere_nothing_is_weighed(known: Feedback) -> None:
    assert weigh(known) is untaught()


def test_rows_of_records_that_are_in_no_model_are_passed_over() -> None:
    known = proposed(10, same_region)
    gone = {noun: tuple(f"gone {id_}" for id_ in own) for noun, own in known.ids.items()}
    nothing = weigh(replace(known, ids=gone))
    for noun, asker in ((OUTCOME, NEED), (MANAGER, OUTCOME)):
        assert nothing.models[noun].learned[asker.value].labels == 0
        assert weights(nothing, asker, noun) == pytest.approx(prior(noun))
    partly = {**known.ids, NEED: (*known.ids[NEED][:20], *gone[NEED][20:])}
    left = known.impressions.needs < 20
    found = weigh(replace(known, ids=partly))
    of_needs, of_managers = (
        found.models[OUTCOME].learned[asker].labels for asker in ("need", "manager")
    )
    good = known.impressions.grades > 0
    # Whether the need is there doesn't matter to a manager who asks for outcomes.
    assert (of_needs, of_managers) == ((good & left).sum(), good.sum())


def test_features_of_what_was_shown_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights are learned from these lists, and scores are held against them."""
    computed: list[int] = []

    def counted(*args: Any) -> Any:
        computed.append(len(args[3]))
        return pair_features(*args)

    monkeypatch.setattr(shown_lists, "pair_features", counted)
    known = proposed(45, same_region)
    found = weigh(known)
    assert found.models[OUTCOME].learned["need"].calibration is not None
    rows = int(decided(known.impressions).sum())
    # Beside the rows of the lists come as many that were drawn by chance, or some more.
    assert len(computed) == 2 * sum(map(len, NOUNS_ASKING.values()))
    assert set(computed[::2]) == {rows}
    assert all(rows <= drawn < 1.5 * rows for drawn in computed[1::2])


def test_rows_that_no_ties_judge_are_passed_over() -> None:
    known = proposed(10, same_region)
    judged = known.impressions.needs < 20
    folds = Folds((untaught(),), np.where(judged, 0, UNJUDGED))
    found = weighed(untaught(), known, Examination(), lambda _: None, folds)
    labels = int((known.impressions.grades[judged] > 0).sum())
    assert 0 < labels < (known.impressions.grades > 0).sum()
    assert found.models[OUTCOME].learned["need"].labels == labels
