"""What the coach says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from matcher.actions.completeness import Aspect
from matcher.domain.enums import Language, Noun
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.web.coach import _WORDS, coach_shown
from matcher.web.record_fields import inputs_of
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ZH, EN = (Say(one, NOW) for one in Language)


def test_at_most_three_suggestions_come_the_most_useful_first() -> None:
    shown = coach_shown(Need(id="w"), EN)
    assert [one.name for one in shown.suggestions] == ["title", "problem", "problem"]
    assert (shown.percent, shown.said, shown.all, shown.level) == (0, 0, len(Aspect), "just begun")


def test_what_is_said_isnt_asked_for() -> None:
    said = Need(
        id="w", title="机床导轨耐磨涂层", problem="采用喷涂工艺", valid_until=date(2027, 1, 1)
    )
    shown = coach_shown(said, ZH)
    assert [one.name for one in shown.suggestions] == ["indicators", "indicators", "problem"]
    assert shown.suggestions[0].text == "要改善多少？写：现有值 → 目标值。"


@pytest.mark.parametrize("noun", _WORDS)
def test_each_aspect_has_words_and_leads_to_a_field_of_the_form(noun: Noun) -> None:
    names = {one.name for one in inputs_of(noun)}
    assert set(_WORDS[noun]) == set(Aspect)
    for name, text, why in _WORDS[noun].values():
        assert name in names
        assert text[0] != text[1]
        assert why[0] != why[1]


def test_an_outcome_is_asked_for_what_is_its_own() -> None:
    names = {
        one.name for one in coach_shown(Outcome(id="o", title="石墨烯耐磨涂层"), EN).suggestions
    }
    assert names == {"summary", "advantages"}
