"""New listings are told to who has what goes with them, and may know of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions.notice_matches import LATELY, news_of_matches
from matcher.actions.notice_readers import readers
from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.organisation import Organisation
from matcher.store import accounts, records
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, need, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
COATING = ("石墨烯耐磨涂层二代", "导轨表面的石墨烯耐磨涂层,摩擦系数更低。")


@pytest.fixture
def people(platform: Platform) -> Platform:
    """A firm with a need of the coating, its colleague by organisation, another firm, a holder;
    all that there is came a week ago."""
    sign_up(platform, "firm", Role.ENTERPRISE)
    sign_up(platform, "other", Role.ENTERPRISE, node="n3")
    sign_up(platform, "holder", Role.HOLDER)
    put(platform, Noun.ORGANISATION, Organisation(id="g1", name="滑轨厂", node="n1"))
    with platform.database.writing() as session:
        mate = replace(accounts.get(session, "firm"), id="mate", login="mate", organisation="g1")  # type: ignore[type-var]
        accounts.add(session, mate, at=NOW)
    put(
        platform,
        Noun.NEED,
        need("w9", "导轨涂层", "石墨烯耐磨涂层", owner="firm", organisation="滑轨厂"),
    )
    put(platform, Noun.OUTCOME, outcome("o9", "石墨烯涂层", "石墨烯耐磨涂层", owner="holder"))
    return later(platform, 7 * DAY)


def write(platform: Platform, noun: Noun, record: object) -> None:
    with platform.database.writing() as session:
        records.put(session, noun, [record], actor=OPERATOR, at=platform.now())


def told(platform: Platform) -> dict[tuple[str, str], list[str]]:
    with platform.database.reading() as session:
        everybody = readers(session)
    looks: list[int] = []
    found = news_of_matches(platform, everybody, platform.now(), lambda: looks.append(1))
    return {(account, news.key): [one.key for one in news.matters] for account, news in found}


def test_a_new_outcome_is_told_to_who_needs_it(people: Platform) -> None:
    assert told(people) == {}
    write(people, Noun.OUTCOME, outcome("new", *COATING))
    assert told(people) == {("firm", "need"): ["w9 new"], ("mate", "need"): ["w9 new"]}
    assert told(later(people, LATELY + DAY)) == {}


def test_a_new_need_is_told_to_who_holds_what_it_asks_for(people: Platform) -> None:
    write(people, Noun.NEED, need("new", "求石墨烯耐磨涂层", COATING[1]))
    assert told(people) == {("holder", "outcome"): ["new o9"]}


def test_nobody_is_told_of_what_they_may_not_know(people: Platform) -> None:
    hidden = outcome("new", *COATING, visibility=Visibility.NAMED, visible_to=("mate",))
    write(people, Noun.OUTCOME, hidden)
    assert told(people) == {("mate", "need"): ["w9 new"]}


def test_what_had_ended_before_it_came_is_told_to_nobody(people: Platform) -> None:
    ended = people.now().date() - DAY
    write(people, Noun.OUTCOME, outcome("new", *COATING, valid_until=ended))
    assert told(people) == {}


def test_what_goes_with_nothing_is_told_to_nobody(people: Platform) -> None:
    write(people, Noun.OUTCOME, outcome("rice", "Rice breeding", "Rice for saline soil."))
    assert told(people) == {}
