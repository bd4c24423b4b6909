"""A file of what goes together: weighed on pairs held out of it, or else as the recipe has it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend import known as known_module
from matcher.recommend.corpus import Side, learn
from matcher.recommend.known import ASKER, LEAST_KNOWN, profiles, taught
from matcher.recommend.model import Model, Query, model_of, space_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS, CONTENT, FACTORS, LEGS
from matcher.recommend.rules import Request, Rules
from tests.recommend.some_learning import SUBJECTS, small_recipe

QUERIES, CANDIDATES = 60, 40


def candidate(number: int) -> Item:
    return Item(f"c{number}", text=f"{SUBJECTS[number % 10]} variant{number % 7}")


def query(number: int, text: bool = True) -> Item:
    return Item(f"q{number}", text=SUBJECTS[number % 10] if text else "")


@cache
def fitted(text: bool = True) -> tuple[Model, list[Item], Side]:
    items = [query(number, text) for number in range(QUERIES)]
    candidates = [candidate(number) for number in range(CANDIDATES)]
    model, side, asked = learn(candidates, items, None)
    return model_of(candidates, model, side, small_recipe(), side.pooled), items, asked


def teach(known: np.ndarray, text: bool = True, seed: int = 0) -> tuple[Model, list[Query]]:
    model, items, asked = fitted(text)
    matrix = sparse.csr_array(np.asarray(known, np.float32))
    return taught(model, items, asked, matrix, lambda _: None, seed)


def told(share: float, seed: int = 0) -> np.ndarray:
    """Pairs of one subject, of which so many are known."""
    alike = np.arange(QUERIES)[:, None] % 10 == np.arange(CANDIDATES) % 10
    return alike & (np.random.default_rng(seed).random(alike.shape) < share)


def crossed() -> np.ndarray:
    """Who goes with what has nothing to do with what they say."""
    group = np.arange(CANDIDATES) // 10
    return np.arange(QUERIES)[:, None] % 4 == group


def weights(model: Model) -> dict[str, float]:
    return dict(model.learned[ASKER].weights)


def matches(model: Model, asking: Query, keep_known: bool = True) -> list[str]:
    request = Request(k=CANDIDATES, keep_known=keep_known)
    ranking = recommend(asking, model, Rules(model.candidates, request), request, explain=False)
    return [match.candidate_id for match in ranking.matches]


def with_usual(usual: dict[str, float]) -> Model:
    """The model with other weights from before anything is learned."""
    model, _, _ = fitted()
    return replace(model, recipe=replace(model.recipe, interactions=usual))


def test_where_texts_say_nothing_what_is_known_counts() -> None:
    _, items, asked = fitted()
    usual = {CONCEPTS: 0.85, CONTENT: 0.05, FACTORS: 0.05, COLLABORATIVE: 0.05}
    known = sparse.csr_array(crossed().astype(np.float32))
    model, _ = taught(with_usual(usual), items, asked, known, lambda _: None, 0)
    assert weights(model)[FACTORS] + weights(model)[COLLABORATIVE] > 3 * 0.1


def test_where_other_weights_would_be_no_better_the_usual_ones_stay() -> None:
    model, _ = teach(told(0.75))
    assert weights(model) == pytest.approx(dict(small_recipe().interactions))


def test_the_weights_sum_to_1_and_their_trust_grows_with_what_was_held_out() -> None:
    few, many = (teach(told(share))[0].learned[ASKER] for share in (0.55, 0.95))
    for learned in (few, many):
        assert set(learned.weights) == set(LEGS)
        assert sum(learned.weights.values()) == pytest.approx(1)
        strength = small_recipe().ranker.strength
        assert learned.trust == pytest.approx(learned.labels / (learned.labels + strength))
        assert learned.calibration is None
    assert 0 < few.trust < many.trust < 1


def test_queries_of_which_too_little_is_known_leave_the_weights_of_the_recipe() -> None:
    known = np.zeros((QUERIES, CANDIDATES))
    known[:, : LEAST_KNOWN - 1] = 1
    model, queries = teach(known)
    assert weights(model) == dict(small_recipe().interactions)
    assert model.learned[ASKER].trust == 0
    assert matches(model, queries[0])[:2] == ["c0", "c1"]


@pytest.mark.parametrize("known", [
    np.eye(QUERIES, CANDIDATES),
    np.eye(1, CANDIDATES).repeat(QUERIES, axis=0),
    np.vstack([np.ones((1, CANDIDATES)), np.zeros((QUERIES - 1, CANDIDATES))]),
    np.vstack([np.eye(1, CANDIDATES), np.zeros((QUERIES - 1, CANDIDATES))]),
])  # fmt: skip
def test_one_pair_one_query_and_one_candidate_are_learned_from(known: np.ndarray) -> None:
    model, queries = teach(known)
    for asking in queries[:3]:
        request = Request(k=CANDIDATES, keep_known=True)
        ranking = recommend(asking, model, Rules(model.candidates, request), request)
        assert all(0 < match.score <= 1 for match in ranking.matches)
    assert "c0" in matches(model, queries[0])


@pytest.mark.parametrize("weight", [1e-6, 1.0, 7.0, 1e6])
def test_weights_that_are_all_equal_are_as_ones(weight: float) -> None:
    one, other = teach(told(0.75)), teach(told(0.75) * weight)
    assert weights(one[0]) == weights(other[0])
    for mine, theirs in zip(one[1], other[1], strict=True):
        for leg in LEGS:
            np.testing.assert_array_equal(_dense(mine, leg), _dense(theirs, leg))


def _dense(asking: Query, leg: str) -> np.ndarray:
    vector = asking.vectors[leg]
    return vector.toarray() if sparse.issparse(vector) else np.asarray(vector)


@pytest.mark.parametrize("unit", [1e-3, 1e3])
def test_the_unit_of_the_weights_matters_little(unit: float) -> None:
    known = told(0.75) * (1.0 + np.arange(CANDIDATES) % 5)
    one, other = weights(teach(known)[0]), weights(teach(known * unit)[0])
    assert one == pytest.approx(other, abs=0.05)


def test_a_higher_weight_is_a_stronger_sign() -> None:
    """Query 0 goes with candidate 0 by much and with candidate 1 by little, and so do its like."""
    known = np.zeros((QUERIES, CANDIDATES))
    known[:20, 0], known[:20, 1] = 100.0, 1.0
    model, queries = teach(known)
    vectors = model.index.vectors(space_of(FACTORS, ASKER), model.starts[:2])
    scores = _dense(queries[0], FACTORS) @ vectors.T
    assert scores[0, 0] > scores[0, 1]


def test_known_pairs_are_remembered_and_not_proposed_again() -> None:
    model, queries = teach(told(0.75))
    for row in (0, 13):
        own = np.flatnonzero(told(0.75)[row])
        assert queries[row].known.tolist() == own.tolist()
        assert not {f"c{place}" for place in own} & set(matches(model, queries[row], False))


def test_the_same_file_gives_the_same_bits() -> None:
    one, other = teach(told(0.75)), teach(told(0.75))
    assert weights(one[0]) == weights(other[0])
    for leg in (FACTORS, COLLABORATIVE):
        space = space_of(leg, ASKER)
        vectors = [each.index.vectors(space, each.starts) for each, _ in (one, other)]
        assert vectors[0].tobytes() == vectors[1].tobytes()
        assert all(
            mine.vectors[leg].tobytes() == theirs.vectors[leg].tobytes()
            for mine, theirs in zip(one[1], other[1], strict=True)
        )


def test_a_query_without_text_asks_by_the_mean_of_what_it_goes_with() -> None:
    model, queries = teach(told(0.75), text=False)
    row = int(np.flatnonzero(told(0.75).sum(axis=1) > 1)[0])
    places = queries[row].known
    content = model.index.vectors(CONTENT, model.starts[places])
    np.testing.assert_allclose(_dense(queries[row], CONTENT)[0], content.mean(axis=0), atol=1e-5)
    concepts = model.index.vectors(CONCEPTS, model.starts[places]).toarray()
    np.testing.assert_allclose(
        _dense(queries[row], CONCEPTS)[0],
        concepts.mean(axis=0) * model.text.weights.weights,
        atol=1e-5,
    )
    assert int(matches(model, queries[row])[0][1:]) % 10 == row % 10


def test_embeddings_that_would_count_for_nothing_are_not_learned() -> None:
    model, items, asked = fitted()
    recipe = small_recipe()
    interactions = {**recipe.interactions, FACTORS: 0.8, COLLABORATIVE: 0.0}
    recipe = replace(recipe, interactions=interactions)
    known = sparse.csr_array(np.eye(QUERIES, CANDIDATES, dtype=np.float32))
    found, queries = taught(replace(model, recipe=recipe), items, asked, known, lambda _: None)
    assert space_of(COLLABORATIVE, ASKER) not in found.index.spaces
    assert found.ties[ASKER].candidates.embedded is None
    assert COLLABORATIVE not in queries[0].vectors


def test_a_profile_is_the_weighted_mean_of_the_documents() -> None:
    liked = sparse.csr_array(np.array([[3, 1], [0, 0]], np.float32))
    documents = sparse.csr_array(np.array([[1, 0], [0, 2]], np.float32))
    found = profiles(liked, documents).toarray()
    np.testing.assert_allclose(found, [[0.75, 0.5], [0, 0]])


def test_each_longer_step_is_announced() -> None:
    model, items, asked = fitted()
    said: list[str] = []
    taught(model, items, asked, sparse.csr_array(told(0.75), dtype=np.float32), said.append)
    assert said == [
        "Weighing texts and interactions on pairs held out",
        "Learning from all interactions",
    ]


def test_the_dimension_is_taken_under_which_held_out_pairs_rank_higher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whichever of the tried ones that is: its gain is at least that of each by itself."""
    gains: dict[int, float] = {}
    weighed = known_module._weighed

    def noted(model: Model, *others: Any) -> Any:
        found = weighed(model, *others)
        gains[model.recipe.factors.file_dimension] = found.gain
        return found

    monkeypatch.setattr(known_module, "_weighed", noted)
    model, _ = teach(crossed())
    whole = small_recipe().factors.file_dimension
    assert set(gains) == {whole, whole // 4, whole // 8}
    chosen = model.recipe.factors.file_dimension
    assert gains[chosen] == max(gains.values())
    assert model.ties[ASKER].candidates.factors.shape[1] == chosen
