"""Candidates, and the features of each of them."""

import numpy as np
import pytest
from scipy.special import expit

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.domain.track import Track
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import Standing
from matcher.recommend.features import find, in_common, score
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import Model, Query, query_of
from matcher.recommend.recipe import LEGS, LISTING_FACTS, PERSON_FACTS, TEXT_LEGS, UPTAKE
from tests.recommend.some_learning import item
from tests.recommend.some_learning import taught as of_feedback

EQUAL = dict.fromkeys(TEXT_LEGS, 0.5)


@pytest.fixture(scope="module")
def ready(matcher: Matcher) -> tuple[Model, list[Query]]:
    return matcher.model, matcher.queries


def everyone(model: Model) -> np.ndarray:
    return np.ones(len(model.candidates), bool)


def asked(number: int) -> Query:
    """What a need asks of `some_learning`'s outcomes."""
    model, own = of_feedback().models[Noun.OUTCOME], item(Noun.NEED, number)
    return query_of(own, read_queries(model.text, [own]), 0, model, "need")


def test_the_ones_that_share_a_word_are_found(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    found = find(queries[0], model, everyone(model), EQUAL)
    assert 0 in found
    assert (np.diff(found) > 0).all()


def test_only_the_allowed_are_found(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    allowed = everyone(model)
    allowed[0] = False
    for query in queries:
        assert 0 not in find(query, model, allowed, EQUAL)
        assert find(query, model, ~everyone(model), EQUAL).size == 0


def test_a_space_whose_leg_has_no_weight_is_not_looked_into(
    ready: tuple[Model, list[Query]],
) -> None:
    model, queries = ready
    query = queries[2]
    by_words = find(query, model, everyone(model), {"concepts": 1.0, "content": 0.0})
    by_both = find(query, model, everyone(model), EQUAL)
    # Only one outcome says anything of welds; a content in common has everybody.
    assert by_words.tolist() == [4]
    assert set(by_words) < set(by_both)
    assert find(query, model, everyone(model), {"trl": 1.0}).size == 0


def test_every_leg_scores_every_candidate_from_0_to_1(
    ready: tuple[Model, list[Query]],
) -> None:
    model, queries = ready
    for query in queries:
        candidates = find(query, model, everyone(model), EQUAL)
        legs = score(query, model, candidates, TEXT_LEGS)
        assert set(legs) == set(TEXT_LEGS)
        for scores in legs.values():
            assert scores.shape == candidates.shape
            assert ((scores >= 0) & (scores <= 1)).all()


def test_no_candidates_no_features(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    assert score(queries[0], model, np.zeros(0, np.int64), (*LEGS, *LISTING_FACTS)) == {}


def test_only_what_is_wanted_and_there_is_scored(ready: tuple[Model, list[Query]]) -> None:
    model, queries = ready
    two = np.arange(2)
    assert set(score(queries[0], model, two, ("concepts", "factors"))) == {"concepts"}
    assert set(score(queries[0], model, two, ("trl", "grade"))) == {"trl"}


def test_a_candidate_s_score_does_not_hang_on_who_else_is_scored(
    ready: tuple[Model, list[Query]],
) -> None:
    model, queries = ready
    wanted = (*TEXT_LEGS, *LISTING_FACTS)
    places = np.arange(len(model.candidates))
    for query in queries:
        whole = score(query, model, places, wanted)
        for place in places.tolist():
            alone = score(query, model, np.array([place]), wanted)
            for name, scores in whole.items():
                np.testing.assert_allclose(alone[name], scores[[place]], rtol=1e-6)


@pytest.fixture(scope="module")
def covered() -> tuple[Model, list[Query]]:
    items = [
        Item("both", text="laser cladding"),
        Item("one", text="laser paint"),
        Item("none", text="tea farming"),
    ]
    queries = [Item("q", text="laser cladding"), Item("r", text="laser"), Item("s")]
    fitted = Matcher.fit(items, queries)
    return fitted.model, fitted.queries


def test_concepts_are_the_share_of_the_query_that_is_covered(
    covered: tuple[Model, list[Query]],
) -> None:
    """So a short query that is covered and a long one that is have the same score.

    All texts are of the mean length: in a longer one, a word says less.
    """
    model, (long, short, empty) = covered
    places = np.arange(3)
    found = score(long, model, places, ("concepts",))["concepts"]
    assert found[0] == pytest.approx(1, abs=1e-6)
    assert 0 < found[1] < found[0]
    assert found[2] == 0
    of_short = score(short, model, places, ("concepts",))["concepts"]
    assert of_short[1] == pytest.approx(1, abs=1e-6)
    assert score(empty, model, places, ("concepts",))["concepts"].tolist() == [0, 0, 0]


def test_a_query_s_length_does_not_change_what_a_share_is(
    covered: tuple[Model, list[Query]],
) -> None:
    model, (query, _, _) = covered
    places = np.arange(3)
    tripled = Query(query.item, {**query.vectors, "concepts": query.vectors["concepts"] * 3},
                    query.known)  # fmt: skip
    one, other = (score(each, model, places, TEXT_LEGS) for each in (query, tripled))
    np.testing.assert_allclose(one["concepts"], other["concepts"], rtol=1e-6)


LIKED = [("q1", "a1", 1.0), ("q2", "a1", 1.0), ("q2", "a2", 1.0), ("q3", "a3", 1.0),
         ("q4", "a3", 1.0), ("q4", "a4", 1.0)]  # fmt: skip


@pytest.fixture(scope="module")
def taught() -> tuple[Model, list[Query]]:
    words = ("lithium battery", "cobalt recovery", "tea farming", "bridge paint")
    items = [Item(f"a{place}", text=text) for place, text in enumerate(words, 1)]
    fitted = Matcher.fit(items, [Item(f"q{i}") for i in (1, 2, 3, 4)], interactions=LIKED)
    return fitted.model, fitted.queries


def test_what_was_learned_of_both_is_a_feature_from_0_to_1(
    taught: tuple[Model, list[Query]],
) -> None:
    model, queries = taught
    places = np.arange(4)
    for query in queries:
        found = score(query, model, places, LEGS)
        assert set(found) == set(LEGS)
        assert all(((each >= 0) & (each <= 1)).all() for each in found.values())
    # q1 likes what q2 likes, and nobody else does.
    of_q1 = score(queries[0], model, places, ("factors",))["factors"]
    assert of_q1[1] > of_q1[2]


def test_the_collaborative_score_is_a_likelihood_and_the_factors_a_grade(
    taught: tuple[Model, list[Query]],
) -> None:
    model, queries = taught
    places = np.array([3, 1])
    found = score(queries[1], model, places, ("collaborative", "factors"))
    for leg, shaped in (("collaborative", expit), ("factors", lambda exact: exact.clip(0, 1))):
        rows = model.starts[places]
        exact = model.index.score(f"{leg}.query", queries[1].vectors[leg], rows)[0]
        np.testing.assert_allclose(found[leg], shaped(exact.astype(np.float64)), rtol=1e-6)


def test_candidates_that_only_the_learned_spaces_know_are_found(
    taught: tuple[Model, list[Query]],
) -> None:
    model, queries = taught
    assert find(queries[0], model, everyone(model), {"factors": 1.0}).size > 0


def test_how_a_candidate_fared_is_a_feature_whoever_asks() -> None:
    model = of_feedback().models[Noun.OUTCOME]
    own = model.ties["need"].candidates.uptake
    assert own is not None
    places = np.array([7, 0, 31])
    for number in (0, 5):
        found = score(asked(number), model, places, (UPTAKE,))
        assert set(found) == {UPTAKE}
        np.testing.assert_allclose(found[UPTAKE], own[places], rtol=1e-6)


def test_nothing_is_found_by_how_it_fared() -> None:
    model, query = of_feedback().models[Noun.OUTCOME], asked(0)
    assert query.vectors[UPTAKE].tolist() == [[1.0]]
    assert find(query, model, everyone(model), {UPTAKE: 1.0}).size == 0
    by_words = find(query, model, everyone(model), {"concepts": 0.5})
    both = find(query, model, everyone(model), {"concepts": 0.5, UPTAKE: 0.5})
    assert 0 < len(by_words) < len(model.candidates)
    assert both.tolist() == by_words.tolist()


def test_how_a_candidate_fared_is_nothing_in_common() -> None:
    features = {"concepts": np.array([0.5, 0.0]), UPTAKE: np.array([0.1, 0.9])}
    assert in_common(features, {"concepts": 0.5, UPTAKE: 0.5}).tolist() == [True, False]


def test_facts_alone_are_nothing_in_common() -> None:
    features = {
        "concepts": np.array([0.5, 0.0, 0.0]),
        "factors": np.array([0.0, 0.0, 0.5]),
        "region": np.array([0.0, 1.0, 1.0]),
    }
    weights = {"concepts": 0.4, "factors": 0.1, "region": 0.5}
    assert in_common(features, weights).tolist() == [True, False, True]
    assert in_common(features, {**weights, "factors": 0.0}).tolist() == [True, False, False]
    assert in_common({}, weights).tolist() == []


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


def test_persons_have_features_of_persons_and_of_how_they_stand() -> None:
    people = [
        Item("m1", text="laser", portfolio=("laser cladding",), facts=Facts(capacity=4)),
        Item("m2", text="tea", portfolio=("tea farming",)),
    ]
    fitted = Matcher.fit(people, [Item("n", text="laser")])
    [query], model = fitted.queries, fitted.model
    standing = Standing(tracks={"m1": Track(carrying=3, reached=5)})
    names = {*LISTING_FACTS, *PERSON_FACTS}
    found = score(query, model, np.arange(2), names, standing)
    assert set(found) == set(PERSON_FACTS)
    assert found["room"].tolist() == [0.25, 1.0]
    assert found["success"].tolist() == pytest.approx([0.6, 0.2])
    both = score(query, model, np.arange(2), TEXT_LEGS)
    assert all(((each >= 0) & (each <= 1)).all() for each in both.values())


def test_as_many_are_found_as_are_asked_for() -> None:
    """The recipe takes 400 from each space, which bounds no one who wants more."""
    many = [Item(f"o{i}", text=f"graphene coating x{i % 7}") for i in range(450)]
    fitted = Matcher.fit([*many, Item("z", text="tea")], [Item("n", text="graphene coating")])
    [ranking] = fitted.match(k=440)
    assert len(ranking.matches) == 440
