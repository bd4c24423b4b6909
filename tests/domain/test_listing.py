"""A record as an item: what is searched of it, what it states, who may know of it."""

from datetime import date

import pytest

from matcher.domain.enums import Grade, Secrecy, TransferMode, Visibility
from matcher.domain.item import Facts
from matcher.domain.listing import item_of
from matcher.domain.manager import Deal, Manager
from matcher.domain.money import MoneyRange
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome

DAY = date(2026, 1, 2)
OUTCOME = Outcome(
    id="o1",
    title="石墨烯涂层",
    title_en="Graphene coating",
    summary="简介",
    summary_en="Summary",
    keywords=("涂层",),
    keywords_en=("coating", "wear"),
    advantages="更耐磨",
    applications_en="Guideways",
    inventors=("secret name",),
    field="0101",
    holder="u1",
    trl=7,
    transfer_modes=(TransferMode.LICENSE,),
    price_min=5,
    pay_after_use=True,
    region="330100",
    valid_until=DAY,
    updated_at=DAY,
    owner="acc",
    node="n",
)


def test_an_outcome_is_searched_by_every_text_once() -> None:
    item = item_of(OUTCOME)
    assert (item.id, item.title) == ("o1", "石墨烯涂层")
    assert item.text.split("\n") == ["Graphene coating", "简介", "Summary", "更耐磨", "Guideways"]
    assert item.keywords == ("涂层", "coating", "wear")
    assert item.portfolio == ()
    assert "secret" not in item.body


def test_an_outcome_states_its_facts() -> None:
    assert item_of(OUTCOME).facts == Facts(
        price=MoneyRange(5, None),
        valid_until=DAY,
        updated_at=DAY,
        trl=7,
        region="330100",
        modes=(TransferMode.LICENSE,),
        field="0101",
        organisation="u1",
        owner="acc",
        pay_after_use=True,
    )


def test_a_need_is_searched_and_states_its_facts() -> None:
    need = Need(
        id="n1",
        title_en="Coating wanted",
        problem="导轨磨损",
        indicators="摩擦系数",
        foundation_en="A workshop",
        organisation="e1",
        budget_max=9,
        currency="USD",
        min_trl=6,
        coop_modes=(TransferMode.SERVICE,),
    )
    item = item_of(need)
    assert item.title == "Coating wanted"
    assert item.text.split("\n") == ["导轨磨损", "摩擦系数", "A workshop"]
    assert item.facts == Facts(
        budget=MoneyRange(None, 9, "USD"),
        min_trl=6,
        modes=(TransferMode.SERVICE,),
        organisation="e1",
    )


def test_a_manager_brings_deals_and_other_texts_each_once() -> None:
    manager = Manager(
        id="m1",
        name="张工",
        name_en="Zhang",
        statement="激光",
        statement_en="Laser",
        agency="a1",
        conflicts=("e1",),
        same_person=("acc2",),
        deals=(Deal(title="Shafts", text="repaired"), Deal(outcome="o1"), Deal(title="Paint")),
        fields=("0101", "02"),
        regions=("330000",),
        languages=("zh",),
        grade=Grade.SENIOR,
        capacity=3,
        updated_at=DAY,
    )
    item = item_of(manager, ["Paint", "", "Bridges"])
    assert item.title == "张工"
    assert item.text.split("\n") == ["Zhang", "激光", "Laser"]
    assert item.portfolio == ("Shafts\nrepaired", "Paint", "Bridges")
    assert item.facts == Facts(
        updated_at=DAY,
        organisation="a1",
        avoids=("e1",),
        persons=("acc2",),
        fields=("0101", "02"),
        regions=("330000",),
        languages=("zh",),
        grade=Grade.SENIOR,
        capacity=3,
    )
    assert item.audience == ("public",)


@pytest.mark.parametrize(
    ("manager", "capacity"),
    [
        (Manager(id="m"), None),
        (Manager(id="m", capacity=0), 0),
        (Manager(id="m", capacity=5, active=False), 0),
        (Manager(id="m", active=False), 0),
    ],
)
def test_whoever_is_not_active_takes_nothing_on(manager: Manager, capacity: int | None) -> None:
    assert item_of(manager).facts.capacity == capacity


def test_only_managers_have_a_portfolio() -> None:
    assert item_of(OUTCOME, ["Paint"]).portfolio == ()


@pytest.mark.parametrize(
    ("record", "audience"),
    [
        (Outcome(id="o"), ("public",)),
        (
            Need(id="n", visibility=Visibility.NAMED, visible_to=("b", "a")),
            ("account:a", "account:b"),
        ),
        (Outcome(id="o", visibility=Visibility.BROKERS, node="n"), ("brokers:n",)),
        (Outcome(id="o", visibility=Visibility.NAMED), ("nobody",)),
        (Outcome(id="o", secrecy=Secrecy.SECRET, owner="acc"), ("nobody",)),
    ],
)
def test_the_audience_is_that_of_the_record(
    record: Outcome | Need, audience: tuple[str, ...]
) -> None:
    """And for nobody it isn't none, which would be everybody."""
    assert item_of(record).audience == audience


def test_a_record_of_nothing_is_an_item_of_nothing() -> None:
    item = item_of(Outcome(id="o"))
    assert (item.title, item.text, item.keywords, item.portfolio) == ("", "", (), ())
