"""Outcomes: the fields of a real listing, and what can't be one."""

from datetime import date

import pytest

from matcher.domain.enums import Listing, Secrecy, Stage, TransferMode, Visibility
from matcher.domain.money import MoneyRange
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue

LISTING = {
    "id": "O417",
    "external_id": "JZ-2024-0031",
    "title": "机床导轨耐磨涂层",
    "title_en": "Wear-resistant coating for guideways",
    "summary": "激光熔覆，厚度 0.3 mm",
    "keywords": ["激光熔覆", "导轨"],
    "holder": "U401",
    "inventors": ["周工"],
    "field": "0401",
    "ipc": ["C23C 24/10"],
    "trl": 7,
    "stage": "中试",
    "transfer_modes": ["作价投资", "license"],
    "price_min": 400000,
    "price_max": 600000,
    "pay_after_use": True,
    "region": "610100",
    "valid_until": "2027年底",
    "listing": "挂牌",
    "updated_at": "2025-08-30",
    "source": "江洲技术市场",
}


def test_a_listing_is_read():
    outcome = Outcome.from_mapping(LISTING)
    assert outcome.stage is Stage.PILOT
    assert outcome.transfer_modes == (TransferMode.LICENSE, TransferMode.EQUITY)
    assert outcome.price == MoneyRange(400_000, 600_000)
    assert outcome.listing is Listing.LISTED
    assert outcome.valid_until == date(2027, 12, 31)
    assert outcome.inventors == ("周工",)


def test_what_a_listing_does_not_say_has_a_default():
    outcome = Outcome(id="O1")
    assert outcome.price is None
    assert outcome.trl is None
    assert outcome.visibility is Visibility.PUBLIC
    assert outcome.secrecy is Secrecy.OPEN
    assert outcome.listing is Listing.NONE


def test_codes_that_no_taxonomy_knows_are_kept():
    outcome = Outcome.from_mapping({"id": "O1", "field": "99-新", "region": "浙江", "ipc": ["?"]})
    assert (outcome.field, outcome.region, outcome.ipc) == ("99-新", "浙江", ("?",))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": " "}, "id"),
        ({"trl": 0}, "trl"),
        ({"trl": 10}, "trl"),
        ({"price_min": 600_000, "price_max": 400_000}, "price_min"),
        ({"price_max": -1}, "price_max"),
        ({"currency": "元"}, "currency"),
        ({"stage": "half-way"}, "stage"),
        ({"visibility": "secret"}, "visibility"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Outcome.from_mapping({"id": "O1"} | wrong)
    assert refused.value.where == {"field": field}
