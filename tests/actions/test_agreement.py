"""Agreement: facts that both state count, in either direction; what one leaves out doesn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.actions.agreement import MOST_GAINED, Agreement, Fact, agreement, same_organisation
from matcher.domain.identity import Identities
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome

IDENTITIES = Identities(
    [
        Organisation(id="u1", name="江南大学", name_en="Jiangnan University"),
        Organisation(id="u2", name="海东大学", name_en="Haidong University"),
        Organisation(id="d1", name="江南大学材料学院", parent="u1"),
    ]
)
ONE = Outcome(
    id="a",
    holder="江南大学",
    inventors=("某甲", "某乙"),
    trl=6,
    field="0401",
    price_min=1000,
    price_max=2000,
    region="330100",
    updated_at=date(2026, 1, 1),
)


def test_a_copy_states_everything_alike() -> None:
    found = agreement(ONE, replace(ONE, id="b"), IDENTITIES)
    assert not found.differing
    assert set(found.alike) == {
        Fact.ORGANISATION,
        Fact.INVENTORS,
        Fact.READINESS,
        Fact.PRICE,
        Fact.FIELD,
        Fact.REGION,
        Fact.DATE,
    }


def test_facts_alone_gain_no_more_than_the_most() -> None:
    assert agreement(ONE, replace(ONE, id="b"), IDENTITIES).odds == MOST_GAINED


def test_what_one_leaves_out_says_nothing() -> None:
    assert agreement(ONE, Outcome(id="b"), IDENTITIES) == Agreement((), ())
    assert Agreement((), ()).odds == 0


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"holder": "Haidong University"}, Fact.ORGANISATION),
        ({"inventors": ("某丙",)}, Fact.INVENTORS),
        ({"trl": 8}, Fact.READINESS),
        ({"price_max": 3000}, Fact.PRICE),
        ({"field": "0801"}, Fact.FIELD),
        ({"region": "110000"}, Fact.REGION),
        ({"updated_at": date(2023, 1, 1)}, Fact.DATE),
    ],
)
def test_what_is_stated_differently_speaks_against(change: dict[str, object], fact: Fact) -> None:
    found = agreement(ONE, replace(ONE, id="b", **change), IDENTITIES)  # type: ignore[arg-type]
    assert found.differing == (fact,)
    assert found.odds < agreement(ONE, replace(ONE, id="b"), IDENTITIES).odds


def test_a_listing_ages_by_a_step_without_becoming_another() -> None:
    later = replace(ONE, id="b", trl=7, updated_at=date(2026, 6, 1))
    assert not agreement(ONE, later, IDENTITIES).differing


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("江南大学", "Jiangnan University", True),
        ("江南大学", "u1", True),
        ("江南大学", "海东大学", False),
        ("江南大学", "江南大学材料学院", None),
        ("江南大学", "", None),
        ("某公司", "某有限公司", True),
        ("甲研究所", "乙研究所", False),
        ("甲研究所", "Institute B", None),
        ("江南大学", "乙研究所", None),
    ],
)
def test_organisations_are_compared_by_who_they_are(
    one: str, other: str, same: bool | None
) -> None:
    assert same_organisation(one, other, IDENTITIES) is same


def test_inventors_in_two_languages_are_not_compared() -> None:
    found = agreement(ONE, replace(ONE, id="b", inventors=("A. Nyman",)), IDENTITIES)
    assert Fact.INVENTORS not in (*found.alike, *found.differing)


def test_needs_are_compared_by_what_they_ask() -> None:
    one = Need(id="a", organisation="u1", min_trl=5, budget_max=100)
    other = Need(id="b", organisation="u2", min_trl=5, budget_max=100)
    found = agreement(one, other, IDENTITIES)
    assert (found.alike, found.differing) == (
        (Fact.READINESS, Fact.PRICE),
        (Fact.ORGANISATION,),
    )


def test_names_of_managers_are_compared_in_one_language() -> None:
    one = Manager(id="a", name="某甲", name_en="Jia Mou")
    assert Fact.NAME in agreement(one, Manager(id="b", name_en="jia mou"), IDENTITIES).alike
    assert Fact.NAME in agreement(one, Manager(id="b", name="某乙"), IDENTITIES).differing
    assert agreement(one, Manager(id="b", name="Jia Mou"), IDENTITIES) == Agreement((), ())


def test_two_credit_codes_are_two_organisations() -> None:
    one = Organisation(id="a", name="甲", credit_code="12330000470095016Q")
    other = replace(one, id="b", credit_code="12330000470095017Q")
    assert agreement(one, other, IDENTITIES).odds < -5
