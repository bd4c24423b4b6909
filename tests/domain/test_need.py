"""Needs: from one vague sentence to an open call with an award."""

from datetime import date

import pytest

from matcher.domain.enums import Language, TransferMode
from matcher.domain.money import MoneyRange
from matcher.domain.need import Challenge, Need
from matcher.errors import InvalidValue


def test_an_open_call_is_read():
    need = Need.from_mapping(
        {
            "id": "N401",
            "title": "高档数控机床导轨耐磨涂层",
            "problem": "导轨磨损快",
            "indicators": "摩擦系数 <0.08，寿命 ≥5000 h",
            "organisation": "U402",
            "budget_min": 500000,
            "budget_max": 800000,
            "coop_modes": ["license", "development"],
            "min_trl": 6,
            "challenge": {"award": 300000, "deadline": "2027-03-31"},
            "scenario": True,
            "region": "331000",
            "reg_no": "ZJ-2026-118",
        }
    )
    assert need.budget == MoneyRange(500_000, 800_000)
    assert need.challenge == Challenge(award=300_000, deadline=date(2027, 3, 31))
    assert need.coop_modes == (TransferMode.DEVELOPMENT, TransferMode.LICENSE)
    assert need.scenario is True


def test_one_sentence_is_enough():
    need = Need.from_mapping({"id": "N1", "problem_en": "Our bearings squeal."})
    assert need.budget is None
    assert need.challenge is None
    assert need.texts(Language.EN) == ("Our bearings squeal.",)


def test_an_open_call_without_an_award_is_still_one():
    need = Need.from_mapping({"id": "N1", "challenge": {}})
    assert need.challenge == Challenge()
    assert Need.from_mapping(need.to_mapping()) == need


def test_a_need_can_expire():
    assert Need(id="N1", valid_until=date(2025, 12, 31)).is_expired(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"min_trl": 12}, "min_trl"),
        ({"budget_min": 9, "budget_max": 8}, "budget_min"),
        ({"challenge": {"award": -5}}, "challenge.award"),
        ({"challenge": {"prize": 5}}, "challenge.prize"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Need.from_mapping({"id": "N1"} | wrong)
    assert refused.value.where == {"field": field}
