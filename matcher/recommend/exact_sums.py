"""Sums that don't depend on the order of what is summed: `math.fsum`, for many rows at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
_UNIT = 2.0**-53


def exact_sums(columns: Sequence[Scores], count: int) -> Scores:
    """float64[count]: the sum of each row of finite numbers, rounded once, as `math.fsum` has it.

    Every addition leaves an error that is itself a float64 (Knuth, TAOCP 4.2.2, theorem B), and
    the errors are summed apart (Ogita, Rump and Oishi, "Accurate Sum and Dot Product", 2005,
    algorithm 4.4). Rows whose sum lies too near to halfway between two numbers are summed by hand.
    """
    total, errors, size = (np.zeros(count) for _ in range(3))
    for column in columns:
        added = total + column
        share = added - total
        errors = errors + ((total - (added - share)) + (column - share))
        total, size = added, size + np.abs(column)
    found = total + errors
    left = np.abs(errors - (found - total))
    for row in np.flatnonzero(_unsure(found, left, size, len(columns))).tolist():
        found[row] = math.fsum(column[row] for column in columns)
    return np.asarray(found, np.float64)


def _unsure(found: Scores, left: Scores, size: Scores, columns: int) -> npt.NDArray[np.bool_]:
    """Where what is left may be half the way to the next number; below a power of two it's nearer.

    The errors are summed with an error of their own, of at most columns² · unit² · size.
    """
    halfway = np.spacing(np.abs(found)) / 4
    slack = (columns * _UNIT) ** 2 * size
    return (left >= halfway - slack) & ((left > 0) | (slack > halfway))
