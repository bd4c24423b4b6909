"""What a manager has in hand, and who may know."""

from __future__ import annotations

import pytest

from matcher.actions.decisions import Decision, decide
from matcher.actions.in_hand import InHand, in_hand
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotAllowed, NotFound
from tests.actions.pursuits import sign_up
from tests.platforms import manager, put


@pytest.mark.parametrize(
    ("count", "capacity", "over"), [(6, 6, False), (7, 6, True), (7, None, False)]
)
def test_it_is_over_above_the_capacity(count: int, capacity: int | None, over: bool) -> None:
    assert InHand(count, capacity).over is over


def test_what_was_accepted_counts_and_what_was_put_off_or_declined_does_not(
    platform: Platform,
) -> None:
    put(platform, Noun.MANAGER, manager("m2", "Battery recycling.", capacity=1))
    assert in_hand(platform, SYSTEM, "m2") == InHand(0, 1)
    decide(platform, SYSTEM, "m2", "w2", "o4", Decision.ACCEPT)
    decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT)
    assert in_hand(platform, SYSTEM, "m2") == InHand(1, 1)
    assert in_hand(platform, SYSTEM, "m1") == InHand(1, None)


def test_it_is_for_the_manager_and_their_admins(platform: Platform) -> None:
    other = sign_up(platform, "other", Role.MANAGER, manager="m1")
    assert in_hand(platform, other, "m1") == InHand(0, None)
    with pytest.raises(NotAllowed):
        in_hand(platform, other, "m2")
    with pytest.raises(NotFound):
        in_hand(platform, SYSTEM, "m404")
