"""A round: everything of a kind in one notice, each matter once, and what isn't there left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.actions.interests import express
from matcher.actions.notice_round import KEPT, TOLD_FOR, tell
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.prompts import prompt_owners
from matcher.domain.enums import Noun, Role
from matcher.domain.notice import MOST_NAMED, NoticeKind
from matcher.store import notices
from tests.actions.interest_cases import People, people
from tests.actions.notice_cases import brief, seen
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, outcome, put, small_platform

__all__ = ["people"]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
DAY = timedelta(days=1)


def test_a_round_tells_each_account_and_a_second_one_nothing(people: People) -> None:
    platform = people.platform
    express(platform, people.firm, "o1")
    done: list[int] = []
    begun: list[int] = []
    first = tell(platform, done.append, begun.append)
    assert (begun, done[-1], first.accounts, first.left_out) == ([6], 6, 6, ())
    assert first.told[NoticeKind.INTEREST] == 1
    told = {kind for kind, _ in brief(platform, people.first)}
    assert told >= {"interest", "suggestions"}
    again = tell(later(platform, timedelta(minutes=5)))
    assert again.told == {}
    assert {kind for kind, _ in brief(platform, people.first)} == told


def test_a_flood_is_one_notice_with_a_number(platform: Platform) -> None:
    holder = sign_up(platform, "holder", Role.HOLDER)
    old = NOW.date() - 400 * DAY
    found = [outcome(f"x{n:03}", "t", owner="holder", updated_at=old) for n in range(120)]
    put(platform, Noun.OUTCOME, *found)
    prompt_owners(platform, OPERATOR)
    tell(platform)
    [one] = seen(platform, holder)
    assert (one.count, one.is_more, len(one.matters)) == (MOST_NAMED, True, MOST_NAMED)
    assert one.title == ""
    # What is new the day after is told alone.
    put(platform, Noun.OUTCOME, outcome("y", "新的", owner="holder", updated_at=old))
    prompt_owners(platform, OPERATOR)
    tell(later(platform, DAY))
    assert [(one.count, one.title) for one in seen(platform, holder)] == [(1, "新的"), (50, "")]


def test_what_was_told_before_a_round_was_broken_off_stays_told(people: People) -> None:
    platform = people.platform

    class Stop(Exception):
        pass

    def stop(count: int) -> None:
        if count == 2:
            raise Stop

    with pytest.raises(Stop):
        tell(platform, stop)
    before = [brief(platform, viewer) for viewer in (people.first, people.second, people.third)]
    tell(platform)
    after = [brief(platform, viewer) for viewer in (people.first, people.second, people.third)]
    assert before == [after[0], after[1], []]
    assert all(after)


def test_without_a_model_the_rest_is_told(tmp_path, kind: str) -> None:
    platform = later(small_platform(tmp_path / "home"), timedelta())
    manager = sign_up(platform, "b1", manager="m1")
    sign_up(platform, "firm", Role.ENTERPRISE)
    holder = sign_up(platform, "holder", Role.HOLDER)
    old = platform.now().date() - 400 * DAY
    put(platform, Noun.OUTCOME, outcome("a", "t", owner="holder", updated_at=old))
    prompt_owners(platform, OPERATOR)
    found = tell(platform)
    assert found.left_out == (NoticeKind.MATCHES, NoticeKind.SUGGESTIONS)
    assert brief(platform, holder) == [("still_valid", 1)]
    assert brief(platform, manager) == []
    platform.database.dispose()


def test_old_notices_go_and_what_is_long_ago_may_be_told_again(people: People) -> None:
    platform = people.platform
    tell(platform)
    assert brief(platform, people.first)
    tell(later(platform, KEPT + DAY))
    times = {one.notice.at for one in seen(platform, people.first)}
    assert NOW not in times
    # What a round forgets the next one tells.
    tell(later(platform, TOLD_FOR + DAY))
    tell(later(platform, TOLD_FOR + 2 * DAY))
    with platform.database.reading() as session:
        assert notices.unread(session, "b1") > 0
