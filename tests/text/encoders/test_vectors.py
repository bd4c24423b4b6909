"""Rows of length 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.errors import EncoderUnavailable
from matcher.text.encoders.vectors import unit_rows


def test_by_hand():
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0], [-2.0, 0.0]]))
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, np.array([[0.6, 0.8], [0, 0], [-1, 0]], np.float32))


@given(arrays(np.float64, (3, 4), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_rows_have_length_one_or_were_zero(rows):
    lengths = np.linalg.norm(unit_rows(rows), axis=1)
    np.testing.assert_allclose(lengths, rows.any(axis=1), atol=1e-6)


@given(
    arrays(np.float64, (2, 3), elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 3))),
    st.floats(0.001, 1000),
)
def test_the_scale_doesnt_matter(rows, factor):
    np.testing.assert_allclose(unit_rows(rows), unit_rows(rows * factor), atol=1e-6)


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (0, 0)])
def test_empty_matrices_keep_their_shape(shape):
    assert unit_rows(np.zeros(shape)).shape == shape


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_numbers_that_arent_finite_are_refused(odd):
    with pytest.raises(EncoderUnavailable, match="finite"):
        unit_rows(np.array([[1.0, odd]]))
