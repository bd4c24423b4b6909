"""What is new in saved searches is told to who saved them, and stays new until they look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.notice_readers import readers
from matcher.actions.notice_searches import news_of_searches, searches_by_account
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.saved_searches import looked, save
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.outcome import Outcome
from matcher.recommend.filters import Filters
from matcher.store import records, saved_searches
from tests.actions.pursuits import later, sign_up
from tests.platforms import outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def write(platform: Platform, *found: Outcome) -> None:
    with platform.database.writing() as session:
        records.put(session, Noun.OUTCOME, found, actor=OPERATOR, at=platform.now())


def told(platform: Platform) -> dict[tuple[str, str], list[str]]:
    """By account and search the keys."""
    with platform.database.reading() as session:
        everybody = readers(session)
    searches = searches_by_account(platform)
    return {
        (one.account.id, news.key): [it.key for it in news.matters]
        for one in everybody
        for news in news_of_searches(platform, one, searches.get(one.account.id, ()))
    }


def test_a_new_result_is_told_to_its_owner_until_they_look(platform: Platform) -> None:
    lin = sign_up(platform, "lin", Role.ENTERPRISE)
    sign_up(platform, "other", Role.ENTERPRISE)
    search = save(platform, lin, "涂层", Noun.OUTCOME, "石墨烯 耐磨涂层", Filters())
    assert told(platform) == {}
    put(platform, Noun.OUTCOME, outcome("new", "石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层"))
    assert told(platform) == {("lin", search.id): [f"{search.id} new"]}
    assert told(platform) == {("lin", search.id): [f"{search.id} new"]}
    looked(platform, lin, search.id)
    assert told(platform) == {}


def test_what_was_there_before_is_no_news_until_its_owner_may_know_of_it(
    platform: Platform,
) -> None:
    coating = ("石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层")
    hidden = outcome("hidden", *coating, visibility=Visibility.NAMED)
    put(platform, Noun.OUTCOME, outcome("old", *coating), hidden)
    lin = sign_up(platform, "lin", Role.ENTERPRISE)
    month = later(platform, timedelta(days=30))
    search = save(month, lin, "涂层", Noun.OUTCOME, "石墨烯 耐磨涂层", Filters())
    with month.database.writing() as session:
        # As where it stood further down when its owner looked.
        saved_searches.save(session, replace(search, known=()))
    assert told(month) == {}
    after = later(month, timedelta(days=1))
    write(after, outcome("hidden", *coating), outcome("old", "石墨烯耐磨涂层二代", coating[1]))
    assert told(after) == {("lin", search.id): [f"{search.id} hidden"]}


def test_a_search_that_cant_be_read_any_more_stops_nobody(platform: Platform) -> None:
    lin = sign_up(platform, "lin", Role.ENTERPRISE)
    broken = save(platform, lin, "a", Noun.OUTCOME, "石墨烯", Filters())
    save(platform, lin, "b", Noun.OUTCOME, "耐磨涂层", Filters())
    with platform.database.writing() as session:
        saved_searches.save(session, replace(broken, filters={"colour": "red"}))
    put(platform, Noun.OUTCOME, outcome("new", "石墨烯耐磨涂层", "导轨表面的石墨烯耐磨涂层"))
    [keys] = told(platform).values()
    assert [key.split()[1] for key in keys] == ["new"]
