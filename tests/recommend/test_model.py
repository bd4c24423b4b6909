"""The model: which index rows are whose, and what a query knows."""

import numpy as np
import pytest
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend.model import COLLABORATIVE, CONCEPTS, CONTENT, Model, Query, build
from matcher.recommend.recipe import Recipe, read_recipe
from matcher.resources import data_path

OUTCOMES = (
    Item("o1", text="graphene coating", portfolio=("graphene paste", "carbon film")),
    Item("o2", text="rice breeding"),
    Item("o3", text="graphene film", portfolio=("film",)),
)
QUERIES = (Item("n1", text="graphene"), Item("n2"), Item("n3", text="rice"), Item("n4"))
LIKED = sparse.csr_array(np.array([[1, 0, 1], [0, 2, 0], [0, 0, 0], [0, 0, 0]], np.float32))


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return read_recipe(data_path("recipes", "default.toml"))


@pytest.fixture(scope="module")
def built(recipe: Recipe) -> tuple[Model, list[Query]]:
    return build(OUTCOMES, QUERIES, recipe, interactions=LIKED)


def test_the_rows_of_the_candidates_cover_the_index(built: tuple[Model, list[Query]]) -> None:
    model = built[0]
    rows = [row for place in range(len(OUTCOMES)) for row in model.documents(place)]
    assert rows == list(range(len(model.owners)))
    for place in range(len(OUTCOMES)):
        assert all(model.owners[row] == place for row in model.documents(place))


def test_a_candidate_s_texts_are_its_documents(built: tuple[Model, list[Query]]) -> None:
    model = built[0]
    for place, item in enumerate(OUTCOMES):
        assert len(model.texts(place)) == len(item.documents)
        assert set(model.texts(place)) <= set(model.documents(place))


def test_without_portfolios_a_candidate_is_one_row(recipe: Recipe) -> None:
    model, _ = build([Item("a", text="pump"), Item("b", text="disc")], [], recipe)
    assert [model.documents(0), model.documents(1)] == [range(1), range(1, 2)]


def test_a_query_knows_what_it_goes_with(built: tuple[Model, list[Query]]) -> None:
    known = [query.known.tolist() for query in built[1]]
    assert known == [[0, 2], [1], [], []]


def test_a_query_without_text_takes_that_of_what_it_goes_with(
    built: tuple[Model, list[Query]],
) -> None:
    model, queries = built
    assert queries[1].vectors[CONCEPTS].nnz > 0
    rows = np.array(model.documents(1))
    assert model.index.score(CONCEPTS, queries[1].vectors[CONCEPTS], rows).max() > 0


def test_a_query_without_anything_is_zero(built: tuple[Model, list[Query]]) -> None:
    vectors = built[1][3].vectors
    assert vectors[CONCEPTS].nnz == 0
    assert not vectors[CONTENT].any()
    assert not vectors[COLLABORATIVE].any()


def test_without_interactions_there_is_no_collaborative_space(recipe: Recipe) -> None:
    _, queries = build(OUTCOMES, QUERIES, recipe)
    assert all(set(query.vectors) == {CONCEPTS, CONTENT} for query in queries)
