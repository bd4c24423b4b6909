"""How alike rankings are, worked out by hand."""

from __future__ import annotations

import pytest

from matcher.errors import UsageError
from matcher.evaluate.overlap import average_overlap


def test_the_same_ranking_is_wholly_alike_and_another_not_at_all() -> None:
    assert average_overlap("abc", "abc", 3) == 1
    assert average_overlap("abc", "xyz", 3) == 0


def test_the_top_counts_most() -> None:
    # Depth 1: 0 of 1; depth 2: 2 of 2; depth 3: 3 of 3.
    assert average_overlap("abc", "bac", 3) == pytest.approx(2 / 3)
    # Depth 1: 1 of 1; depth 2: 1 of 2; depth 3: 3 of 3.
    assert average_overlap("abc", "acb", 3) == pytest.approx(5 / 6)


def test_below_its_end_a_ranking_has_nothing() -> None:
    assert average_overlap("a", "ab", 2) == pytest.approx((1 + 1 / 2) / 2)


def test_a_depth_below_one_is_refused() -> None:
    with pytest.raises(UsageError):
        average_overlap("a", "a", 0)
