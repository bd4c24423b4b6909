"""What a record doesn't say yet."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.completeness import Aspect, completeness
from matcher.domain.enums import TransferMode
from matcher.domain.need import Challenge, Need
from matcher.domain.outcome import Outcome

WHOLE = Need(
    id="w",
    title="机床导轨耐磨涂层",
    problem="用于数控机床导轨，拟采用喷涂工艺，寿命从 2000 h 提高到 5000 h。",
    indicators="摩擦系数 <0.08",
    budget_max=800_000,
    coop_modes=(TransferMode.DEVELOPMENT,),
    min_trl=6,
    valid_until=date(2027, 1, 1),
    field="04",
    region="330000",
)


def test_nothing_is_said_by_nothing_and_all_by_a_whole_need() -> None:
    empty = completeness(Need(id="w"))
    assert (empty.said, empty.missing, empty.percent) == ((), tuple(Aspect), 0)
    assert (completeness(WHOLE).missing, completeness(WHOLE).percent) == ((), 100)


def test_a_third_of_it_is_a_third() -> None:
    record = Need(id="w", field="04", region="33", min_trl=3, budget_min=1)
    assert completeness(record).percent == 33


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("钛合金", {Aspect.SUBJECT}),
        ("a steel pump", {Aspect.SUBJECT}),
        ("steelworks", set()),
        ("激光焊接", {Aspect.METHOD}),
        ("寿命提高 30%", {Aspect.EFFECT}),
        ("life from 2000 h to 5000 h", {Aspect.EFFECT}),
        ("2000 h → 5000 h", {Aspect.EFFECT}),
        ("5000 h", set()),
        ("适用于船厂", {Aspect.APPLICATION}),
        ("longer life", set()),
    ],
)
def test_the_problem_is_searched_for_words_and_figures(text: str, aspects: set[Aspect]) -> None:
    assert set(completeness(Need(id="w", problem=text)).said) == aspects


def test_a_figure_is_an_indicator_only_where_indicators_stand() -> None:
    assert Aspect.INDICATOR in completeness(Need(id="w", indicators="5000 h")).said
    assert Aspect.INDICATOR not in completeness(Need(id="w", indicators="very long")).said
    assert Aspect.INDICATOR in completeness(Outcome(id="o", advantages="5000 h")).said


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("涂层", False),
        ("机床导轨耐磨涂层", True),
        ("Coating", False),
        ("A hard wearing coat", True),
    ],
)
def test_a_title_of_a_word_or_two_says_little(title: str, told: bool) -> None:
    assert (Aspect.TITLE in completeness(Need(id="w", title=title)).said) is told


def test_an_outcome_says_by_its_own_fields() -> None:
    record = Outcome(
        id="o",
        applications="Ships",
        pay_after_use=True,
        trl=7,
        transfer_modes=(TransferMode.LICENSE,),
        keywords=("a", "b", "c"),
    )
    assert set(completeness(record).said) == {
        *(Aspect.APPLICATION, Aspect.MONEY, Aspect.TRL, Aspect.MODES, Aspect.SUBJECT)
    }


def test_the_last_day_of_a_call_is_a_deadline() -> None:
    call = Need(id="w", challenge=Challenge(deadline=date(2027, 1, 1)))
    assert completeness(call).said == (Aspect.DEADLINE,)
