"""Tying: what feedback says of two nouns gets into the models of both, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.errors import InvalidValue, TrainingDiverged
from matcher.recommend import tying
from matcher.recommend.collections import Collections
from matcher.recommend.factors import Factors, Matrix
from matcher.recommend.feedback import Feedback, no_feedback
from matcher.recommend.model import space_of
from matcher.recommend.recipe import COLLABORATIVE, FACTORS, UPTAKE
from matcher.recommend.tying import NOUNS_ASKING, tied
from matcher.recommend.uptake import UNKNOWN, uptakes
from tests.recommend.some_learning import (
    COUNT,
    DAY,
    PEOPLE,
    feedback,
    proposed,
    same_subject,
    taught,
    untaught,
)

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER


def tie(known: Feedback, collections: Collections | None = None) -> Collections:
    shown = known.impressions
    return tied(collections or untaught(), known, 1.0 / shown.positions, lambda _: None)


def scores(collections: Collections, left: Noun, right: Noun) -> np.ndarray:
    """By the factors: lefts × rights."""
    found = collections.models[right].ties[left.value]
    return found.askers.factors @ found.candidates.factors.T


def test_what_went_together_scores_high_and_what_was_declined_low() -> None:
    rows = [(n, o, -1, DAY, 1.0, -1) for n in range(4) for o in range(4) if (n, o) != (3, 3)]
    plain = scores(tie(feedback(rows)), NEED, OUTCOME)
    declined = scores(tie(feedback([*rows, (3, 3, -1, DAY, -1.0, -1)])), NEED, OUTCOME)
    told = np.array([[(n, o) != (3, 3) for o in range(4)] for n in range(4)])
    assert plain[:4, :4][told].min() > plain[4:, 4:].max()
    assert declined[3, 3] < plain[3, 3]


def test_a_relation_that_nobody_judged_has_no_tie() -> None:
    found = tie(feedback([(1, 2, -1, DAY, 1.0, -1)]))
    assert set(found.models[OUTCOME].ties) == {"need"}
    assert set(found.models[NEED].ties) == {"outcome"}
    assert not found.models[MANAGER].ties


def test_all_three_relations_are_learned_and_each_noun_knows_who_asks() -> None:
    for noun, askers in NOUNS_ASKING.items():
        model = taught().models[noun]
        assert set(model.ties) == {asker.value for asker in askers}
        for asker in askers:
            for leg in (FACTORS, COLLABORATIVE):
                vectors = model.index.vectors(space_of(leg, asker.value), model.starts)
                assert vectors.shape[0] == len(model.candidates)
                assert vectors.any()


def test_each_tie_holds_how_its_records_fared() -> None:
    """Whoever asks for it, and as far as it is in the model."""
    known = proposed(10, same_subject)
    known = replace(known, ids={**known.ids, OUTCOME: ("gone", *known.ids[OUTCOME][1:])})
    found, examined = tie(known), 1.0 / known.impressions.positions
    for noun, askers in NOUNS_ASKING.items():
        expected = uptakes(known, noun, examined).astype(np.float32)
        if noun is OUTCOME:
            expected[0] = UNKNOWN
        assert len(set(expected.tolist())) > 3
        model = found.models[noun]
        for asker in askers:
            vectors = model.index.vectors(space_of(UPTAKE, asker.value), model.starts)
            np.testing.assert_array_equal(vectors[:, 0], expected)
            np.testing.assert_array_equal(model.ties[asker.value].candidates.uptake, expected)
            np.testing.assert_array_equal(
                found.models[asker].ties[noun.value].askers.uptake, expected
            )


def test_both_models_of_a_relation_hold_the_same() -> None:
    one = taught().models[OUTCOME].ties["need"]
    other = taught().models[NEED].ties["outcome"]
    assert one.askers is other.candidates
    assert one.candidates is other.askers


def test_the_texts_part_stays_as_it_is() -> None:
    before, after = untaught().models[OUTCOME], taught().models[OUTCOME]
    assert before.text is after.text
    assert before.ties == {}
    for name, space in before.index.spaces.items():
        assert after.index.spaces[name] is space


@pytest.mark.parametrize("known", [
    no_feedback(),
    feedback([(1, 2, 3, DAY, -1.0, -1), (2, 3, 4, DAY, -0.5, -1)]),
    feedback([(1, 2, 3, DAY, 0.0, -1)]),
    feedback(lists=[[(0, 1, 2), (3, 4, 2)]]),
])  # fmt: skip
def test_without_a_good_sign_nothing_is_tied(known: Feedback) -> None:
    found = tie(known)
    for noun, model in untaught().models.items():
        assert found.models[noun] is model


@pytest.mark.parametrize("rows", [
    [(0, 0, 0, DAY, 1.0, -1)],
    [(0, outcome, 0, DAY, 1.0, -1) for outcome in range(COUNT)],
    [(need, 0, 0, DAY, 1.0, -1) for need in range(COUNT)],
    [(0, 0, manager, DAY, 1.0, -1) for manager in range(PEOPLE)],
])  # fmt: skip
def test_one_need_one_outcome_or_one_manager_is_learned_from(
    rows: list[tuple[int, int, int, int, float, int]],
) -> None:
    found = tie(feedback(rows))
    for left, right in ((NEED, OUTCOME), (MANAGER, OUTCOME), (MANAGER, NEED)):
        known = scores(found, left, right)
        assert np.isfinite(known).all()
        assert known[0, 0] == pytest.approx(known.max(), abs=0.15)


def test_records_that_are_in_no_model_are_passed_over() -> None:
    """Such as those that were deleted: what is left is learned as without them."""
    known = proposed(10, same_subject)
    ids = {noun: (*own, "deleted") for noun, own in known.ids.items()}
    judged = known.judgements
    more = replace(
        judged,
        needs=np.append(judged.needs, [0, COUNT]).astype(np.int32),
        outcomes=np.append(judged.outcomes, [COUNT, 1]).astype(np.int32),
        managers=np.append(judged.managers, [PEOPLE, 0]).astype(np.int32),
        days=np.append(judged.days, [DAY, DAY]).astype(np.int32),
        grades=np.append(judged.grades, [1, 1]).astype(np.float32),
        reasons=np.append(judged.reasons, [-1, -1]).astype(np.int8),
    )
    found = tie(replace(known, ids=ids, judgements=more))
    assert scores(found, NEED, OUTCOME).shape == (COUNT, COUNT)
    np.testing.assert_array_equal(scores(found, NEED, OUTCOME), scores(tie(known), NEED, OUTCOME))


def test_a_grade_that_is_no_number_says_nothing() -> None:
    rows = [(1, 2, 3, DAY, 1.0, -1), (4, 5, 6, DAY, 0.5, -1)]
    bad = tie(feedback([*rows, (2, 2, 2, DAY, float("nan"), -1)]))
    np.testing.assert_array_equal(
        scores(bad, NEED, OUTCOME), scores(tie(feedback(rows)), NEED, OUTCOME)
    )


def test_a_second_tying_of_the_same_collections_is_refused() -> None:
    with pytest.raises(InvalidValue, match="names"):
        tie(proposed(5, same_subject), taught())


def test_where_the_embeddings_come_to_no_numbers_nothing_is_kept() -> None:
    collections = untaught()
    recipe = collections.recipe
    absurd = replace(recipe, collaborative=replace(recipe.collaborative, learning_rate=1e38))
    with pytest.raises(TrainingDiverged):
        tie(proposed(10, same_subject), replace(collections, recipe=absurd))
    assert all(not model.ties for model in collections.models.values())


def test_each_relation_is_announced() -> None:
    said: list[str] = []
    known = feedback([(1, 2, 3, DAY, 1.0, -1)])
    tied(untaught(), known, np.zeros(0), said.append)
    assert said == [
        "Factors of needs and outcomes",
        "Factors of managers and outcomes",
        "Factors of managers and needs",
    ]


def test_ties_go_on_from_those_of_less_feedback(monkeypatch: pytest.MonkeyPatch) -> None:
    """What both relations of a need have is handed on; where there was no tie, nothing is."""
    known = proposed(10, same_subject)
    before = tie(feedback([(1, 2, -1, DAY, 1.0, -1)]))
    started: dict[tuple[int, int], bool] = {}
    fit = tying.fit_factors

    def fitted(grades: Matrix, *others: Any) -> Factors:
        started[grades.shape] = others[-1] is not None
        return fit(grades, *others)

    monkeypatch.setattr(tying, "fit_factors", fitted)
    examined = 1.0 / known.impressions.positions
    tied(untaught(), known, examined, lambda _: None, before=before)
    # Managers with outcomes and with needs: as many outcomes as needs.
    assert started == {(COUNT, COUNT): True, (PEOPLE, COUNT): False}
