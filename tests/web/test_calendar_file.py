"""Due days as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar

from matcher.domain.enums import FollowUpState as S
from matcher.domain.enums import Language
from matcher.web.calendar_file import calendar_file
from matcher.web.pipeline_card import PipelineCard
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EN = Say(Language.EN, NOW)
CARD = PipelineCard(
    id="F1",
    version=4,
    need="Coating\r\nBEGIN:VALARM",
    need_party="Works; Ltd",
    outcome="石墨烯",
    outcome_party="",
    manager="m1",
    state=S.CONTACTED,
    next_action="Call, then write",
    due=date(2026, 12, 1),
    late=0,
    urgency="",
    days=1,
)


def read(*cards: PipelineCard) -> Calendar:
    return Calendar.from_ical(calendar_file(cards, lambda id_: f"https://here/{id_}", NOW, EN))


def test_a_day_is_an_entry_that_keeps_its_id() -> None:
    [event] = read(CARD).events
    assert event["uid"] == "F1@matcher"
    assert event["sequence"] == 4
    assert (event.start, event.end) == (date(2026, 12, 1), date(2026, 12, 2))
    assert event["summary"] == "Call, then write · Works; Ltd"
    assert event["url"] == "https://here/F1"
    assert "石墨烯" in event["description"]


def test_texts_make_no_entries_of_their_own() -> None:
    [event] = read(CARD).events
    assert event.subcomponents == []


def test_a_hold_says_that_it_ends_and_what_has_no_day_is_left_out() -> None:
    held = replace(CARD, state=S.ON_HOLD)
    [event] = read(held, replace(CARD, id="F2", due=None)).events
    assert event["summary"].startswith("hold ends")
