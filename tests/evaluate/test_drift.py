"""A drift is told from chance; the divergence is worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from matcher.errors import UsageError
from matcher.evaluate.drift import LEAST, divergence, drift


def documents(*rows: list[int]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows))


def test_the_divergence_is_that_of_lin() -> None:
    same, apart = np.array([2.0, 2.0]), np.array([0.0, 3.0])
    assert divergence(same, same) == pytest.approx(0)
    assert divergence(np.array([1.0, 0.0]), apart) == pytest.approx(1)
    # Of (1/2, 1/2) and (0, 1) the mean is (1/4, 3/4), whose entropy is .8113; less half of 1 bit.
    mean = -(0.25 * math.log2(0.25) + 0.75 * math.log2(0.75))
    assert divergence(same, apart) == pytest.approx(mean - 0.5)


def test_what_speaks_of_other_things_drifts() -> None:
    found = drift(documents(*[[1, 1, 0]] * LEAST), documents(*[[1, 0, 1]] * LEAST))
    assert found.p == pytest.approx(1 / 200)
    assert found.value > found.chance
    assert found.shift.tolist() == [0, 1, -1]


def test_what_speaks_of_the_same_does_not() -> None:
    half = [[1, 0], [0, 1]] * LEAST
    found = drift(documents(*half), documents(*half))
    assert found.value == pytest.approx(0)
    assert found.value < found.chance
    assert found.p == 1


def test_how_often_a_document_says_a_thing_does_not_count() -> None:
    found = drift(documents(*[[9, 1]] * LEAST), documents(*[[1, 1]] * LEAST))
    assert found.value == pytest.approx(0)


def test_from_a_few_documents_nothing_can_be_told() -> None:
    with pytest.raises(UsageError):
        drift(documents(*[[1]] * (LEAST - 1)), documents(*[[1]] * LEAST))
    with pytest.raises(UsageError):
        divergence(np.zeros(2), np.ones(2))
