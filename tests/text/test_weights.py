"""The formulas against numbers worked out by hand, and what they promise in general."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.weights import SATURATION, damped, inverse_document_frequency, saturated

positive = st.floats(0.0078125, 128, width=32)


def floats(*values):
    return np.array(values, np.float32)


def test_idf_by_hand():
    """n = 9: ln(10 / 1), ln(10 / 2), ln(10 / 10)."""
    idf = inverse_document_frequency(floats(0, 1, 9), 9)
    np.testing.assert_allclose(idf, [2.302585, 1.609438, 0], rtol=1e-6)
    assert idf.dtype == np.float32


def test_idf_of_no_documents_is_zero():
    assert inverse_document_frequency(floats(0), 0) == [0]


@given(documents=st.integers(1, 10_000), data=st.data())
def test_idf_falls_with_frequency_and_is_never_negative(documents, data):
    frequency = np.sort(floats(*data.draw(st.lists(st.integers(0, documents), min_size=1))))
    idf = inverse_document_frequency(frequency, documents)
    assert (np.diff(idf) <= 0).all()
    assert (idf >= 0).all()


@pytest.mark.parametrize(
    ("count", "length", "expected"),
    [(1, 1, 1), (2, 1, 1.5), (1, 0.5, 1.5), (1, 2, 0.6), (4, 1, 2), (0, 1, 0)],
)
def test_saturation_by_hand(count, length, expected):
    """k = 2: 3c / (c + 2·length)."""
    found = saturated(floats(count), floats(length), k=2.0)
    assert found == pytest.approx([expected], rel=1e-6)


def test_saturation_takes_another_k():
    assert saturated(floats(3), floats(1), k=1) == pytest.approx([1.5])


@given(count=positive, more=positive, length=positive)
def test_saturation_rises_with_the_count_up_to_its_bound(count, more, length):
    low, high = saturated(floats(count, count + more), floats(length, length))
    assert 0 < low <= high * (1 + 1e-6)
    assert high <= (SATURATION + 1) * (1 + 1e-6)


@given(count=positive, length=positive, longer=positive)
def test_a_longer_document_gets_less(count, length, longer):
    short, long = saturated(floats(count, count), floats(length, length + longer))
    assert long <= short


def test_damping_by_hand():
    counts = damped(floats(0, 1, 3, 7))
    np.testing.assert_allclose(counts, [0, 1, 2, 3], rtol=1e-6)
    assert counts.dtype == np.float32


@given(count=positive, more=positive)
def test_damping_rises_ever_slower(count, more):
    low, middle, high = damped(floats(count, count + more, count + 2 * more)).tolist()
    assert low <= middle <= high
    assert high - middle <= middle - low + 1e-5
