"""Candidates and the scores of every leg for all of them."""

import numpy as np
import pytest

from matcher.domain.item import Item
from matcher.recommend.features import find, score
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import Model, Query


@pytest.fixture(scope="module")
def ready(matcher: Matcher) -> tuple[Model, list[Query]]:
    return matcher.model, matcher.queries


def everyone(model: Model) -> np.ndarray:
    return np.ones(len(model.candidates), bool)


def test_the_ones_that_share_a_word_are_found(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    found = find(queries[0], model, everyone(model))
    assert 0 in found
    assert (np.diff(found) > 0).all()


def test_only_the_allowed_are_found(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    allowed = everyone(model)
    allowed[0] = False
    for query in queries:
        assert 0 not in find(query, model, allowed)
        assert find(query, model, ~everyone(model)).size == 0


def test_every_leg_scores_every_candidate_from_0_to_1(
    ready: tuple[Model, list[Query]],
) -> None:
    model, queries = ready
    for query in queries:
        candidates = find(query, model, everyone(model))
        legs = score(query, model, candidates)
        assert set(legs) == set(query.vectors)
        assert legs["concepts"].max() == 1
        for scores in legs.values():
            assert scores.shape == candidates.shape
            assert scores.min() >= 0
            assert scores.max() in (0, 1)


def test_no_candidates_no_legs(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    assert score(queries[0], model, np.zeros(0, np.int64)) == {}


def test_a_candidate_s_score_does_not_hang_on_who_else_is_scored_but_for_the_best(
    ready: tuple[Model, list[Query]],
) -> None:
    model, queries = ready
    places = np.arange(len(model.candidates))
    for query in queries:
        whole = score(query, model, places)
        for leg, scores in whole.items():
            best = int(np.argmax(scores))
            for place in places.tolist():
                pair = np.unique([best, place])
                alone = score(query, model, pair)[leg]
                np.testing.assert_allclose(alone, scores[pair], rtol=1e-6)


@pytest.mark.parametrize("others", [0, 3])
def test_a_person_is_found_by_one_text_of_many(others: int) -> None:
    filler = tuple(f"subject{i} matter{i}" for i in range(others))
    people = [
        Item("m1", text="sales", portfolio=("laser cladding", *filler)),
        Item("m2", text="tea farming"),
        Item("m3", text="bridge paint"),
    ]
    fitted = Matcher.fit(people, [Item("n", text="laser cladding")])
    assert [match.candidate_id for match in next(fitted.match()).matches] == ["m1"]


def test_as_many_are_found_as_are_asked_for() -> None:
    """The recipe takes 400 from each space, which bounds no one who wants more."""
    many = [Item(f"o{i}", text=f"graphene coating x{i % 7}") for i in range(450)]
    fitted = Matcher.fit([*many, Item("z", text="tea")], [Item("n", text="graphene coating")])
    [ranking] = fitted.match(k=440)
    assert len(ranking.matches) == 440
