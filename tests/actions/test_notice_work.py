"""Follow-ups that are due, interests to be answered, and answers: each told to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.actions.interest_answers import accept_interest, decline_interest
from matcher.actions.interests import express
from matcher.actions.notice_readers import readers
from matcher.actions.notice_work import LATELY, news_of_work
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, FollowUpState
from matcher.domain.followup import FollowUp, transition
from matcher.store import followups
from tests.actions.interest_cases import People, people
from tests.actions.pursuits import later
from tests.platforms import NOW, in_zone

__all__ = ["people"]
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TODAY = NOW.date()
DAY = timedelta(days=1)


def told(platform: Platform) -> dict[tuple[str, str], list[str]]:
    """By account and kind the keys."""
    with platform.database.reading() as session:
        found = list(news_of_work(session, readers(session), platform.now(), platform.today()))
    return {(id_, one.kind.value): [it.key for it in one.matters] for id_, one in found}


def followed(platform: Platform, id_: str, due: date | None, manager: str = "m1") -> None:
    one = FollowUp(id=id_, need="w1", outcome=f"o{id_[-1]}", manager=manager, node="n1")
    taken = transition(one, FollowUpState.ACCEPTED, by="b1", at=NOW)
    with platform.database.writing() as session:
        followups.add(session, replace(taken, next_action="x" if due else "", due_on=due))


def test_what_is_due_is_told_on_its_day_and_again_when_it_is_long_late(people: People) -> None:
    platform = people.platform
    for id_, due in (("F1", TODAY), ("F2", TODAY + DAY), ("F3", None)):
        followed(platform, id_, due)
    followed(platform, "F4", TODAY, manager="nobody")
    day = TODAY.isoformat()
    assert told(platform) == {("b1", "due"): [f"F1 {day} due"]}
    next_day = (TODAY + DAY).isoformat()
    assert told(later(platform, 6 * DAY)) == {
        ("b1", "due"): [f"F1 {day} due", f"F2 {next_day} due"]
    }
    assert told(later(platform, 7 * DAY))["b1", "due"] == [f"F1 {day} late", f"F2 {next_day} due"]


def test_the_day_is_that_of_the_platforms_zone(people: People) -> None:
    followed(people.platform, "F1", TODAY + DAY)
    # 23:00 in UTC is 7 in the morning of the next day in China.
    morning = later(people.platform, NOW.replace(hour=23) - NOW)
    assert told(in_zone(morning, "UTC")) == {}
    assert list(told(in_zone(morning, "Asia/Shanghai"))) == [("b1", "due")]


def test_what_is_held_is_due_when_it_is_to_go_on(people: People) -> None:
    platform = people.platform
    one = FollowUp(id="F1", need="w1", outcome="o1", manager="m1", node="n1")
    held = transition(one, FollowUpState.ON_HOLD, by="b1", at=NOW, until=TODAY + DAY)
    with platform.database.writing() as session:
        followups.add(session, held)
    assert told(platform) == {}
    until = (TODAY + DAY).isoformat()
    assert told(later(platform, DAY)) == {("b1", "due"): [f"F1 {until} due"]}


def test_an_interest_is_told_to_who_has_it_and_its_answer_to_who_asked(people: People) -> None:
    platform = people.platform
    id_ = express(platform, people.firm, "o1").kept.interest.id
    assert told(platform) == {("b1", "interest"): [f"{id_} 0"]}
    decline_interest(platform, people.first, id_, DeclineReason.REGION)
    assert told(platform) == {("b5", "interest"): [f"{id_} 2"]}
    accept_interest(platform, people.second, id_)
    assert told(platform) == {("firm", "answer"): [f"{id_} 3"]}


def test_what_was_long_ago_is_no_news(people: People) -> None:
    platform = people.platform
    express(platform, people.firm, "o1")
    assert told(later(platform, LATELY))
    assert told(later(platform, LATELY + DAY)) == {}
