"""Sums of rows: to the last bit those of `math.fsum`, in whatever order."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.recommend.exact_sums import exact_sums

Rows = list[list[float]]
_numbers = st.one_of(
    st.floats(0, 1),
    st.floats(-1e6, 1e6),
    # Such that many sums lie halfway between two numbers.
    st.sampled_from(
        [1.0, 0.5, 2.0**-53, 2.0**-54, 3 * 2.0**-54, 2.0**-106, 1e-30, -1.0, -(2.0**-54)]
    ),
)


@st.composite
def _rows(draw: st.DrawFn) -> Rows:
    width = draw(st.integers(1, 12))
    return draw(st.lists(st.lists(_numbers, min_size=width, max_size=width), max_size=8))


def columns_of(rows: Rows) -> list[NDArray[np.float64]]:
    return list(np.array(rows, np.float64).T) if rows else []


@given(rows=_rows())
@example(rows=[[1.0, 2.0**-53, 2.0**-106], [1.0, 2.0**-53, -(2.0**-106)], [1.0, 2.0**-53, 0.0]])
@example(rows=[[1.0, 1e100, 1.0, -1e100]])
@example(rows=[[1e16, 1.0, 1e-20, -1e16, -1.0]])
@example(rows=[[1.0, -(2.0**-54), -(2.0**-108)], [1.0, -(2.0**-54), 2.0**-108]])
def test_a_sum_is_that_of_fsum_to_the_last_bit(rows: Rows) -> None:
    assert exact_sums(columns_of(rows), len(rows)).tolist() == [math.fsum(row) for row in rows]


@given(rows=_rows(), turn=st.integers(1, 11))
def test_the_order_makes_no_difference(rows: Rows, turn: int) -> None:
    columns = columns_of(rows)
    turned = columns[turn:] + columns[:turn]
    assert exact_sums(columns, len(rows)).tolist() == exact_sums(turned, len(rows)).tolist()


def test_many_rows_of_many_sizes() -> None:
    dice = np.random.default_rng(7)
    columns = list(dice.random((11, 20_000)) * 10.0 ** dice.integers(-12, 1, (11, 20_000)))
    expected = [math.fsum(row) for row in zip(*columns, strict=True)]
    assert exact_sums(columns, 20_000).tolist() == expected


def test_the_sum_of_nothing_is_nothing() -> None:
    assert exact_sums([], 3).tolist() == [0, 0, 0]
    assert exact_sums([], 0).tolist() == []
