"""What declines teach: the table, and weights that learn a region without unlearning texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason
from matcher.errors import InvalidValue
from matcher.recommend.decline_lessons import ALL, LESSONS, Lessons, lessons
from matcher.recommend.ranker import Lists, fit_ranker

FEATURES = ("concepts", "content", "region")
PRIOR = np.full(3, 1 / 3)
REASONS = list(DeclineReason)


def of(grade: float, reason: DeclineReason | None, features: tuple[str, ...]) -> Lessons:
    place = -1 if reason is None else REASONS.index(reason)
    return lessons(np.array([grade], np.float32), np.array([place], np.int8), features)


def taught(grade: float, reason: DeclineReason | None) -> tuple[float, float, int]:
    found = of(grade, reason, FEATURES)
    return float(found.gains[0]), float(found.says[0]), int(found.focus[0])


def test_every_reason_has_a_lesson() -> None:
    assert set(LESSONS) == set(DeclineReason)


@pytest.mark.parametrize(
    ("reason", "feature"),
    [
        (DeclineReason.TOO_EARLY, "trl"),
        (DeclineReason.REGION, "region"),
        (DeclineReason.PRICE, "price"),
        (DeclineReason.STALE_LISTING, "fresh"),
        (DeclineReason.DESCRIPTION_UNCLEAR, "detail"),
    ],
)
def test_a_reason_names_its_feature(reason: DeclineReason, feature: str) -> None:
    found = of(-0.5, reason, ("concepts", feature))
    assert found.focus.tolist() == [1]
    assert found.says.tolist() == [1.0]


@pytest.mark.parametrize(
    ("grade", "reason", "expected"),
    [
        (-1.0, DeclineReason.SCIENTIFIC_OBJECTION, (-1.0, 1.0, ALL)),
        (-0.5, DeclineReason.REGION, (-0.5, 1.0, 2)),
        (-0.5, DeclineReason.NO_CAPACITY, (0.0, 0.0, ALL)),
        (-0.5, DeclineReason.CONFLICT_OF_INTEREST, (0.0, 0.0, ALL)),
        (-0.5, DeclineReason.ALREADY_IN_CONTACT, (0.0, 0.0, ALL)),
        (0.0, DeclineReason.NO_CAPACITY, (0.0, 0.0, ALL)),
        (0.0, DeclineReason.REGION, (0.0, 1.0, 2)),
        (-0.5, None, (-0.5, 0.5, ALL)),
        (0.0, None, (0.0, 1.0, ALL)),
        (0.5, None, (0.5, 1.0, ALL)),
        (0.5, DeclineReason.REGION, (0.5, 1.0, ALL)),
    ],
)
def test_lessons_by_hand(
    grade: float, reason: DeclineReason | None, expected: tuple[float, float, int]
) -> None:
    assert taught(grade, reason) == expected


def test_a_reason_whose_feature_the_ranker_lacks_says_little() -> None:
    assert taught(-0.5, DeclineReason.PRICE) == (-0.5, LESSONS[DeclineReason.OTHER].weight, ALL)


@given(st.lists(st.tuples(st.floats(-1, 1, width=32), st.integers(-1, len(REASONS) - 1))))
def test_lessons_stay_in_their_bounds(rows: list[tuple[float, int]]) -> None:
    grades = np.array([grade for grade, _ in rows], np.float32)
    found = lessons(grades, np.array([reason for _, reason in rows], np.int8), FEATURES)
    assert ((found.says >= 0) & (found.says <= 1)).all()
    assert set(found.focus.tolist()) <= {ALL, 2}
    assert (found.gains[grades >= 0] == grades[grades >= 0]).all()
    assert ((found.gains == grades) | (found.gains == 0)).all()


@pytest.mark.parametrize("reason", [-2, len(REASONS)])
def test_a_reason_that_there_is_none_of_is_refused(reason: int) -> None:
    with pytest.raises(InvalidValue, match="no such reason"):
        lessons(np.zeros(1, np.float32), np.array([reason]), FEATURES)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidValue, match="2 reasons for 1 grades"):
        lessons(np.zeros(1, np.float32), np.array([1, 1]), FEATURES)


def shown(lists: int, seed: int) -> tuple[Lists, np.ndarray]:
    """Lists of an accepted row, an untouched one and one that was declined for its region.

    The accepted one is drawn by the true weights. The declined one has the best texts of the list:
    nothing but the region spoke against it.
    """
    random = np.random.default_rng(seed)
    rows = random.random((lists, 3, 3))
    utility = rows[:, :2] @ (10 * np.array([0.5, 0.3, 0.2])) + random.gumbel(size=(lists, 2))
    first = utility.argmax(axis=1)
    rows[:, 2, :2] = 0.8 + 0.2 * rows[:, 2, :2]
    rows[:, 2, 2] *= 0.2
    gains = np.zeros((lists, 3), np.float32)
    gains[np.arange(lists), first] = 0.5
    gains[:, 2] = -0.5
    reasons = np.full((lists, 3), -1, np.int8)
    reasons[:, 2] = REASONS.index(DeclineReason.REGION)
    numbers = np.repeat(np.arange(lists), 3)
    # Untouched rows aren't surely seen.
    weights = (gains != 0).astype(np.float64).ravel()
    return Lists(rows.reshape(-1, 3), numbers, gains.ravel(), weights), reasons.ravel()


def without_declines(lists: Lists) -> Lists:
    kept = lists.gains >= 0
    return Lists(lists.features[kept], lists.lists[kept], lists.gains[kept], lists.weights[kept])


def test_region_declines_teach_the_region_and_leave_the_texts_alone() -> None:
    lists, reasons = shown(3000, seed=4)
    told = lessons(lists.gains, reasons, FEATURES)
    before = fit_ranker(without_declines(lists), PRIOR, 10).weights
    after = fit_ranker(lists, PRIOR, 10, focus=told.focus, says=told.says).weights
    blamed = fit_ranker(lists, PRIOR, 10).weights
    assert after[2] > before[2] + 0.05
    assert after[0] / after[1] == pytest.approx(before[0] / before[1], rel=0.1)
    assert blamed[:2].sum() < 0.5 * after[:2].sum()
