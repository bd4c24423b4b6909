"""The model: which index rows are whose, and what counts how much for whom."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.item import Item
from matcher.recommend.calibration import Calibration
from matcher.recommend.corpus import read_queries
from matcher.recommend.learned import Learned
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import Model, Query, query_of, space_of
from matcher.recommend.recipe import CONCEPTS, CONTENT, LEGS, UPTAKE

OUTCOMES = (
    Item("o1", text="graphene coating", portfolio=("graphene paste", "carbon film")),
    Item("o2", text="rice breeding"),
    Item("o3", text="graphene film", portfolio=("film",)),
)
LISTINGS = (Item("a", text="pump"), Item("b", text="disc"))
LIKED = [("n1", "o1", 1.0), ("n1", "o3", 1.0), ("n2", "o2", 2.0)]


@pytest.fixture(scope="module")
def people() -> Model:
    return Matcher.fit(OUTCOMES, []).model


@pytest.fixture(scope="module")
def listings() -> Model:
    return Matcher.fit(LISTINGS, []).model


@pytest.fixture(scope="module")
def taught() -> Matcher:
    queries = [Item("n1", text="graphene"), Item("n2"), Item("n3", text="rice"), Item("n4")]
    return Matcher.fit(OUTCOMES, queries, interactions=LIKED)


def asked(model: Model, text: str, asker: str = "") -> Query:
    item = Item("", text=text)
    return query_of(item, read_queries(model.text, [item]), 0, model, asker)


def test_the_rows_of_the_candidates_cover_the_index(people: Model) -> None:
    rows = [row for place in range(len(OUTCOMES)) for row in people.documents(place)]
    assert rows == list(range(len(people.owners)))
    for place in range(len(OUTCOMES)):
        assert all(people.owners[row] == place for row in people.documents(place))


def test_a_candidate_s_texts_are_its_documents(people: Model) -> None:
    for place, item in enumerate(OUTCOMES):
        assert len(people.texts(place)) == len(item.documents)
        assert set(people.texts(place)) <= set(people.documents(place))


def test_without_portfolios_a_candidate_is_one_row(listings: Model) -> None:
    assert [listings.documents(0), listings.documents(1)] == [range(1), range(1, 2)]
    assert not listings.pooled


def test_a_query_in_words_says_something_in_both_text_spaces_and_knows_nothing(
    listings: Model,
) -> None:
    query = asked(listings, "pump", "need")
    assert set(query.vectors) == {CONCEPTS, CONTENT}
    assert query.known.size == 0
    assert query.asker == "need"


def test_a_query_without_anything_is_zero(taught: Matcher) -> None:
    vectors = taught.queries[3].vectors
    assert vectors[CONCEPTS].nnz == 0
    assert not vectors[CONTENT].any()


def test_a_query_knows_what_it_goes_with_and_is_searched_by_what_was_learned(
    taught: Matcher,
) -> None:
    assert [query.known.tolist() for query in taught.queries] == [[0, 2], [1], [], []]
    assert all(set(query.vectors) >= {CONCEPTS, CONTENT} for query in taught.queries)
    assert all("factors" in query.vectors for query in taught.queries)


def test_a_record_that_came_later_asks_with_what_was_learned_of_such_texts(
    taught: Matcher,
) -> None:
    model = taught.model
    later = asked(model, "graphene", "query")
    assert {CONCEPTS, CONTENT, "factors"} <= set(later.vectors)
    [tie] = model.ties.values()
    assert later.vectors["factors"].shape == (1, tie.askers.factors.shape[1])
    assert np.isfinite(later.vectors["factors"]).all()
    assert set(asked(model, "graphene").vectors) == {CONCEPTS, CONTENT}


def test_what_was_learned_is_a_space_for_each_who_asks() -> None:
    assert [space_of(leg, "need") for leg in LEGS] == [
        "concepts",
        "content",
        "factors.need",
        "collaborative.need",
    ]
    assert space_of(UPTAKE, "manager") == "uptake.manager"


def test_a_file_of_interactions_does_not_count_how_a_record_fared(taught: Matcher) -> None:
    assert UPTAKE not in asked(taught.model, "graphene", "query").vectors
    assert not any(name.startswith(UPTAKE) for name in taught.model.index.spaces)


def test_learned_spaces_have_one_row_a_candidate(taught: Matcher) -> None:
    model = taught.model
    [tie] = model.ties.values()
    held = model.index.vectors("factors.query", model.starts)
    np.testing.assert_allclose(held, tie.candidates.factors, rtol=1e-6)


def test_before_anything_is_learned_the_recipe_counts(people: Model, listings: Model) -> None:
    assert listings.weights_for(asked(listings, "pump")) == listings.recipe.texts
    assert listings.weights_for(asked(listings, "pump", "need")) == listings.recipe.listings
    assert people.weights_for(asked(people, "film")) == people.recipe.texts
    assert people.weights_for(asked(people, "film", "need")) == people.recipe.persons


def test_what_was_learned_of_who_asks_counts_for_them_alone(listings: Model) -> None:
    weights = {"concepts": 0.5, "trl": 0.5}
    model = replace(listings, learned={"need": Learned(weights)})
    assert model.weights_for(asked(model, "pump", "need")) == weights
    assert model.weights_for(asked(model, "pump", "manager")) == model.recipe.listings
    assert model.weights_for(asked(model, "pump")) == model.recipe.texts


def test_a_likelihood_only_where_enough_is_known_of_who_asks(listings: Model) -> None:
    line = Calibration(np.array([0.2, 0.6]), np.array([0.1, 0.5]), labels=200)
    learned = {
        "need": Learned({"concepts": 1.0}, 200, 0.8, line),
        "manager": Learned({"concepts": 1.0}, 3, 0.1),
    }
    model = replace(listings, learned=learned)
    assert model.likelihood(asked(model, "pump", "need"), 0.4) == pytest.approx(0.3)
    assert model.likelihood(asked(model, "pump", "need"), 0.9) == 0.5
    assert model.likelihood(asked(model, "pump", "manager"), 0.4) is None
    assert model.likelihood(asked(model, "pump"), 0.4) is None
