"""Over how many days figures may be asked for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.web.models.exposure import FiguresParams


def test_figures_are_of_the_last_ninety_days_of_ones_own_node() -> None:
    params = FiguresParams.model_validate({})
    assert (params.node, params.days) == ("", 90)


@pytest.mark.parametrize("days", ["0", "3651", "x"])
def test_days_that_can_not_be_counted(days: str) -> None:
    with pytest.raises(ValidationError):
        FiguresParams.model_validate({"days": days})
