"""Being shown around is one's own affair: on, back, over, and from the beginning."""

from __future__ import annotations

import pytest

from matcher.actions.platform import Platform
from matcher.actions.touring import begin_tour, end_tour, move_on, tour_of
from matcher.domain.tour import Tour
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed
from tests.actions.pursuits import sign_up


def test_each_account_has_its_own(platform: Platform) -> None:
    one, other = sign_up(platform, "a1"), sign_up(platform, "a2")
    assert tour_of(platform, one) == Tour()
    assert move_on(platform, one, 1, 3) == tour_of(platform, one) == Tour(1)
    assert end_tour(platform, one) == tour_of(platform, one) == Tour(1, over=True)
    assert tour_of(platform, other) == Tour()
    assert begin_tour(platform, one) == tour_of(platform, one) == Tour()


def test_without_an_account_there_is_none(platform: Platform) -> None:
    with pytest.raises(NotAllowed):
        tour_of(platform, SYSTEM)
