"""What all models share: no field but those named; bodies take no value of another type."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from matcher.web.models.base import Body, Day, Listed, Params, Shown


class In(Body):
    n: int = 0


class Query(Params):
    n: int = 0
    words: Annotated[tuple[str, ...], Listed] = ()


class Out(Shown):
    n: int = 0


@pytest.mark.parametrize("model", [In, Query, Out])
def test_no_other_field(model: type[BaseModel]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate({"m": 1})


def test_a_body_takes_no_text_for_a_number_and_a_query_does() -> None:
    with pytest.raises(ValidationError):
        In.model_validate({"n": "1"})
    assert Query.model_validate({"n": "1"}).n == 1


def test_several_values_stand_between_commas() -> None:
    assert Query.model_validate({"words": "a,b,,c"}).words == ("a", "b", "c")


def test_a_day_is_written_out() -> None:
    class OnDay(Params):
        on: Day | None = None

    assert OnDay.model_validate({"on": "2026-11-22"}).on == dt.date(2026, 11, 22)
    for other in ("0", "2026-11-31", "2026-11-22T00:00", "22.11.2026", ""):
        with pytest.raises(ValidationError):
            OnDay.model_validate({"on": other})


def test_texts_have_an_end() -> None:
    with pytest.raises(ValidationError):
        Query.model_validate({"words": ["x" * 20_001]})
