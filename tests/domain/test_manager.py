"""Managers: what they say of themselves and what they have brokered."""

from datetime import date

import pytest

from matcher.domain.enums import Grade, TransferMode
from matcher.domain.manager import Deal, Manager
from matcher.domain.money import Money
from matcher.errors import InvalidValue


def test_a_manager_is_read_with_past_deals():
    manager = Manager.from_mapping(
        {
            "id": "M401",
            "name": "沈工",
            "agency": "U403",
            "grade": "高级",
            "statement": "涂层与表面工程",
            "fields": ["0401", "08"],
            "languages": ["zh", "de"],
            "capacity": 5,
            "conflicts": ["U402"],
            "deals": [
                {"title": "刀具涂层", "mode": "技术许可", "value": 300000, "date": "2025年6月"},
                {"outcome": "O417", "need": "N401"},
            ],
            "active": False,
        }
    )
    assert manager.grade is Grade.SENIOR
    assert manager.deals[0].mode is TransferMode.LICENSE
    assert manager.deals[0].date == date(2025, 6, 30)
    assert manager.deals[1] == Deal(outcome="O417", need="N401")
    assert manager.active is False


def test_a_portfolio_is_the_statement_and_a_text_a_deal():
    manager = Manager(
        id="M1",
        statement="涂层",
        statement_en="Coatings",
        deals=(
            Deal(title="刀具", text="寿命翻倍"),
            Deal(outcome="O1"),
            Deal(text="Spindle bearings"),
        ),
    )
    assert manager.portfolio() == ("涂层", "Coatings", "刀具\n寿命翻倍", "Spindle bearings")


def test_a_manager_without_anything_to_show_has_an_empty_portfolio():
    assert Manager(id="M1").portfolio() == ()


def test_the_worth_of_a_deal_has_its_currency():
    assert Deal(value=20_000, currency="EUR").worth == Money(20_000, "EUR")
    assert Deal().worth is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capacity": -1}, "capacity"),
        ({"grade": "expert"}, "grade"),
        ({"languages": ["中文"]}, "languages"),
        ({"deals": [{}, {"value": -1}]}, "deals[1].value"),
        ({"deals": [{"mode": "gift"}]}, "deals[0].mode"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Manager.from_mapping({"id": "M1"} | wrong)
    assert refused.value.where == {"field": field}
