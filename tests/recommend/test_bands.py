"""Bands begin at their thresholds and never go down as the strength goes up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.recommend.bands import Band, band
from matcher.recommend.recipe import Bands

BANDS = Bands(strong=0.4, possible=0.2, origin="test")
ORDER = [Band.WEAK, Band.POSSIBLE, Band.STRONG]


@pytest.mark.parametrize(
    ("strength", "expected"),
    [
        (0.0, Band.WEAK),
        (0.199, Band.WEAK),
        (0.2, Band.POSSIBLE),
        (0.399, Band.POSSIBLE),
        (0.4, Band.STRONG),
        (3.0, Band.STRONG),
    ],
)
def test_a_band_begins_at_its_threshold(strength: float, expected: Band) -> None:
    assert band(strength, 2, BANDS) is expected
    assert band(strength, None, BANDS) is expected


@given(pair=st.tuples(st.floats(0, 2), st.floats(0, 2)).map(sorted))
def test_more_strength_is_no_lower_band(pair: list[float]) -> None:
    low, high = (ORDER.index(band(strength, 5, BANDS)) for strength in pair)
    assert low <= high


def test_what_nobody_sees_in_both_texts_is_not_strong() -> None:
    assert band(1.0, 0, BANDS) is Band.WEAK
    assert band(1.0, 1, BANDS) is Band.POSSIBLE
    assert band(0.1, 1, BANDS) is Band.WEAK
