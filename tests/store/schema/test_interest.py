"""The tables of interests: every field has its place, and no step is without its interest."""

import pytest

from matcher.domain.interest import Interest, InterestStep
from matcher.errors import EditConflict
from tests.store.some_records import NOW

STEP = {"to_state": "routed", "by": "a", "at": NOW, "manager": "m", "why": "", "reasons": []}


def test_every_field_has_a_column(columns, fields_of):
    assert columns("interest") == fields_of(Interest) - {"history"} | {"version"}
    assert columns("interest_step") == fields_of(InterestStep) | {"interest", "place"}


def test_a_step_belongs_to_an_interest_that_exists(add):
    with pytest.raises(EditConflict):
        add("interest_step", interest="X9", place=0, **STEP)
