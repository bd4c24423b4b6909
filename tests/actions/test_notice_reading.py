"""Reading notices: titles as they are now, and nothing of what one may not know of any more."""

from __future__ import annotations

import pytest

from matcher.actions.interests import express, withdraw
from matcher.actions.notice_reading import (
    MOST,
    list_notices,
    open_notice,
    read_notices,
    unread_count,
)
from matcher.actions.platform import Platform
from matcher.actions.saved_searches import forget, rename, save
from matcher.domain.enums import Language, Noun, Role, Visibility
from matcher.domain.followup import FollowUp
from matcher.domain.notice import NoticeKind
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer
from matcher.errors import NotFound, UsageError
from matcher.recommend.filters import Filters
from matcher.store import followups
from tests.actions.interest_cases import People, people
from tests.actions.notice_cases import about, brief, keep, notice, seen
from tests.actions.pursuits import sign_up
from tests.platforms import outcome, put, remove

__all__ = ["people"]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
SEARCH, STILL = NoticeKind.SEARCH, NoticeKind.STILL_VALID


@pytest.fixture
def lin(platform: Platform) -> Viewer:
    return sign_up(platform, "lin", Role.ENTERPRISE)


def test_the_title_is_read_when_it_is_shown(platform: Platform, lin: Viewer) -> None:
    put(platform, Noun.OUTCOME, outcome("x", "旧名"))
    keep(platform, notice("lin", STILL, about(("outcome", "x"))))
    put(platform, Noun.OUTCOME, outcome("x", "新名", title_en="New name"))
    [one] = seen(platform, lin)
    assert (one.title, one.is_open, one.is_read) == ("新名", True, False)
    [one] = list_notices(platform, lin, Language.EN).rows
    assert one.title == "New name"


def test_of_what_one_may_not_know_there_is_no_notice_and_it_counts_as_read(
    platform: Platform, lin: Viewer
) -> None:
    put(platform, Noun.OUTCOME, outcome("x", "a"), outcome("y", "b"))
    both = keep(platform, notice("lin", STILL, about(("outcome", "x")), about(("outcome", "y"))))
    pair = keep(
        platform, notice("lin", NoticeKind.MATCHES, about(("need", "w1"), ("outcome", "x")))
    )
    put(platform, Noun.OUTCOME, outcome("x", "a", visibility=Visibility.NAMED))
    assert unread_count(platform, lin) == 2
    assert [(one.notice.seq, one.count, one.title) for one in seen(platform, lin)] == [
        (both, 1, "b")
    ]
    assert unread_count(platform, lin) == 1
    with pytest.raises(NotFound):
        open_notice(platform, lin, pair)
    remove(platform, Noun.OUTCOME, ["y"])
    assert seen(platform, lin) == ()


def test_what_isnt_named_isnt_counted_as_nobody_knows_who_may_know_of_it(
    platform: Platform, lin: Viewer
) -> None:
    many = notice("lin", STILL, about(("outcome", "o1")), about(("outcome", "gone")), count=700)
    keep(platform, many)
    [one] = seen(platform, lin)
    assert (one.count, one.is_more, one.is_one, one.title) == (1, True, False, "")


def test_work_is_known_by_its_outcome_and_never_open(people: People) -> None:
    platform = people.platform
    id_ = express(platform, people.firm, "o1").kept.interest.id
    with platform.database.writing() as session:
        one = FollowUp(id="F1", need="w1", outcome="o2", manager="m1", node="n1")
        followups.add(session, one)
    keep(platform, notice("b1", NoticeKind.INTEREST, about(("interest", id_))))
    keep(platform, notice("b1", NoticeKind.DUE, about(("followup", "F1"))))
    due, interest = seen(platform, people.first)
    assert (due.title, interest.title) == ("Rice breeding", "石墨烯耐磨涂层")
    assert not due.is_open
    assert not interest.is_open
    # A manager who isn't theirs is told nothing of either, whatever was kept.
    keep(platform, notice("b5", NoticeKind.DUE, about(("followup", "F1"))))
    keep(platform, notice("b5", NoticeKind.INTEREST, about(("interest", id_))))
    assert brief(platform, people.second) == []
    remove(platform, Noun.OUTCOME, ["o1", "o2"])
    assert [one.title for one in seen(platform, people.first)] == ["", ""]
    withdraw(platform, people.firm, id_)
    assert brief(platform, people.first)[0] == ("due", 1)


def test_a_saved_search_is_called_as_it_is_called_now_and_gone_when_it_is(
    platform: Platform, lin: Viewer
) -> None:
    search = save(platform, lin, "旧名", Noun.OUTCOME, "石墨烯", Filters())
    keep(platform, notice("lin", SEARCH, about(("outcome", "o1")), key=search.id))
    rename(platform, lin, search.id, "涂层")
    assert [(one.search, one.title) for one in seen(platform, lin)] == [("涂层", "石墨烯耐磨涂层")]
    forget(platform, lin, search.id)
    assert seen(platform, lin) == ()


def test_a_match_is_called_by_what_isnt_ones_own(platform: Platform, lin: Viewer) -> None:
    pair = about(("need", "w1"), ("outcome", "o1"))
    for own in ("need", "outcome"):
        keep(platform, notice("lin", NoticeKind.MATCHES, pair, key=own))
    assert [one.title for one in seen(platform, lin)] == [
        "Graphene coating wanted",
        "石墨烯耐磨涂层",
    ]


def test_opening_reads_one_and_all_is_all_that_was_seen(platform: Platform, lin: Viewer) -> None:
    one, two, three, four = (
        keep(platform, notice("lin", STILL, about(("outcome", "o1")))) for _ in range(4)
    )
    found = open_notice(platform, lin, two)
    assert found.notice.seq == two
    assert unread_count(platform, lin) == 3
    page = list_notices(platform, lin, limit=2)
    assert ([row.notice.seq for row in page.rows], page.next, page.last) == ([4, 3], three, four)
    rest = list_notices(platform, lin, before=page.next, limit=2)
    assert ([row.notice.seq for row in rest.rows], rest.next) == ([two, one], 0)
    newer = keep(platform, notice("lin", STILL, about(("outcome", "o1"))))
    read_notices(platform, lin, four)
    assert [row.notice.seq for row in seen(platform, lin) if not row.is_read] == [newer]


def test_they_are_their_accounts_alone(platform: Platform, lin: Viewer) -> None:
    seq = keep(platform, notice("lin", STILL, about(("outcome", "o1"))))
    boss = sign_up(platform, "boss", Role.ADMIN)
    assert unread_count(platform, boss) == 0
    assert seen(platform, boss) == ()
    with pytest.raises(NotFound):
        open_notice(platform, boss, seq)
    read_notices(platform, boss, seq)
    assert unread_count(platform, lin) == 1
    assert unread_count(platform, SYSTEM) == 0
    with pytest.raises(NotFound):
        list_notices(platform, ANONYMOUS)
    for limit in (0, MOST + 1):
        with pytest.raises(UsageError):
            list_notices(platform, lin, limit=limit)
