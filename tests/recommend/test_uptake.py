"""Uptake: who is taken up more often than others, and whom declines and looks speak against."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.domain.enums import DeclineReason as Reason
from matcher.domain.enums import Noun
from matcher.recommend import uptake
from matcher.recommend.feedback import NO_REASON, NOBODY, Feedback, no_feedback
from matcher.recommend.uptake import (
    BLAMED,
    UNKNOWN,
    UNTOUCHED,
    USUAL_STRENGTH,
    fit_strength,
    uptakes,
)
from tests.recommend.some_learning import COUNT, DAY, PEOPLE, SIZES, Judged, feedback

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER
REASONS = list(Reason)
TAKEN, REFUSED = 0.3, -0.5


def judged(
    outcome: int, grade: float = TAKEN, reason: Reason | None = None, need: int = 0, who: int = 0
) -> Judged:
    place = NO_REASON if reason is None else REASONS.index(reason)
    return need, outcome, who, DAY, grade, place


STRENGTH = 3.0


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mean of all is worth three looks, whatever is known."""
    monkeypatch.setattr(uptake, "fit_strength", lambda *_: STRENGTH)


def fared(known: Feedback, noun: Noun = OUTCOME) -> npt.NDArray[np.float64]:
    """How each did where every row was surely looked at."""
    return uptakes(known, noun, np.ones(len(known.impressions)))


STALE = judged(2, REFUSED, Reason.STALE_LISTING)
MIXED = [
    judged(0), judged(0),
    judged(1), judged(1, REFUSED, Reason.DESCRIPTION_UNCLEAR),
    STALE,
]  # fmt: skip


@pytest.mark.usefixtures("three")
def test_the_odds_of_being_taken_up_are_held_against_those_of_all() -> None:
    """Of five looks three were good, a mean of .6 that is worth three looks: 1.8 good, 1.2 bad."""
    found = fared(feedback(MIXED))
    for place, (good, bad) in enumerate([(3.8, 1.2), (2.8, 2.2), (1.8, 2.2), (1.8, 1.2)]):
        odds = good / bad / (0.6 / 0.4)
        assert found[place] == pytest.approx(odds / (1 + odds))
    assert found[0] > UNKNOWN > found[1] > found[2]


def test_of_whom_nothing_is_known_fares_as_the_mean() -> None:
    found = fared(feedback(MIXED))
    assert found.shape == (COUNT,)
    assert found[3:].tolist() == pytest.approx([UNKNOWN] * (COUNT - 3))
    assert fared(feedback(MIXED), MANAGER).shape == (PEOPLE,)


@pytest.mark.parametrize("known", [
    no_feedback(),
    feedback(),
    feedback([judged(0), judged(1)]),
    feedback([STALE]),
    feedback([judged(0), judged(0, REFUSED, Reason.ALREADY_IN_CONTACT)]),
    feedback([judged(0), judged(1, 0.0)]),
    feedback([judged(0), judged(1, float("nan"), Reason.STALE_LISTING)]),
])  # fmt: skip
def test_where_all_went_alike_nobody_fares_better(known: Feedback) -> None:
    """Grades of 0 and what is no number tell nothing."""
    found = fared(known)
    assert found.tolist() == [UNKNOWN] * len(known.ids[OUTCOME])


@pytest.mark.parametrize(("reason", "outcome", "need", "manager"), [
    (Reason.IP_PROBLEM, 1, 0, 0),
    (Reason.STALE_LISTING, 1, 0.1, 0),
    (Reason.PRICE, 0.5, 0.3, 0),
    (Reason.NOT_STRATEGIC, 0.1, 0.3, 0.1),
    (Reason.NO_CAPACITY, 0, 0, 1),
    (Reason.CONFLICT_OF_INTEREST, 0, 0, 0),
    (None, 0.3, 0.3, 0.3),
])  # fmt: skip
@pytest.mark.usefixtures("three")
def test_a_reason_says_whom_a_decline_speaks_against(
    reason: Reason | None, outcome: float, need: float, manager: float
) -> None:
    """Ten were taken up and one blamed by b: at odds of 3 to b + 3 + 10 where all had 10 to b."""
    known = feedback([judged(0)] * 10 + [judged(1, REFUSED, reason, need=1, who=1)])
    for noun, blamed in ((OUTCOME, outcome), (NEED, need), (MANAGER, manager)):
        odds = STRENGTH / (10 + blamed + STRENGTH) if blamed else 1
        assert fared(known, noun)[1] == pytest.approx(odds / (1 + odds)), noun


def test_every_reason_is_told_of_and_blames_by_shares() -> None:
    assert set(BLAMED) == set(Reason)
    assert all(len(shares) == len(SIZES) for shares in BLAMED.values())
    assert all(0 <= share <= 1 for shares in BLAMED.values() for share in shares)


@pytest.mark.parametrize("noun", [OUTCOME, NEED, MANAGER])
def test_one_who_is_wanted_is_above_the_mean_and_one_who_is_blamed_below(noun: Noun) -> None:
    wanted = [judged(2, TAKEN, need=2, who=2)] * 3
    known = feedback([*wanted, judged(3, REFUSED, Reason.OTHER, need=3, who=3)])
    found = fared(known, noun)
    assert found[2] > UNKNOWN > found[3]


