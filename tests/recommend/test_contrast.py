"""Records drawn beside those that were shown."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.contrast import contrast

LISTS = np.array([4, 4, 4, 4, 7, 7, 9])
GAINS = np.array([0, 1, 0.5, -1, 0, 0, 0.1], np.float32)


def test_a_list_gets_as_many_draws_as_rows_dealt_out_to_those_that_went_somewhere() -> None:
    found = contrast(LISTS, GAINS, 100)
    assert found.rows.tolist() == [1, 1, 2, 2, 6]


def test_a_list_of_which_nothing_came_gets_none() -> None:
    assert not np.isin(contrast(LISTS, GAINS, 100).rows, [4, 5]).any()


def test_without_records_or_success_nothing_is_drawn() -> None:
    assert len(contrast(LISTS, GAINS, 0).rows) == 0
    assert len(contrast(LISTS, np.zeros(7, np.float32), 100).rows) == 0


def test_every_record_is_drawn_about_as_often() -> None:
    lists = np.zeros(10_000, np.int64)
    gains = np.ones(10_000, np.float32)
    counts = np.bincount(contrast(lists, gains, 10).places, minlength=10)
    assert 850 < counts.min() <= counts.max() < 1150


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-1.0, 0.0, 0.5, 1.0])), max_size=30),
    st.integers(1, 20),
    st.integers(0, 9),
)
def test_only_rows_above_zero_are_contrasted_with_records_there_are(
    rows: list[tuple[int, float]], records: int, seed: int
) -> None:
    lists = np.array(sorted(number for number, _ in rows), np.int64)
    gains = np.array([gain for _, gain in rows], np.float32)
    found = contrast(lists, gains, records, seed)
    assert set(found.rows.tolist()) == set(np.flatnonzero(gains > 0).tolist())
    assert ((found.places >= 0) & (found.places < records)).all()
    again = contrast(lists, gains, records, seed)
    assert found.places.tolist() == again.places.tolist()
