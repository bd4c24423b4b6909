"""Dots and whiskers stand where their figures say."""

from __future__ import annotations

import pytest

from matcher.bundle.manifest import Measured
from matcher.web.whisker import WIDTH, axis_of


def test_the_ends_of_the_axis_are_those_of_the_intervals() -> None:
    wide, bare = Measured(0.5, 0.2, 0.7), Measured(0.4, None, None)
    axis = axis_of([wide, bare])
    assert axis is not None
    found = axis.whisker(wide)
    assert (found.low, found.high) == (4, WIDTH - 4)
    # (.5 - .2) / (.7 - .2) of the 92 between the margins.
    assert found.at == pytest.approx(4 + 92 * 0.6)
    alone = axis.whisker(bare)
    assert (alone.low, alone.high, alone.at) == (None, None, pytest.approx(4 + 92 * 0.4))


def test_one_figure_stands_in_the_middle_and_none_has_no_axis() -> None:
    one = Measured(0.3, None, None)
    axis = axis_of([one])
    assert axis is not None
    assert axis.whisker(one).at == WIDTH / 2
    assert axis_of([]) is None
