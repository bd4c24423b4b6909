"""Every feature by a table worked out by hand; what isn't stated is worth one half."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Grade, Language, TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.domain.track import Track
from matcher.recommend.candidates import Candidates
from matcher.recommend.facts import NOTHING_STANDS, OPEN, SAME_AREA, Standing, facts
from matcher.recommend.recipe import LISTING_FACTS, PERSON_FACTS

TODAY = date(2026, 11, 1)
LICENSE, EQUITY, SERVICE = TransferMode.LICENSE, TransferMode.EQUITY, TransferMode.SERVICE


def worth(
    name: str,
    query: Facts | Item,
    offered: Mapping[str, Facts],
    standing: Standing = NOTHING_STANDS,
    *,
    persons: bool = False,
) -> dict[str, float]:
    """One feature of each of the offered, by id."""
    item = query if isinstance(query, Item) else Item("q", facts=query)
    candidates = Candidates.of([Item(id_, facts=own) for id_, own in offered.items()])
    places = np.arange(len(candidates))
    found = facts(item, candidates, places, (name,), standing, persons=persons)
    assert list(found) == [name]
    return dict(zip(offered, found[name].tolist(), strict=True))


READY = {f"{trl}": Facts(trl=trl) for trl in (2, 3, 5, 6, 9)} | {"untold": Facts()}


def test_a_need_that_asks_for_a_readiness() -> None:
    found = worth("trl", Facts(min_trl=6), READY)
    assert found == {"2": 0.0, "3": 0.25, "5": 0.75, "6": 1.0, "9": 1.0, "untold": OPEN}


def test_a_need_that_asks_for_none_takes_the_readier() -> None:
    found = worth("trl", Facts(), READY)
    assert found["9"] == 1
    assert found["3"] == pytest.approx(1 / 3)
    assert found["untold"] == OPEN


def test_an_outcome_beside_what_is_asked_for() -> None:
    asked = {f"{trl}": Facts(min_trl=trl) for trl in (1, 5, 6, 9)} | {"untold": Facts()}
    found = worth("trl", Facts(trl=5), asked)
    assert found == {"1": 1.0, "5": 1.0, "6": 0.75, "9": 0.0, "untold": OPEN}


def test_an_outcome_of_unknown_readiness_beside_needs_says_nothing() -> None:
    assert worth("trl", Facts(), {"n": Facts(min_trl=6)}) == {"n": OPEN}


PLACES = {
    "same": Facts(region="330106"),
    "prefecture": Facts(region="330100"),
    "its province": Facts(region="330000"),
    "other prefecture": Facts(region="330200"),
    "greater area": Facts(region="310000"),
    "far": Facts(region="510100"),
    "untold": Facts(),
    "works in several": Facts(region="510100", regions=("440000", "330200")),
}


@pytest.mark.parametrize("persons", [False, True])
def test_how_near(*, persons: bool) -> None:
    found = worth("region", Facts(region="330106"), PLACES, persons=persons)
    assert found == {
        "same": 1.0,
        "prefecture": 1.0,
        "its province": 1.0,
        "other prefecture": 0.6,
        "greater area": 0.2,
        "far": 0.0,
        "untold": OPEN,
        "works in several": 0.6,
    }


def test_whoever_says_no_place_is_as_near_to_all() -> None:
    assert set(worth("region", Facts(), PLACES).values()) == {OPEN}


FIELDS = {
    "same": Facts(field="0101"),
    "branch": Facts(field="010103"),
    "area": Facts(field="01"),
    "sister": Facts(field="0102"),
    "other": Facts(field="0201"),
    "untold": Facts(),
    "several": Facts(field="0201", fields=("0101",)),
}


@pytest.mark.parametrize("persons", [False, True])
def test_how_akin(*, persons: bool) -> None:
    found = worth("field", Facts(field="0101"), FIELDS, persons=persons)
    assert found == {
        "same": 1.0,
        "branch": 1.0,
        "area": 1.0,
        "sister": SAME_AREA,
        "other": 0.0,
        "untold": OPEN,
        "several": 1.0,
    }
    assert set(worth("field", Facts(), FIELDS, persons=persons).values()) == {OPEN}


PRICES = {
    "free": Facts(price=MoneyRange(0, 0)),
    "within": Facts(price=MoneyRange(80, 900)),
    "half more": Facts(price=MoneyRange(150, 150)),
    "double": Facts(price=MoneyRange(200, 200)),
    "dear": Facts(price=MoneyRange(900, 900)),
    "dollars": Facts(price=MoneyRange(900, 900, "USD")),
    "open below": Facts(price=MoneyRange(None, 900)),
    "untold": Facts(),
}


def test_a_price_beside_a_budget() -> None:
    found = worth("price", Facts(budget=MoneyRange(10, 100)), PRICES)
    assert found == {
        "free": 1.0,
        "within": 1.0,
        "half more": 0.5,
        "double": 0.0,
        "dear": 0.0,
        "dollars": OPEN,
        "open below": OPEN,
        "untold": OPEN,
    }


@pytest.mark.parametrize("budget", [None, MoneyRange(10, None), MoneyRange(0, 0)])
def test_without_an_upper_end_of_the_budget_no_price_is_better(budget: MoneyRange | None) -> None:
    assert set(worth("price", Facts(budget=budget), PRICES).values()) == {OPEN}


def test_a_way_of_transfer_in_common() -> None:
    offered = {
        "one of two": Facts(modes=(LICENSE, EQUITY)),
        "none": Facts(modes=(EQUITY,)),
        "untold": Facts(),
    }
    found = worth("mode", Facts(modes=(LICENSE, SERVICE)), offered)
    assert found == {"one of two": 1.0, "none": 0.0, "untold": OPEN}
    assert set(worth("mode", Facts(), offered).values()) == {OPEN}


DATED = {
    "today": Facts(updated_at=TODAY),
    "a year": Facts(updated_at=TODAY - timedelta(365)),
    "two years": Facts(updated_at=TODAY - timedelta(730)),
    "ahead": Facts(updated_at=TODAY + timedelta(9)),
    "untold": Facts(),
}


def test_freshness_halves_with_every_year() -> None:
    found = worth("fresh", Facts(), DATED, Standing(on=TODAY))
    assert found == {"today": 1.0, "a year": 0.5, "two years": 0.25, "ahead": 1.0, "untold": OPEN}


def test_without_a_day_nothing_is_old() -> None:
    assert set(worth("fresh", Facts(), DATED).values()) == {OPEN}


def test_everybody_who_found_it_stale_since_its_last_update_halves_it_again() -> None:
    after, before = TODAY - timedelta(3), TODAY - timedelta(400)
    stale = {
        "a year": [after, after],
        "today": [before, TODAY],
        "untold": [before],
        "nobody's": [after],
    }
    found = worth("fresh", Facts(), DATED, Standing(on=TODAY, stale=stale))
    assert found["a year"] == 0.5 * 0.25
    assert found["today"] == 1.0
    assert found["untold"] == OPEN / 2


def test_a_listing_that_says_more_is_clearer() -> None:
    offered = {"bare": Facts(), "two": Facts(field="01", trl=3)}
    found = worth("detail", Facts(), offered)
    assert found == {"bare": 0.0, "two": pytest.approx(2 / 7)}


SPEAKING = {
    "both": Facts(languages=("zh", "en")),
    "english": Facts(languages=("en",)),
    "untold": Facts(),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Item("q", text="coating", lang=Language.ZH), [1.0, 0.0, OPEN]),
        (Item("q", text="石墨烯 coating"), [1.0, 0.0, OPEN]),
        (Item("q", text="graphene coating"), [1.0, 1.0, OPEN]),
        (Item("q"), [OPEN, OPEN, OPEN]),
    ],
)
def test_whoever_reads_what_it_is_written_in(query: Item, expected: list[float]) -> None:
    found = worth("language", query, SPEAKING, persons=True)
    assert list(found.values()) == expected


def test_grades_from_a_third_to_one() -> None:
    offered = {grade.value: Facts(grade=grade) for grade in Grade} | {"untold": Facts()}
    found = worth("grade", Facts(), offered, persons=True)
    assert list(found.values()) == pytest.approx([1 / 3, 2 / 3, 1, OPEN])


def test_success_and_promptness_of_those_with_and_without_history() -> None:
    people = {"new": Facts(), "old": Facts(), "prompt": Facts()}
    standing = Standing(
        tracks={"old": Track(reached=5, response_hours=72), "prompt": Track(response_hours=0)}
    )
    success = worth("success", Facts(), people, standing, persons=True)
    # (5 + .2 · 5) / (5 + 5); without history .2, the rate that is expected.
    assert success == pytest.approx({"new": 0.2, "old": 0.6, "prompt": 0.2})
    response = worth("response", Facts(), people, standing, persons=True)
    assert response == pytest.approx({"new": OPEN, "old": math.exp(-1), "prompt": 1.0})


def test_room_is_the_free_share_of_a_stated_capacity() -> None:
    people = {
        "new": Facts(capacity=4),
        "busy": Facts(capacity=4),
        "full": Facts(capacity=4),
        "none": Facts(capacity=0),
        "untold": Facts(),
    }
    tracks = {
        "busy": Track(carrying=1),
        "full": Track(carrying=9),
        "none": Track(),
        "untold": Track(carrying=9),
    }
    found = worth("room", Facts(), people, Standing(tracks=tracks), persons=True)
    assert found == {"new": 1.0, "busy": 0.75, "full": 0.0, "none": 0.0, "untold": 1.0}


def test_a_feature_of_persons_is_none_of_listings() -> None:
    candidates, none = Candidates.of([Item("a")]), np.zeros(1, np.int64)
    with pytest.raises(KeyError):
        facts(Item("q"), candidates, none, ("grade",))
    with pytest.raises(KeyError):
        facts(Item("q"), candidates, none, ("price",), persons=True)


@pytest.mark.parametrize(
    ("names", "persons"), [(LISTING_FACTS, False), (PERSON_FACTS, True)], ids=["listings", "people"]
)
def test_of_nobody_there_is_nothing(names: tuple[str, ...], *, persons: bool) -> None:
    none = np.zeros(0, np.int64)
    found = facts(Item("q"), Candidates.of([]), none, names, persons=persons)
    assert {name: values.shape for name, values in found.items()} == dict.fromkeys(names, (0,))


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
codes = st.sampled_from(["", "01", "0101", "02", "Robots"])
regions = st.sampled_from(["", "330000", "330106", "510100", "Hangzhou"])
money = st.builds(
    lambda low, more, currency: MoneyRange(low, low + more, currency),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(["CNY", "USD"]),
)
modes = st.lists(st.sampled_from(TransferMode), unique=True, max_size=3).map(tuple)
stated = st.builds(
    Facts,
    price=st.none() | money,
    budget=st.none() | money,
    updated_at=st.none() | days,
    trl=st.none() | st.integers(1, 9),
    min_trl=st.none() | st.integers(1, 9),
    region=regions,
    field=codes,
    modes=modes,
    languages=st.sampled_from([(), ("zh",), ("zh", "en")]),
    grade=st.none() | st.sampled_from(Grade),
    capacity=st.none() | st.integers(0, 5),
)
items = st.builds(
    lambda text, own: Item("", text=text, facts=own), st.sampled_from(["", "石墨", "a"]), stated
)
tracks = st.builds(
    Track,
    carrying=st.integers(0, 9),
    reached=st.integers(0, 9),
    ended=st.integers(0, 9),
    response_hours=st.none() | st.floats(0, 1e5),
)
standings = st.builds(
    Standing,
    on=st.none() | days,
    tracks=st.dictionaries(st.sampled_from("012"), tracks),
    stale=st.dictionaries(st.sampled_from("012"), st.lists(days, max_size=4)),
)


@given(query=items, offered=st.lists(items, max_size=4), standing=standings)
def test_whatever_is_stated_every_feature_lies_between_0_and_1(
    query: Item, offered: list[Item], standing: Standing
) -> None:
    named = [Item(str(place), text=own.text, facts=own.facts) for place, own in enumerate(offered)]
    candidates, places = Candidates.of(named), np.arange(len(named))
    listed = facts(query, candidates, places, LISTING_FACTS, standing)
    people = facts(query, candidates, places, PERSON_FACTS, standing, persons=True)
    for name, values in [*listed.items(), *people.items()]:
        assert values.shape == (len(named),), name
        assert values.dtype == np.float64, name
        assert ((values >= 0) & (values <= 1)).all(), name


@given(query=items, offered=st.lists(items, min_size=2, max_size=4))
def test_a_feature_does_not_hang_on_who_else_is_looked_at(query: Item, offered: list[Item]) -> None:
    named = [Item(str(place), text=own.text, facts=own.facts) for place, own in enumerate(offered)]
    candidates, places = Candidates.of(named), np.arange(len(named))
    whole = facts(query, candidates, places, LISTING_FACTS)
    for place in places.tolist():
        alone = facts(query, candidates, np.array([place]), LISTING_FACTS)
        assert {name: values[0] for name, values in alone.items()} == {
            name: values[place] for name, values in whole.items()
        }
