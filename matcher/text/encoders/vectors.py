"""What all encoders do with the numbers they get."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.errors import EncoderUnavailable
from matcher.text.encoders.protocol import FloatMatrix


def unit_rows(rows: npt.NDArray[np.floating]) -> FloatMatrix:
    """float32[n, d] with rows of length 1; a row of zeros stays.

    A number that isn't finite is refused: one would spoil every comparison with its row.
    """
    exact = rows.astype(np.float64)
    if not np.isfinite(exact).all():
        raise EncoderUnavailable(
            "The encoder answered with numbers that aren't finite.",
            hint="A half-precision model may overflow: take its float32 version.",
        )
    # Scaled first, so that the squares neither overflow nor vanish.
    largest = np.abs(exact).max(axis=1, keepdims=True, initial=0.0)
    exact /= np.where(largest > 0, largest, 1.0)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    return (exact / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
