"""A manager's record, drawn towards what is expected while little is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.track import NO_TRACK, PRIOR_RATE, Track, room

counts = st.integers(0, 1000)


@pytest.mark.parametrize(
    ("reached", "ended", "success"),
    [(0, 0, 0.2), (5, 0, 0.6), (0, 5, 0.1), (1, 4, 0.2), (95, 0, 0.96)],
)
def test_the_success_by_hand(reached: int, ended: int, success: float) -> None:
    assert Track(reached=reached, ended=ended).success == pytest.approx(success)


@given(reached=counts, ended=counts)
def test_success_is_a_share_between_the_expected_and_the_counted(reached: int, ended: int) -> None:
    found = Track(reached=reached, ended=ended).success
    assert 0 < found < 1
    assert Track(reached=reached + 1, ended=ended).success > found
    assert Track(reached=reached, ended=ended + 1).success < found
    if reached + ended:
        counted = reached / (reached + ended)
        assert min(counted, PRIOR_RATE) - 1e-9 <= found <= max(counted, PRIOR_RATE) + 1e-9


def test_whoever_has_no_history_is_expected_to_do_as_most() -> None:
    assert NO_TRACK.success == PRIOR_RATE
    assert NO_TRACK.response_hours is None


@pytest.mark.parametrize(
    ("carrying", "capacity", "free"),
    [(0, 4, 1.0), (1, 4, 0.75), (4, 4, 0.0), (9, 4, 0.0), (0, 0, 0.0), (9, None, 1.0)],
)
def test_room(carrying: int, capacity: int | None, free: float) -> None:
    assert room(Track(carrying=carrying), capacity) == free
