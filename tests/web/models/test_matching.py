"""What is asked for, as the actions take it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.actions.answer import Wish
from matcher.domain.enums import Language, TransferMode
from matcher.errors import InvalidValue
from matcher.recommend.filters import Filters
from matcher.web.models.matching import FilteredParams, MatchParams


def test_nothing_said_is_the_usual_wish() -> None:
    assert MatchParams().wish() == Wish()
    assert FilteredParams().wish() == Wish()


def test_everything_said_reaches_the_wish() -> None:
    given = {
        "limit": "3",
        "lang": "en",
        "facts": "false",
        "field": "05",
        "region": "32",
        "trl_min": "6",
        "mode": "license,transfer",
        "price_max": "1000",
        "currency": "EUR",
        "pay_after_use": "true",
    }
    modes = (TransferMode.LICENSE, TransferMode.TRANSFER)
    filters = Filters("05", "320000", 6, modes, 1000, "EUR", pay_after_use=True)
    wish = FilteredParams.model_validate(given).wish()
    assert wish == Wish(3, filters, Language.EN, facts=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "51"), ("trl_min", "0"), ("mode", "gift"), ("price_max", "-1"), ("currency", "元")],
)
def test_what_cannot_be(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        FilteredParams.model_validate({name: value})


@pytest.mark.parametrize(("name", "value"), [("region", "Narnia"), ("field", "Nonsense")])
def test_a_name_that_nobody_knows_is_no_filter(name: str, value: str) -> None:
    with pytest.raises(InvalidValue, match=f"There is no {name} '{value}'"):
        FilteredParams.model_validate({name: value}).wish()
