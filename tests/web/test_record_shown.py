"""A record in full, in the reader's language with the other folded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.web.record_shown import ORDER, RecordShown, record_shown
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BOTH = Outcome(
    id="o1",
    title="石墨烯涂层",
    title_en="Graphene coating",
    summary="摩擦系数低。",
    summary_en="Low friction.",
    advantages_en="Twice the life.",
    keywords=("涂层", "石墨烯"),
    keywords_en=("coating",),
)


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def shown(record: Outcome | Need, language: Language = Language.ZH) -> RecordShown:
    return record_shown(Card(record, "Harbour University", 3), Say(language, NOW), NOW.date())


def test_each_text_is_the_readers_where_there_is_one_and_the_other_is_folded() -> None:
    chinese, english = shown(BOTH), shown(BOTH, Language.EN)
    assert (chinese.title, chinese.other_title) == ("石墨烯涂层", "Graphene coating")
    assert [(one.text, one.tongue) for one in chinese.texts] == [
        ("摩擦系数低。", "zh-Hans"),
        ("Twice the life.", "en"),
    ]
    assert [one.text for one in chinese.folded] == ["Low friction."]
    assert (english.title, english.other_tongue) == ("Graphene coating", "zh-Hans")
    assert [one.text for one in english.texts] == ["Low friction.", "Twice the life."]
    assert [one.text for one in english.folded] == ["摩擦系数低。"]
    assert english.keywords == ("涂层", "石墨烯", "coating")


def test_an_english_text_in_the_first_field_is_told_as_english() -> None:
    one = shown(Outcome(id="o1", title="Graphene coating", summary="Low friction."))
    assert (one.title, one.tongue, one.other_title) == ("Graphene coating", "en", "")
    assert [text.tongue for text in one.texts] == ["en"]


def test_a_record_without_a_title_goes_by_its_id() -> None:
    assert shown(Need(id="w 1")).title == "w 1"
    assert shown(Need(id="w 1")).texts == ()


def test_what_is_old_or_over_is_told() -> None:
    old = shown(Need(id="w1", updated_at=date(2025, 1, 1), valid_until=date(2026, 11, 21)))
    assert (old.stale, old.expired) == (True, True)
    assert (shown(BOTH).stale, shown(BOTH).expired) == (False, False)


def test_the_order_names_every_fact_and_text_once() -> None:
    for noun in (Noun.OUTCOME, Noun.NEED):
        assert len(ORDER[noun]) == len(set(ORDER[noun]))
    assert ORDER[Noun.NEED][-3:] == ("problem", "indicators", "foundation")
