"""Judged pairs: what grades count, what qrels come of them, what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.evaluate.pairs import Pairs, levels

ASKERS, CANDIDATES = ("n0", "n1", "n2"), ("o0", "o1")


def pairs(*rows: tuple[int, int, int, float]) -> Pairs:
    """Rows of asker, candidate, day and grade."""
    askers, candidates, days, grades = zip(*rows, strict=True) if rows else ([], [], [], [])
    return Pairs(
        ASKERS,
        CANDIDATES,
        np.array(askers, np.int32),
        np.array(candidates, np.int32),
        np.array(days, np.int32),
        np.array(grades, np.float32),
    )


def test_levels_are_those_of_the_table() -> None:
    grades = np.array([-1, 0, 0.1, 0.4, 0.5, 0.7, 0.75, 0.9, 1], np.float32)
    assert levels(grades).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4]


@given(st.lists(st.floats(-1, 1, width=32), min_size=2))
def test_a_higher_grade_never_has_a_lower_level(grades: list[float]) -> None:
    found = levels(np.array(sorted(grades), np.float32))
    assert (np.diff(found) >= 0).all()
    assert set(found.tolist()) <= {0, 1, 2, 3, 4}


def test_qrels_are_the_positive_pairs_and_of_several_judgements_the_best() -> None:
    found = pairs((0, 0, 1, 1.0), (0, 0, 2, 0.3), (0, 1, 1, -0.5), (2, 1, 1, 0.6), (1, 0, 1, 0))
    assert found.qrels() == {"n0": {"o0": 4}, "n2": {"o1": 2}}


def test_rows_are_named_and_cut_together() -> None:
    found = pairs((0, 1, 5, 0.3), (2, 0, 6, -1.0))
    assert found.names() == [("n0", "o1"), ("n2", "o0")]
    kept = found.where(found.positive)
    assert (kept.names(), kept.days.tolist(), len(kept)) == ([("n0", "o1")], [5], 1)


def test_a_key_is_one_number_for_each_pair_of_ids() -> None:
    everyone = pairs(*((asker, found, 1, 1.0) for asker in range(3) for found in range(2)))
    assert sorted(everyone.keys.tolist()) == list(range(6))
    again = pairs((1, 1, 1, 1.0), (1, 1, 9, -1.0)).keys
    assert again[0] == again[1]


def test_without_rows_there_are_no_qrels() -> None:
    assert pairs().qrels() == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((3, 0, 1, 1.0), "outside of 3 ids"),
        ((0, 2, 1, 1.0), "outside of 2 ids"),
        ((-1, 0, 1, 1.0), "outside of 3 ids"),
        ((0, 0, 1, 1.5), "from -1 to 1"),
        ((0, 0, 1, float("nan")), "from -1 to 1"),
    ],
)
def test_rows_that_name_nothing_are_refused(row: tuple[int, int, int, float], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        pairs(row)


def test_arrays_of_different_lengths_are_refused() -> None:
    one, two = np.zeros(1, np.int32), np.zeros(2, np.int32)
    with pytest.raises(InvalidValue, match="differ in length"):
        Pairs(ASKERS, CANDIDATES, one, two, one, np.zeros(1, np.float32))
