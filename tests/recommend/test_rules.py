"""Every hard rule removes what it says, and counts it once."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.domain.track import Track
from matcher.domain.visibility import Viewer
from matcher.errors import UsageError
from matcher.recommend.candidates import Candidates
from matcher.recommend.facts import Standing
from matcher.recommend.filters import Filters
from matcher.recommend.rules import Request, Rule, Rules

TODAY = date(2026, 11, 1)
NOBODY = np.zeros(0, np.int64)


def offer(id_: str, **facts: object) -> Item:
    return Item(id_, id_, facts=Facts(**facts))  # type: ignore[arg-type]


def need(**facts: object) -> Item:
    return offer("n", **facts)


def apply(
    candidates: list[Item], query: Item, request: Request, known: list[int] | None = None
) -> tuple[list[str], dict[Rule, int]]:
    places = np.array(known or [], np.int64)
    left, removed = Rules(Candidates.of(candidates), request).apply(query, places)
    kept = [item.id for item, stays in zip(candidates, left, strict=True) if stays]
    return kept, dict(removed)


PLAIN = [offer("a"), offer("b"), offer("c")]


def test_without_a_wish_all_are_left() -> None:
    assert apply(PLAIN, need(), Request()) == (["a", "b", "c"], {})


def test_only_the_listed() -> None:
    request = Request(only=["b", "unknown"])
    assert apply(PLAIN, need(), request) == (["b"], {Rule.NOT_LISTED: 2})


def test_an_empty_list_lists_nobody() -> None:
    assert apply(PLAIN, need(), Request(only=[])) == ([], {Rule.NOT_LISTED: 3})


def test_excluded() -> None:
    request = Request(excluded={"a", "unknown"})
    assert apply(PLAIN, need(), request) == (["b", "c"], {Rule.EXCLUDED: 1})


def test_an_excluded_pair_concerns_its_query_alone() -> None:
    request = Request(excluded_pairs=[("n", "a"), ("other", "b"), ("n", "unknown")])
    assert apply(PLAIN, need(), request) == (["b", "c"], {Rule.EXCLUDED: 1})


def test_known() -> None:
    assert apply(PLAIN, need(), Request(), [0, 2]) == (["b"], {Rule.KNOWN: 2})


def test_known_may_stay() -> None:
    assert apply(PLAIN, need(), Request(keep_known=True), [0]) == (["a", "b", "c"], {})


TRLS = [offer("low", trl=5), offer("even", trl=6), offer("high", trl=9), offer("untold")]


def test_too_early() -> None:
    kept, removed = apply(TRLS, need(min_trl=6), Request())
    assert (kept, removed) == (["even", "high", "untold"], {Rule.TOO_EARLY: 1})


PRICES = [
    offer("cheap", price=MoneyRange(50, 60)),
    offer("even", price=MoneyRange(100, 900)),
    offer("dear", price=MoneyRange(101, 110)),
    offer("dollars", price=MoneyRange(500, 500, "USD")),
    offer("up_to", price=MoneyRange(None, 900)),
    offer("untold"),
]


def test_above_budget_looks_at_the_lowest_price_in_the_same_currency() -> None:
    kept, removed = apply(PRICES, need(budget=MoneyRange(10, 100)), Request())
    assert kept == ["cheap", "even", "dollars", "up_to", "untold"]
    assert removed == {Rule.ABOVE_BUDGET: 1}


def test_a_budget_in_another_currency_is_another_budget() -> None:
    kept, removed = apply(PRICES, need(budget=MoneyRange(None, 100, "USD")), Request())
    assert removed == {Rule.ABOVE_BUDGET: 1}
    assert "dollars" not in kept


def test_a_budget_without_an_end_is_enough() -> None:
    assert apply(PRICES, need(budget=MoneyRange(10, None)), Request())[1] == {}


DATES = [
    offer("past", valid_until=date(2026, 10, 31)),
    offer("today", valid_until=TODAY),
    offer("open"),
]


def test_expired() -> None:
    assert apply(DATES, need(), Request(on=TODAY)) == (["today", "open"], {Rule.EXPIRED: 1})


def test_without_a_day_nothing_expires() -> None:
    assert apply(DATES, need(), Request())[1] == {}


def test_rules_on_facts_can_be_left_out() -> None:
    query = need(min_trl=9, budget=MoneyRange(0, 1))
    everything = [*TRLS, *PRICES[:-1], *DATES]
    unique = list({item.id: item for item in everything}.values())
    assert apply(unique, query, Request(facts=False, on=TODAY))[1] == {}


def test_whoever_breaks_several_rules_counts_for_the_first() -> None:
    bad = [offer("bad", trl=1, price=MoneyRange(9, 9), valid_until=date(2020, 1, 1))]
    query = need(min_trl=5, budget=MoneyRange(1, 1))
    request = Request(excluded=["bad"], excluded_pairs=[("n", "bad")], on=TODAY)
    assert apply(bad, query, request, [0]) == ([], {Rule.EXCLUDED: 1})


SEEN = Viewer(None, frozenset({"members:n"}))
SECRETS = [
    Item("open", facts=Facts(trl=1)),
    Item("ours", facts=Facts(trl=1, organisation="u1"), audience=("members:n",)),
    Item("theirs", facts=Facts(trl=1, organisation="u1", field="01"), audience=("members:m",)),
    Item("nobody's", facts=Facts(trl=1), audience=()),
]


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"only": ["theirs", "ours"]},
        {"excluded": ["theirs", "nobody's"]},
        {"excluded_pairs": [("n", "theirs")]},
        {"avoided": {"organisation": frozenset({"u1"})}},
        {"filters": Filters(field="01")},
    ],
)
@pytest.mark.parametrize("query", [need(), need(min_trl=5)])
def test_what_may_not_be_known_of_is_in_no_count(wish: dict[str, Any], query: Item) -> None:
    """The answer is the one there would be if the hidden had never been."""
    visible = [item for item in SECRETS if item.id in ("open", "ours")]
    request = Request(viewer=SEEN, **wish)
    with_hidden = apply(SECRETS, query, request, [2])
    assert with_hidden == apply(visible, query, request)
    assert "theirs" not in with_hidden[0]


def test_the_operator_sees_all() -> None:
    assert apply(SECRETS, need(), Request())[0] == ["open", "ours", "theirs", "nobody's"]


def test_what_was_removed_or_replaced_is_in_no_count() -> None:
    candidates = Candidates.of(PLAIN).without(["a", "b"]).with_items([offer("b", trl=1)])
    left, removed = Rules(candidates, Request(excluded=["a"])).apply(need(min_trl=3), NOBODY)
    assert left.tolist() == [False, False, True, False]
    assert removed == {Rule.TOO_EARLY: 1}


OWNED = [
    offer("own", organisation="u1", owner="acc1"),
    offer("friend", organisation="u2", avoids=("u9", "u1")),
    offer("person", persons=("acc1", "acc2")),
    offer("far", organisation="u3", owner="acc3"),
]


@pytest.mark.parametrize(
    ("avoided", "kept"),
    [
        ({}, ["own", "friend", "person", "far"]),
        ({"organisation": {"u1"}}, ["friend", "person", "far"]),
        ({"avoids": {"u1"}}, ["own", "person", "far"]),
        ({"persons": {"acc1"}, "owner": {"acc1"}}, ["friend", "far"]),
        ({"organisation": {"u1", "u2", "u3"}}, ["person"]),
        ({"organisation": {""}}, ["own", "friend", "person", "far"]),
    ],
)
def test_conflicts(avoided: dict[str, set[str]], kept: list[str]) -> None:
    words = {column: frozenset(names) for column, names in avoided.items()}
    found, removed = apply(OWNED, need(), Request(avoided=words))
    assert found == kept
    assert removed == ({Rule.CONFLICT: 4 - len(kept)} if len(kept) < 4 else {})


PEOPLE = [
    offer("free", capacity=2),
    offer("new", capacity=1),
    offer("full", capacity=2),
    offer("beyond", capacity=2),
    offer("none", capacity=0),
    offer("untold"),
]
CARRYING = Standing(
    tracks={
        "free": Track(carrying=1),
        "full": Track(carrying=2, reached=9),
        "beyond": Track(carrying=7),
        "untold": Track(carrying=99),
        "nobody": Track(carrying=9),
    }
)


def test_whoever_carries_all_that_they_can_is_left_out() -> None:
    kept, removed = apply(PEOPLE, need(), Request(standing=CARRYING))
    assert kept == ["free", "new", "untold"]
    assert removed == {Rule.NO_CAPACITY: 3}


def test_without_any_history_only_a_capacity_of_none_is_full() -> None:
    kept, removed = apply(PEOPLE, need(), Request())
    assert "none" not in kept
    assert removed == {Rule.NO_CAPACITY: 1}


def test_capacity_is_a_fact_and_can_be_left_out_of_account() -> None:
    assert apply(PEOPLE, need(), Request(standing=CARRYING, facts=False))[1] == {}


def test_a_capacity_of_the_past_does_not_count() -> None:
    candidates = Candidates.of([offer("m", capacity=1)]).with_items([])
    candidates = candidates.without(["m"]).with_items([offer("m", capacity=5)])
    request = Request(standing=Standing(tracks={"m": Track(carrying=3)}))
    left, removed = Rules(candidates, request).apply(need(), NOBODY)
    assert left.tolist() == [False, True]
    assert removed == {}


def test_a_full_manager_whom_nobody_may_know_of_is_in_no_count() -> None:
    hidden = Item("m", facts=Facts(capacity=0), audience=("members:m",))
    assert apply([hidden], need(), Request(viewer=SEEN)) == ([], {})


def test_what_is_filtered_out_is_counted() -> None:
    request = Request(filters=Filters(trl_min=6))
    assert apply(TRLS, need(), request) == (["even", "high"], {Rule.FILTERED: 2})


IDS = st.sets(st.sampled_from("abcd"))


@given(
    only=st.none() | IDS,
    excluded=IDS,
    pairs=st.sets(st.tuples(st.sampled_from("nm"), st.sampled_from("abcd"))),
    known=st.sets(st.integers(0, 3)),
    trl=st.none() | st.integers(1, 9),
)
def test_who_is_gone_is_counted_and_the_rest_is_left(
    only: set[str] | None,
    excluded: set[str],
    pairs: set[tuple[str, str]],
    known: set[int],
    trl: int | None,
) -> None:
    candidates = [offer(id_, trl=2 * place + 1) for place, id_ in enumerate("abcd")]
    request = Request(only=only, excluded=excluded, excluded_pairs=pairs)
    kept, removed = apply(candidates, need(min_trl=trl), request, sorted(known))
    expected = [
        item.id
        for place, item in enumerate(candidates)
        if (only is None or item.id in only)
        and item.id not in excluded
        and ("n", item.id) not in pairs
        and place not in known
        and (item.facts.trl or 0) >= (trl or 0)
    ]
    assert kept == expected
    assert sum(removed.values()) == 4 - len(kept)
    assert all(count > 0 for count in removed.values())


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_match_can_not_be_asked_for(k: int) -> None:
    with pytest.raises(UsageError, match="Ask for 1 or more"):
        Request(k=k)


@pytest.mark.parametrize("diversity", [-0.1, 1.1, float("nan")])
def test_diversity_is_a_share(diversity: float) -> None:
    with pytest.raises(UsageError, match="diversity"):
        Request(diversity=diversity)
