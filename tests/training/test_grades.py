"""Grades: the better it went, the higher; a decline counts by its reason and what came before."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason as Reason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import CHAIN, OPEN
from training.grades import MOST_FROM_ELSEWHERE, REACHED, grade, grades, grades_of_weights

STATES, REASONS = list(State), list(Reason)
SIGNED = CHAIN.index(State.CONTRACT_SIGNED)


def test_every_step_forward_is_worth_more_up_to_the_contract_and_none_beyond() -> None:
    values = [REACHED[state] for state in CHAIN]
    assert values[0] == 0
    assert all(before < after for before, after in pairwise(values[: SIGNED + 1]))
    assert set(values[SIGNED:]) == {1.0}


@pytest.mark.parametrize(
    ("state", "furthest", "reason", "wanted"),
    [
        (State.SUGGESTED, State.SUGGESTED, None, 0),
        (State.SUGGESTED, State.ACCEPTED, None, 0),  # taken up and put back
        (State.ACCEPTED, State.ACCEPTED, None, 0.3),
        (State.CLOSED, State.CLOSED, None, 1),
        (State.ACCEPTED, State.NEGOTIATING, None, 0.9),  # reopened
        (State.ON_HOLD, State.CONTACTED, None, 0.4),
        (State.EXPIRED, State.NDA_SIGNED, None, 0.35),
        (State.WITHDRAWN, State.ACCEPTED, None, 0.15),
        (State.DUPLICATE, State.NEGOTIATING, None, 0),
        (State.DECLINED, State.SUGGESTED, Reason.TOO_EARLY, -0.5),
        (State.DECLINED, State.CONTACTED, Reason.SCIENTIFIC_OBJECTION, -1),
        (State.DECLINED, State.ACCEPTED, Reason.NO_CAPACITY, 0),
        (State.DECLINED, State.MUTUAL_INTEREST, Reason.PRICE, 0.05),
        (State.DECLINED, State.NEGOTIATING, Reason.PRICE, 0.2),
        (State.DECLINED, State.TECHNICAL_EXCHANGE, Reason.SCIENTIFIC_OBJECTION, -0.1),
        (State.DECLINED, State.NEGOTIATING, Reason.NO_CAPACITY, 0.45),
        (State.DECLINED, State.ACCEPTED, None, 0),
    ],
)
def test_a_grade_by_hand(
    state: State, furthest: State, reason: Reason | None, wanted: float
) -> None:
    assert grade(state, furthest, reason) == pytest.approx(wanted)


@given(st.sampled_from(STATES), st.sampled_from(CHAIN), st.sampled_from([None, *REASONS]))
def test_a_grade_lies_between_minus_one_and_what_was_reached(
    state: State, furthest: State, reason: Reason | None
) -> None:
    assert -1 <= grade(state, furthest, reason) <= REACHED[furthest]


@given(st.sampled_from(OPEN), st.sampled_from(REASONS))
def test_no_decline_is_a_better_sign_than_going_on(furthest: State, reason: Reason) -> None:
    assert grade(State.DECLINED, furthest, reason) <= grade(furthest, furthest)


@pytest.mark.parametrize("state", CHAIN)
def test_the_table_of_the_documentation_is_that_of_the_code(state: State) -> None:
    page = (Path(__file__).parents[2] / "docs" / "feedback.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if re.match(rf"\|[^|]*`{state.value}`", line))
    assert row.endswith(f" | {REACHED[state]:g} |".replace("0.", "."))


rows = st.tuples(st.sampled_from(STATES), st.sampled_from(CHAIN), st.sampled_from([None, *REASONS]))


@given(st.lists(rows))
def test_arrays_have_the_grades_of_their_rows(several: list[tuple[State, State, Reason]]) -> None:
    states = np.array([STATES.index(state) for state, _, _ in several], np.int8)
    furthest = np.array([STATES.index(far) for _, far, _ in several], np.int8)
    reasons = np.array([REASONS.index(why) if why else -1 for _, _, why in several], np.int8)
    found = grades(states, furthest, reasons)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [grade(*row) for row in several], rtol=1e-6)


def test_the_median_weight_is_worth_half_of_what_a_weight_can_be_worth() -> None:
    found = grades_of_weights(np.array([0, 1, 2, 2, 6.0]))
    np.testing.assert_allclose(found, [0, 0.2, 0.3, 0.3, 0.45], rtol=1e-6)


weights = st.lists(st.just(0.0) | st.floats(1e-3, 1e6), max_size=9).map(np.array)


@given(weights.map(lambda each: each.astype(np.float64)))
def test_weights_keep_their_order_and_stay_below_mutual_interest(found: np.ndarray) -> None:
    order = np.argsort(found, kind="stable")
    worth = grades_of_weights(found)
    assert (np.diff(worth[order]) >= 0).all()
    assert ((worth > 0) == (found > 0)).all()
    assert (worth <= np.float32(MOST_FROM_ELSEWHERE)).all()


@given(weights.map(lambda each: each.astype(np.float64)), st.integers(-9, 9))
def test_the_unit_of_the_weights_does_not_matter(found: np.ndarray, power: int) -> None:
    np.testing.assert_array_equal(grades_of_weights(found * 2.0**power), grades_of_weights(found))
