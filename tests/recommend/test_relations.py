"""Relations: how far a pair went, who turned it down, and what was seen and left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason as Reason
from matcher.domain.enums import Noun
from matcher.recommend.feedback import (
    NOBODY,
    Feedback,
    Impressions,
    Judgements,
    no_feedback,
)
from matcher.recommend.relations import (
    DECLINED,
    WEAK,
    WEAKEST,
    Relation,
    Signals,
    grades_of,
    signals,
)

NEED_OUTCOME, MANAGER_OUTCOME, MANAGER_NEED = Relation
IDS = {Noun.NEED: ("n0", "n1"), Noun.OUTCOME: ("o0", "o1", "o2"), Noun.MANAGER: ("m0", "m1")}
REASONS = list(Reason)
Judged = tuple[int, int, int, int, float, int]
Seen = tuple[int, int, int, int]


def judgements(*rows: Judged) -> Judgements:
    """Rows of need, outcome, manager, day, grade, reason."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    types = [np.int32] * 4 + [np.float32, np.int8]
    found = [np.array(each, type_) for each, type_ in zip(columns, types, strict=True)]
    return Judgements(*found, first_days=found[3])


def impressions(*rows: Seen) -> Impressions:
    """Rows of need, outcome, manager, position."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    needs, outcomes, managers, positions = (np.array(each, np.int32) for each in columns)
    count = len(needs)
    return Impressions(
        needs,
        outcomes,
        managers,
        np.full(count, 9, np.int32),
        np.zeros(count, np.int64),
        positions,
        np.ones(count),
        np.zeros(count, bool),
        np.zeros(count, np.float32),
    )


def feedback(judged: list[Judged], seen: list[Seen] | None = None) -> Feedback:
    return Feedback(IDS, judgements(*judged), impressions(*(seen or [])))


def told(found: Signals) -> tuple[list[list[float]], ...]:
    matrices = (found.positives, found.negatives, found.weak)
    return tuple(each.toarray().round(4).tolist() for each in matrices)


NOTHING = [[0.0] * 3] * 2


def test_a_relation_has_a_noun_on_either_side() -> None:
    sides = [(relation.left, relation.right) for relation in Relation]
    assert sides == [
        (Noun.NEED, Noun.OUTCOME),
        (Noun.MANAGER, Noun.OUTCOME),
        (Noun.MANAGER, Noun.NEED),
    ]


def test_one_follow_up_is_a_sign_for_each_two_of_its_parties() -> None:
    known = feedback([(1, 2, 0, 5, 0.5, -1)])
    found = [signals(known, relation) for relation in Relation]
    assert [(each.left_ids, each.right_ids) for each in found] == [
        (IDS[Noun.NEED], IDS[Noun.OUTCOME]),
        (IDS[Noun.MANAGER], IDS[Noun.OUTCOME]),
        (IDS[Noun.MANAGER], IDS[Noun.NEED]),
    ]
    assert told(found[0])[0] == [[0, 0, 0], [0, 0, 0.5]]
    assert told(found[1])[0] == [[0, 0, 0.5], [0, 0, 0]]
    assert told(found[2])[0] == [[0, 0.5], [0, 0]]
    assert all(each.positives.dtype == np.float32 for each in found)


def test_signs_add_up_to_one_at_most() -> None:
    known = feedback([(0, 0, 0, 1, 0.25, -1), (0, 0, 1, 2, 0.5, -1), (0, 1, 0, 3, 1, -1)] * 1)
    assert told(signals(known, NEED_OUTCOME)) == ([[0.75, 1, 0], [0, 0, 0]], NOTHING, NOTHING)
    assert told(signals(known, MANAGER_NEED))[0] == [[1, 0], [0.5, 0]]


@pytest.mark.parametrize(
    ("days", "positive", "negative"), [((1, 2), 0, 0.5), ((2, 1), 0.25, 0), ((3, 3), 0.25, 0)]
)
def test_a_pair_with_good_and_bad_signs_has_the_sign_of_the_latest(
    days: tuple[int, int], positive: float, negative: float
) -> None:
    no = REASONS.index(Reason.PRICE)
    known = feedback([(0, 1, 0, days[0], 0.25, -1), (0, 1, 1, days[1], -0.5, no)])
    found = signals(known, NEED_OUTCOME)
    assert told(found)[:2] == (
        [[0, positive, 0], [0, 0, 0]],
        [[0, negative, 0], [0, 0, 0]],
    )


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("relation", list(Relation))
def test_a_decline_counts_for_a_relation_as_the_table_says(
    reason: Reason, relation: Relation
) -> None:
    pair, *_ = DECLINED[reason]
    found = signals(feedback([(0, 0, 0, 1, pair, REASONS.index(reason))]), relation)
    wanted = DECLINED[reason][list(Relation).index(relation)]
    assert found.negatives.toarray()[0, 0] == np.float32(-wanted)
    assert found.positives.nnz == 0


def test_a_full_desk_says_nothing_of_need_and_outcome_and_something_of_the_manager() -> None:
    known = feedback([(0, 0, 0, 1, 0, REASONS.index(Reason.NO_CAPACITY))])
    assert signals(known, NEED_OUTCOME).negatives.nnz == 0
    assert signals(known, MANAGER_OUTCOME).negatives.nnz == 1
    assert signals(known, MANAGER_NEED).negatives.nnz == 1


def test_what_was_declined_late_is_a_good_sign_for_all_three_where_it_is_one_for_the_pair() -> None:
    judged = judgements((0, 0, 0, 1, 0.2, REASONS.index(Reason.OTHER)))
    for relation in Relation:
        np.testing.assert_allclose(grades_of(judged, relation), [0.2], rtol=1e-6)


def test_what_was_softened_for_the_pair_is_softened_for_the_pair_alone() -> None:
    judged = judgements((0, 0, 0, 1, -0.1, REASONS.index(Reason.SCIENTIFIC_OBJECTION)))
    np.testing.assert_allclose(grades_of(judged, NEED_OUTCOME), [-0.1], rtol=1e-6)
    np.testing.assert_allclose(grades_of(judged, MANAGER_OUTCOME), [-0.3])


def test_what_was_looked_at_and_left_alone_is_a_weak_sign_by_its_place() -> None:
    known = feedback([], [(0, 0, 0, 1), (0, 1, 0, 2), (0, 1, 1, 4)])
    weak = [[WEAK, WEAK * 0.75, 0], [0, 0, 0]]
    np.testing.assert_allclose(signals(known, NEED_OUTCOME).weak.toarray(), weak, rtol=1e-6)
    shares = [[WEAK * 1.5, 0], [WEAK * 0.25, 0]]
    np.testing.assert_allclose(signals(known, MANAGER_NEED).weak.toarray(), shares, rtol=1e-6)


def test_how_surely_a_row_was_looked_at_may_be_told() -> None:
    known = feedback([], [(0, 0, 0, 1), (0, 1, 0, 2), (0, 2, 0, 3)])
    found = signals(known, NEED_OUTCOME, np.array([1, 0.5, 0]))
    np.testing.assert_allclose(found.weak.toarray()[0], [WEAK, WEAK / 2, 0], rtol=1e-6)
    assert found.weak.nnz == 2


def test_many_looks_are_no_stronger_than_the_mildest_decline_of_a_pair() -> None:
    found = signals(feedback([], [(0, 0, 0, 1)] * 100), NEED_OUTCOME)
    assert found.weak.toarray()[0, 0] == np.float32(WEAKEST)
    blamed = [-pair for pair, *_ in DECLINED.values() if pair]
    assert min(blamed) >= WEAKEST


def test_what_was_judged_was_not_left_alone_even_where_the_judgement_says_nothing() -> None:
    no = REASONS.index(Reason.ALREADY_IN_CONTACT)
    known = feedback([(0, 0, 0, 1, 0, no)], [(0, 0, 0, 1), (0, 1, 0, 2)])
    assert signals(known, NEED_OUTCOME).weak.nonzero()[1].tolist() == [1]


def test_rows_without_one_of_the_two_parties_say_nothing_of_them() -> None:
    known = feedback([(0, 0, NOBODY, 1, 1, -1), (NOBODY, 1, 1, 1, 1, -1)], [(0, 2, NOBODY, 1)])
    assert signals(known, NEED_OUTCOME).positives.nnz == 1
    assert signals(known, NEED_OUTCOME).weak.nnz == 1
    assert signals(known, MANAGER_OUTCOME).positives.toarray().tolist() == [[0, 0, 0], [0, 1, 0]]
    assert signals(known, MANAGER_OUTCOME).weak.nnz == 0
    assert signals(known, MANAGER_NEED).positives.nnz == 0


@pytest.mark.parametrize("relation", list(Relation))
def test_no_feedback_is_matrices_of_nothing(relation: Relation) -> None:
    found = signals(no_feedback(), relation)
    for each in (found.positives, found.negatives, found.weak):
        assert each.shape == (0, 0)
        assert each.nnz == 0


def test_declines_alone_are_negatives_alone() -> None:
    no = REASONS.index(Reason.TOO_EARLY)
    found = signals(feedback([(0, n, 0, n, -0.5, no) for n in range(3)]), NEED_OUTCOME)
    assert told(found) == (NOTHING, [[0.5] * 3, [0.0] * 3], NOTHING)


@pytest.mark.parametrize("reason", list(Reason))
def test_the_table_of_the_documentation_is_that_of_the_code(reason: Reason) -> None:
    page = (Path(__file__).parents[2] / "docs" / "feedback.md").read_text(encoding="utf-8")
    cells = " | ".join(f"{grade:g}".replace("0.", ".") for grade in DECLINED[reason])
    assert f"\n| `{reason.value}` | {cells} |" in page


some_reason = st.integers(-1, len(Reason) - 1)
some_day = st.integers(1, 4)
some_parties = st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(NOBODY, 1))
some_judged = st.tuples(some_day, st.floats(-1, 1, width=32), some_reason)
several = st.lists(st.tuples(some_parties, some_judged).map(lambda each: (*each[0], *each[1])))
looked = st.lists(st.tuples(some_parties, st.integers(1, 30)).map(lambda each: (*each[0], each[1])))


@given(several, looked, st.sampled_from(Relation))
def test_a_pair_is_good_bad_or_weak_and_every_value_is_a_share(
    judged: list[Judged], seen: list[Seen], relation: Relation
) -> None:
    found = signals(feedback(judged, seen), relation)
    matrices = [each.toarray() for each in (found.positives, found.negatives, found.weak)]
    assert (sum((each > 0).astype(int) for each in matrices) <= 1).all()
    assert all((each >= 0).all() and (each <= 1).all() for each in matrices)
    assert (matrices[2] <= np.float32(WEAKEST)).all()
    shape = len(IDS[relation.left]), len(IDS[relation.right])
    assert all(each.shape == shape for each in matrices)


@given(several, looked, st.sampled_from(Relation), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    judged: list[Judged], seen: list[Seen], relation: Relation, random: np.random.Generator
) -> None:
    found = signals(feedback(judged, seen), relation)
    random.shuffle(judged)
    random.shuffle(seen)
    again = signals(feedback(judged, seen), relation)
    for name in ("positives", "negatives", "weak"):
        one, other = getattr(found, name).toarray(), getattr(again, name).toarray()
        np.testing.assert_allclose(one, other, atol=1e-6)


@given(several, st.sampled_from(Relation))
def test_a_success_on_a_later_day_makes_any_pair_a_good_one(
    judged: list[Judged], relation: Relation
) -> None:
    found = signals(feedback([*judged, (0, 0, 0, 99, 1.0, -1)]), relation)
    assert found.positives.toarray()[0, 0] == 1
