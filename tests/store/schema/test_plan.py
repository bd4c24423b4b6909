"""The tables of plans: every field has its place, and no line is without its plan."""

import pytest

from matcher.domain.plan import Plan, PlanLine
from matcher.errors import EditConflict

LINE = {"need": "n1", "outcome": "o1", "manager": "m1", "value": 0.5, "state": "proposed"}


def test_every_field_has_a_column(columns, fields_of):
    assert columns("plan") == fields_of(Plan) - {"lines"} | {"version"}
    assert columns("plan_line") == fields_of(PlanLine) | {"plan", "place"}


def test_a_line_belongs_to_a_plan_that_exists(add):
    with pytest.raises(EditConflict):
        add("plan_line", plan="P9", place=0, **LINE)
