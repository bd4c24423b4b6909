"""What pages say, in both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from matcher.domain.enums import DeclineReason, Language
from matcher.domain.money import MoneyRange
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)


def test_a_sentence_is_the_readers_with_its_values_in_place() -> None:
    assert ZH("共 {n} 条", "{n} in all", n=3) == "共 3 条"
    assert EN("共 {n} 条", "{n} in all", n=3) == "3 in all"


def test_braces_in_a_sentence_without_values_stay() -> None:
    assert EN("{}", "{}") == "{}"


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 11, 22), "今天", "today"),
        (date(2026, 11, 25), "3天后", "in 3 days"),
        (date(2026, 11, 20), "2天前", "2 days ago"),
        (date(2026, 11, 28), "6天后", "in 6 days"),
        (date(2026, 11, 29), "2026年11月29日", "29 November 2026"),
        (date(2027, 3, 1), "2027年3月1日", "1 March 2027"),
    ],
)
def test_near_days_are_told_by_how_far_away_they_are(day: date, zh: str, en: str) -> None:
    assert (ZH.day(day), EN.day(day)) == (zh, en)


def test_codes_are_told_by_name_and_what_is_unknown_stays() -> None:
    assert ZH.label(DeclineReason.PRICE) == "价格"
    assert EN.label("price", DeclineReason) == "price"
    assert EN.place("330000") == "Zhejiang"
    assert EN.place("Atlantis") == "Atlantis"
    assert (EN.place(""), EN.field("")) == ("", "")


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert EN.number(12345.678, 1) == "12,345.7"
    assert ZH.percent(0.256) == "26%"
    assert ZH.money(MoneyRange(500_000, 800_000)) == "50–80 万元"
    assert ZH.money(None) == "面议"


def test_moments_are_told_in_the_readers_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    there = Say(Language.EN, late, ZoneInfo("Asia/Shanghai"))
    assert EN.moment(late).startswith("22 Nov 2026, 23:30")
    assert there.moment(late).startswith("23 Nov 2026, 07:30")
    assert (there.clock(late), EN.clock(late)) == ("07:30", "23:30")
    assert (there.day_of(late), EN.day_of(late)) == ("today", "today")
    assert there.day_of(NOW) == "1 day ago"
