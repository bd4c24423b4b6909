"""Records that are somebody's own."""

from __future__ import annotations

from pathlib import Path

from matcher.actions.own_records import own_records
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Visibility
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM
from tests.actions.interest_cases import firm
from tests.platforms import outcome, put, small_platform


def test_outcomes_are_ones_own_by_hand_or_by_any_name_of_ones_organisation(
    platform: Platform,
) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="U1", name="东方机床", aliases=("东机",)))
    put(
        platform,
        Noun.OUTCOME,
        outcome("own", owner="lin"),
        outcome("by-name", holder="东机"),
        outcome("other", holder="U2", owner="zhou"),
        outcome("hid", holder="U1", visibility=Visibility.NAMED, owner="zhou"),
    )
    platform.live.look_now()
    lin = firm(platform, "lin", "U1")
    found = own_records(platform, lin, Noun.OUTCOME, 9)
    assert {one.record.id: one.version for one in found} == {"own": 1, "by-name": 1}
    assert len(own_records(platform, lin, Noun.OUTCOME, 1)) == 1


def test_they_are_there_before_a_model_is(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    put(platform, Noun.ORGANISATION, Organisation(id="U1", name="东方机床", aliases=("东机",)))
    put(
        platform,
        Noun.OUTCOME,
        *(
            outcome("own", owner="lin"),
            outcome("by-name", holder="东机"),
            outcome("o", holder="U2"),
        ),
    )
    found = own_records(platform, firm(platform, "lin", "U1"), Noun.OUTCOME, 9)
    platform.database.dispose()
    assert {one.record.id for one in found} == {"own", "by-name"}


def test_the_operator_has_none(platform: Platform) -> None:
    assert own_records(platform, SYSTEM, Noun.NEED, 9) == ()
