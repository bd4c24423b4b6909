"""The form of a plan: what is asked for by what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.job_wishes import wish_of
from matcher.domain.job import JobKind
from matcher.errors import InvalidValue
from matcher.web.plan_form import BLANK, FAIRNESS, plan_arguments, typed_plan


def test_the_blank_form_asks_for_what_the_command_does_by_default() -> None:
    told = plan_arguments(typed_plan(BLANK))
    assert told["quota"] == {"least": 0, "most": 5}
    assert (told["outcomes"], told["fairness"], told["floor"]) == (3, 0.25, None)
    assert (told["per_need"], told["per_outcome"]) == (None, None)
    assert wish_of(JobKind.PLAN, told).quota.most == 5


def test_weak_pairs_come_in_by_a_floor_at_nothing() -> None:
    assert plan_arguments(typed_plan({**BLANK, "weak": "yes"}))["floor"] == 0.0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("most", ""),
        ("most", "0"),
        ("most", "1001"),
        ("least", "6"),
        ("least", "-1"),
        ("outcomes", "11"),
        ("per_need", "0"),
        ("per_outcome", "two"),
        ("most", "９"),
    ],
)
def test_what_cant_be_read_names_its_field(name: str, text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        plan_arguments(typed_plan({**BLANK, name: text}))
    assert caught.value.where["field"] == name


@given(st.dictionaries(st.sampled_from(sorted(BLANK)), st.text(max_size=30)))
def test_whatever_is_typed_is_a_plan_or_is_refused(typed: dict[str, str]) -> None:
    try:
        told = plan_arguments(typed_plan({**BLANK, **typed}))
    except InvalidValue:
        return
    assert 0 <= told["quota"]["least"] <= told["quota"]["most"] <= 1000
    assert told["fairness"] in {number for number, _ in FAIRNESS.values()}
