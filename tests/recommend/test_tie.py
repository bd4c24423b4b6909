"""Ties: who was there at training keeps what was learned, who came later has it by what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.enums import Grade, Noun, TransferMode
from matcher.domain.item import Facts, Item
from matcher.recommend.collaborative import Embedded
from matcher.recommend.factors import Folding
from matcher.recommend.ids import Ids
from matcher.recommend.model import learned_vectors
from matcher.recommend.recipe import COLLABORATIVE, CONCEPTS, FACTORS, UPTAKE, FactorSettings
from matcher.recommend.terms import Terms
from matcher.recommend.tie import TieSide, labels_of
from matcher.recommend.tying import wholes
from matcher.recommend.uptake import UNKNOWN
from tests.recommend.some_learning import taught
from tests.recommend.test_terms import counts

SETTINGS = FactorSettings(2, 1, 2, 1, 1.0, 10.0, 1.0, 48, "for the tests")
TERMS = Terms(np.array([0, 1], np.int32), np.ones(2, np.float32), 48)
FOLDING = Folding(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32))
EMBEDDED = Embedded(
    np.array([[5, 5, 1], [6, 6, 1]], np.float32),
    {"field 01": 0, "region 110000": 1},
    np.array([[1, 0, 0], [0, 2, 0]], np.float32),
    np.array([0, 0, 1], np.float32),
)


def side(embedded: Embedded | None = EMBEDDED) -> TieSide:
    known = np.array([[7, 7], [8, 8]], np.float32)
    return TieSide(Ids.of(["a", "b"]), known, FOLDING, TERMS, embedded)


def test_labels_say_where_a_record_belongs_whose_it_is_and_how_far() -> None:
    facts = Facts(
        field="01", region="110000", organisation="org", trl=6, grade=Grade.SENIOR,
        modes=(TransferMode.LICENSE, TransferMode.TRANSFER),
    )  # fmt: skip
    assert labels_of(Item("a", facts=facts)) == (
        "field 01", "region 110000", "organisation org", "mode license", "trl 6", "grade senior",
    )  # fmt: skip
    people = Facts(fields=("01", "02"), regions=("110000",))
    assert labels_of(Item("m", facts=people)) == ("field 01", "field 02", "region 110000")
    assert labels_of(Item("nothing")) == ()


def test_those_that_were_there_keep_theirs_and_others_have_it_by_terms_and_labels() -> None:
    items = [Item("b"), Item("new"), Item("a")]
    labels = [("field 01",), ("field 01", "region 110000", "trl 9"), ()]
    found = side().vectors(items, counts([[0, 1], [3, 0], [1, 0]]), labels, SETTINGS)
    # The newcomer's one term: (1 + 10·1 + 1) · x = 11, in the first of two dimensions.
    np.testing.assert_allclose(found[FACTORS], [[8, 8], [11 / 12, 0], [7, 7]], rtol=1e-6)
    np.testing.assert_allclose(found[COLLABORATIVE], [[6, 6, 1], [1, 2, 1], [5, 5, 1]])


def test_without_embeddings_there_is_no_such_leg() -> None:
    found = side(None).vectors([Item("new")], counts([[1, 1]]), [()], SETTINGS)
    assert set(found) == {FACTORS}
    assert found[FACTORS].shape == (1, 2)


def test_who_came_later_fares_as_the_mean() -> None:
    fared = replace(side(None), uptake=np.array([0.9, 0.25], np.float32))
    items, none = [Item("b"), Item("new"), Item("a")], counts(np.zeros((3, 2)))
    found = fared.vectors(items, none, [()] * 3, SETTINGS)
    np.testing.assert_allclose(found[UPTAKE], [[0.25], [UNKNOWN], [0.9]])
    assert UPTAKE not in side(None).vectors(items, none, [()] * 3, SETTINGS)


def test_of_nobody_there_are_no_vectors() -> None:
    found = side().vectors([], counts(np.zeros((0, 2))), [], SETTINGS)
    assert (found[FACTORS].shape, found[COLLABORATIVE].shape) == ((0, 2), (0, 3))


def test_one_who_says_nothing_is_zero_beside_what_all_have() -> None:
    found = side().vectors([Item("new")], counts([[0, 0]]), [()], SETTINGS)
    assert not found[FACTORS].any()
    np.testing.assert_array_equal(found[COLLABORATIVE], [EMBEDDED.base])


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED, Noun.MANAGER])
def test_the_vectors_of_a_model_s_own_items_are_those_it_searches(noun: Noun) -> None:
    model = taught().models[noun]
    items = list(model.candidates)
    rows = np.array([model.documents(place)[-1] for place in range(len(items))])
    assert model.ties
    for space, vectors in learned_vectors(model, rows, items).items():
        np.testing.assert_array_equal(vectors, model.index.vectors(space, model.starts))


def test_an_outcome_with_the_words_of_a_known_one_is_near_it() -> None:
    model = taught().models[Noun.OUTCOME]
    tie = model.ties[Noun.NEED.value]
    known = [3, 14, 25]
    strangers = [Item(f"new{place}", text=model.candidates[place].text) for place in known]
    concepts = wholes(model)[known]
    vectors = tie.candidates.vectors(strangers, concepts, [()] * 3, tie.settings)[FACTORS]
    scores = tie.askers.factors @ vectors.T
    for column, place in enumerate(known):
        alike = np.arange(len(scores)) % 10 == place % 10
        assert scores[alike, column].min() > scores[~alike, column].max()


def test_concepts_are_read_of_all_that_a_candidate_says() -> None:
    model = taught().models[Noun.MANAGER]
    assert model.pooled
    found = wholes(model)
    assert found.shape[0] == len(model.candidates)
    last = model.index.vectors(CONCEPTS, np.array([model.documents(5)[-1]]))
    np.testing.assert_array_equal(found[[5]].toarray(), last.toarray())
