"""Features of pairs: a column means what it means in search."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.recommend.collections import Collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.model import query_of
from matcher.recommend.pair_features import (
    Askers,
    Features,
    Places,
    feature_names,
    pair_features,
    prior_of,
)
from matcher.recommend.pipeline import recommend
from matcher.recommend.recipe import LISTING_FACTS, PERSON_FACTS, TEXT_LEGS, UPTAKE
from matcher.recommend.rules import Request, Rules
from tests.recommend.some_collections import recipe
from tests.recommend.some_learning import COUNT, PEOPLE, taught, untaught

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER


def told(
    collections: Collections, asker: Noun, noun: Noun, asking: Places, asked: Places, on: Standing
) -> Features:
    askers = Askers.read(collections, asker, asking)
    return pair_features(collections, askers, noun, asking, asked, on)


def test_features_are_those_of_the_recipe() -> None:
    models = untaught().models
    assert set(feature_names(models[OUTCOME])) >= {*TEXT_LEGS, UPTAKE, *LISTING_FACTS}
    assert set(feature_names(models[MANAGER])) >= {*TEXT_LEGS, UPTAKE, *PERSON_FACTS}
    assert prior_of(recipe(), persons=True) == dict(recipe().persons)
    assert prior_of(recipe(), persons=False) == dict(recipe().listings)


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
        found = told(collections, asker, noun, np.full(len(places), asking), places, standing)
        parts = [[match.parts.get(name, 0.0) for name in names] for match in matches]
        np.testing.assert_allclose(found / len(names), parts, atol=1e-6)
        assert found[:, names.index(UPTAKE)].all()


def test_features_of_pairs_come_in_the_order_of_the_pairs() -> None:
    random = np.random.default_rng(0)
    asking, asked = random.integers(0, COUNT, 200), random.integers(0, COUNT, 200)
    collections, standing = taught(), Standing()
    found = told(collections, NEED, OUTCOME, asking, asked, standing)
    assert found.shape == (200, len(feature_names(collections.models[OUTCOME])))
    assert (found >= 0).all()
    assert (found <= 1).all()
    for row in (0, 57, 199):
        alone = told(collections, NEED, OUTCOME, asking[[row]], asked[[row]], standing)
        np.testing.assert_allclose(found[[row]], alone, atol=1e-6)


def test_how_a_record_fared_is_the_same_whoever_asks() -> None:
    names, asked = feature_names(taught().models[OUTCOME]), np.arange(PEOPLE)
    of_needs, of_managers = (
        told(taught(), asker, OUTCOME, asking, asked, Standing())[:, names.index(UPTAKE)]
        for asker, asking in ((NEED, asked[::-1]), (MANAGER, asked))
    )
    np.testing.assert_array_equal(of_needs, of_managers)
    own = taught().models[OUTCOME].ties["need"].candidates.uptake
    assert own is not None
    np.testing.assert_allclose(of_needs, own[asked], rtol=1e-6)


def test_of_no_pairs_there_are_no_features() -> None:
    none = np.zeros(0, np.int64)
    found = told(taught(), NEED, MANAGER, none, none, Standing())
    assert found.shape == (0, len(feature_names(taught().models[MANAGER])))


def test_a_feature_that_there_is_none_of_is_0() -> None:
    """Nothing was learned that an untaught model could score by."""
    asking = np.arange(PEOPLE)
    found = told(untaught(), MANAGER, OUTCOME, asking, asking, Standing())
    names = feature_names(untaught().models[OUTCOME])
    assert not found[:, [names.index("factors"), names.index(UPTAKE)]].any()
    assert found[:, names.index("concepts")].any()
