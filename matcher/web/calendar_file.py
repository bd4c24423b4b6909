"""Follow-ups as a calendar (RFC 5545): a day each for what is to be done by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from matcher import __version__
from matcher.web.pipeline_card import PipelineCard
from matcher.web.say import Say

MIMETYPE = "text/calendar"
_DAY = timedelta(days=1)


def calendar_file(
    cards: Iterable[PipelineCard], address: Callable[[str], str], now: datetime, say: Say
) -> bytes:
    """The file. address: of a follow-up's page by its id. What has no day isn't in it.

    A follow-up keeps its entry when the file is taken in anew: its id is the entry's.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//matcher//{__version__}//{say.language.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("跟进到期", "Follow-ups due"))
    for card in cards:
        if card.due is not None:
            calendar.add_component(_event(card, address(card.id), now, say))
    return bytes(calendar.to_ical())


def _event(card: PipelineCard, address: str, now: datetime, say: Say) -> Event:
    event = Event()
    event.add("uid", f"{card.id}@matcher")
    event.add("dtstamp", now)
    event.add("sequence", card.version)
    event.add("dtstart", card.due)
    event.add("dtend", card.due + _DAY if card.due else None)
    event.add("summary", f"{_what(card, say)} · {card.need_party or card.need}")
    parties = (card.need_party, card.outcome_party)
    lines = (card.title, " · ".join(filter(None, parties)), say.label(card.state), address)
    event.add("description", "\n".join(filter(None, lines)))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _what(card: PipelineCard, say: Say) -> str:
    if card.held:
        return say("搁置到期", "hold ends")
    return card.next_action or say("跟进", "follow up")