def test_luck_with_the_first_two_says_less_than_twenty() -> None:
    bad = [judged(5, REFUSED, Reason.IP_PROBLEM)] * 30
    found = fared(feedback([*bad, *[judged(0)] * 20, *[judged(1)] * 2, judged(2)]))
    assert UNKNOWN < found[2] < found[1] < found[0]


@pytest.mark.usefixtures("three")
def test_a_look_that_led_to_nothing_counts_as_far_as_it_was_probably_one() -> None:
    known = feedback([judged(0)] * 3, [[(0, 0, 0), (1, 4, 0), (2, 5, 0), (3, 4, 0)]])
    examined = np.array([1.0, 1.0, 0.5, 0.25])
    found = uptakes(known, OUTCOME, examined)
    # One of 2.75 looks was acted upon. Silence leaves a whole look whole, and of a half and a
    # quarter as much as Bayes says: .5 · (1 - w) / (1 - .5 · w).
    acts = 1 / 2.75
    half, quarter = (look * (1 - acts) / (1 - look * acts) for look in (0.5, 0.25))
    lost = {4: UNTOUCHED * (1 + quarter), 5: UNTOUCHED * half}
    mean = 3 / (3 + sum(lost.values()))
    for place, bad in lost.items():
        odds = STRENGTH * mean / (bad + STRENGTH * (1 - mean)) * (1 - mean) / mean
        assert found[place] == pytest.approx(odds / (1 + odds))
    assert found[4] < found[5] < UNKNOWN < found[0]


def test_what_was_probably_never_looked_at_says_nothing() -> None:
    known = feedback([judged(0), STALE], [[(1, 4, 0), (2, 5, 0)]])
    found = uptakes(known, OUTCOME, np.array([0.0, 1.0]))
    assert found[4] == pytest.approx(UNKNOWN)
    assert found[5] < UNKNOWN


def test_nobody_is_not_somebody() -> None:
    """A pair that no manager carried says nothing of any manager."""
    alone = [judged(0, who=NOBODY), judged(1, REFUSED, Reason.OTHER, who=NOBODY)]
    assert fared(feedback(alone), MANAGER).tolist() == [UNKNOWN] * PEOPLE
    known = feedback([*alone, judged(0), judged(1, REFUSED, Reason.OTHER, who=1)])
    found = fared(known, MANAGER)
    assert found[0] > UNKNOWN > found[1]
    assert found[-1] == pytest.approx(UNKNOWN)


ROWS = st.tuples(
    st.integers(0, 3), st.sampled_from([TAKEN, 1.0, REFUSED]), st.sampled_from([None, *Reason])
)
SEEN = st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=6)


@settings(max_examples=60)
@example(rows=[(0, TAKEN, None)], seen=[(0, 1e-123)], more=0, times=1)
@given(
    rows=st.lists(ROWS, max_size=12),
    seen=SEEN,
    more=st.integers(0, 3),
    times=st.integers(1, 40),
)
def test_more_acceptances_never_lower_it(
    rows: list[tuple[int, float, Reason | None]],
    seen: list[tuple[int, float]],
    more: int,
    times: int,
) -> None:
    before = [judged(*row) for row in rows]
    # Need 9 took nothing up, so that what it was shown stays untouched.
    shown = feedback(lists=[[(9, outcome, 0)] for outcome, _ in seen])
    examined = np.array([probability for _, probability in seen])
    found = []
    for judgements in (before, [*before, *[judged(more)] * times]):
        known = replace(shown, judgements=feedback(judgements).judgements)
        found.append(uptakes(known, OUTCOME, examined))
        assert ((found[-1] > 0) & (found[-1] < 1)).all()
    assert found[1][more] >= found[0][more] - 1e-12


def test_the_more_records_differ_the_less_the_mean_is_worth() -> None:
    alike, different = np.full(50, 5.0), np.array([10.0, 0.0] * 25)
    assert fit_strength(alike, alike) > 20 > 1 > fit_strength(different, different[::-1])


def test_the_strength_of_what_was_drawn_is_found_again() -> None:
    """Rates of a beta distribution of 2 and 6, eight looks in all, at twenty looks each."""
    random = np.random.default_rng(0)
    taken = random.binomial(20, random.beta(2, 6, 400)).astype(float)
    assert fit_strength(taken, 20 - taken) == pytest.approx(8, rel=0.25)


def test_of_hardly_anything_the_strength_is_the_usual_one() -> None:
    taken, lost = np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])
    assert fit_strength(taken, lost) == pytest.approx(USUAL_STRENGTH, rel=0.5)


def test_where_worth_is_the_same_the_place_in_the_list_says_nothing() -> None:
    """A thousand lists: of each ten rows, looked at by the position, half of the looks act."""
    random, eta = np.random.default_rng(0), 1.0
    positions = np.tile(np.arange(1, 11), 2000)
    examined = positions**-eta
    acted = random.random(len(positions)) < 0.5 * examined
    looked = uptake._looked(examined, acted)
    rates = [
        acted[positions == place].sum()
        / (acted[positions == place].sum() + looked[(positions == place) & ~acted].sum())
        for place in (1, 10)
    ]
    assert rates[0] == pytest.approx(rates[1], abs=0.06)


def test_a_view_elsewhere_counts_for_little() -> None:
    known = [judged(0, 0.01)] * 10 + [judged(1)] * 10 + [judged(2, REFUSED, Reason.OTHER)]
    found = fared(feedback(known))
    assert UNKNOWN < found[0] < found[1]
    assert found[0] - UNKNOWN < 0.2 * (found[1] - UNKNOWN)
