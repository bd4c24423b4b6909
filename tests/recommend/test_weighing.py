"""Weighing: what decided counts more, and a feature means what it means in search."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.enums import DeclineReason, Noun
from matcher.recommend.collections import Collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.examination import Examination
from matcher.recommend.facts import Standing
from matcher.recommend.feedback import Feedback, no_feedback
from matcher.recommend.model import query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.recipe import LISTING_FACTS, PERSON_FACTS, TEXT_LEGS
from matcher.recommend.rules import Request, Rules
from matcher.recommend.tying import NOUNS_ASKING
from matcher.recommend.weighing import feature_names, pair_features, prior_of, weighed
from tests.recommend.some_collections import recipe
from tests.recommend.some_learning import (
    COUNT,
    DAY,
    PEOPLE,
    feedback,
    proposed,
    same_region,
    taught,
    untaught,
)

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER


def weigh(known: Feedback, collections: Collections | None = None) -> Collections:
    return weighed(collections or untaught(), known, Examination(), lambda _: None)


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
    assert many.labels >= 200
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
    assert weigh(Feedback(gone, known.judgements, known.impressions)) is untaught()
    partly = {**known.ids, NEED: (*known.ids[NEED][:20], *gone[NEED][20:])}
    left = known.impressions.needs < 20
    found = weigh(Feedback(partly, known.judgements, known.impressions))
    labels = int((known.impressions.grades[left] > 0).sum())
    assert found.models[OUTCOME].learned["need"].labels == labels


def test_features_are_those_of_the_recipe() -> None:
    models = untaught().models
    assert set(feature_names(models[OUTCOME])) >= {*TEXT_LEGS, *LISTING_FACTS}
    assert set(feature_names(models[MANAGER])) >= {*TEXT_LEGS, *PERSON_FACTS}
    assert prior_of(recipe(), persons=True) == dict(recipe().persons)


@pytest.mark.parametrize(("asker", "noun"), [
    (NEED, OUTCOME), (MANAGER, OUTCOME), (OUTCOME, NEED), (NEED, MANAGER), (OUTCOME, MANAGER),
])  # fmt: skip
def test_the_features_of_a_pair_are_those_it_is_ranked_by(asker: Noun, noun: Noun) -> None:
    """A part of a match is the weight times the feature."""
    collections, standing = taught(), Standing()
    model, askers = collections.models[noun], collections.models[asker]
    names = feature_names(model)
    even = dict.fromkeys(names, 1 / len(names))
    for asking in (0, 5):
        own = askers.candidates[asking]
        query = query_of(own, read_queries(model.text, [own]), 0, model, asker.value)
        request = Request(k=COUNT, facts=False, standing=standing)
        rules = Rules(model.candidates, request)
        matches = recommend(query, model, rules, request, even, explain=False).matches
        assert len(matches) >= min(5, len(model.candidates))
        places = model.candidates.ids.find([match.candidate_id for match in matches])
        found = pair_features(
            collections, asker, noun, np.full(len(places), asking), places, standing
        )
        parts = [[match.parts.get(name, 0.0) for name in names] for match in matches]
        np.testing.assert_allclose(found / len(names), parts, atol=1e-6)


def test_features_of_pairs_come_in_the_order_of_the_pairs() -> None:
    random = np.random.default_rng(0)
    asking, asked = random.integers(0, COUNT, 200), random.integers(0, COUNT, 200)
    collections, standing = taught(), Standing()
    found = pair_features(collections, NEED, OUTCOME, asking, asked, standing)
    assert found.shape == (200, len(feature_names(collections.models[OUTCOME])))
    assert (found >= 0).all()
    assert (found <= 1).all()
    for row in (0, 57, 199):
        alone = pair_features(collections, NEED, OUTCOME, asking[[row]], asked[[row]], standing)
        np.testing.assert_allclose(found[[row]], alone, atol=1e-6)


def test_of_no_pairs_there_are_no_features() -> None:
    none = np.zeros(0, np.int64)
    found = pair_features(taught(), NEED, MANAGER, none, none, Standing())
    assert found.shape == (0, len(feature_names(taught().models[MANAGER])))


def test_a_feature_that_there_is_none_of_is_0() -> None:
    """Nothing was learned that an untaught model could score by."""
    asking = np.arange(PEOPLE)
    found = pair_features(untaught(), MANAGER, OUTCOME, asking, asking, Standing())
    names = feature_names(untaught().models[OUTCOME])
    assert not found[:, names.index("factors")].any()
    assert found[:, names.index("concepts")].any()
