"""The list of a day: what is in it whatever the pairs are, and how chance plays its part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UsageError
from matcher.recommend.worklist import Pairs, Row, Slots, compose

SEED = "m1 2026-11-01"


def pairs_of(rows: list[tuple[str, str, float, float, float, bool]]) -> Pairs:
    columns = list(zip(*rows, strict=True)) or [()] * 6
    needs, outcomes, values, suited, rooms, fresh = columns
    return Pairs(
        needs,
        outcomes,
        np.array(values, np.float64),
        np.array(suited, np.float64),
        np.array(rooms, np.float64),
        np.array(fresh, bool),
    )


def falling(count: int, fresh_from: int) -> Pairs:
    """Pairs of their own needs and outcomes, the best first, the last ones fresh."""
    rows = [
        (f"w{i:03}", f"o{i:03}", 1 - i / (2 * count), 1.0, 1.0, i >= fresh_from)
        for i in range(count)
    ]
    return pairs_of(rows)


def outcomes(rows: tuple[Row, ...]) -> list[str]:
    return [row.outcome for row in rows]


@st.composite
def some_pairs(draw: st.DrawFn) -> Pairs:
    ids = st.tuples(st.integers(0, 6), st.integers(0, 6))
    share = st.sampled_from([0.0, 0.01, 0.3, 0.5, 0.5, 1.0])
    wanted = draw(st.lists(ids, unique=True, max_size=30))
    return pairs_of(
        [
            (f"w{n}", f"o{o}", draw(share), draw(share), draw(share), draw(st.booleans()))
            for n, o in wanted
        ]
    )


slots_drawn = st.builds(
    Slots,
    count=st.integers(1, 25),
    per_need=st.integers(1, 3),
    per_outcome=st.integers(1, 3),
    explore=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
)


@given(some_pairs(), slots_drawn, st.text(max_size=3))
def test_whatever_the_pairs_are_the_list_keeps_to_its_rules(
    pairs: Pairs, slots: Slots, seed: str
) -> None:
    rows = compose(pairs, slots, seed)
    there = {(n, o): i for i, (n, o) in enumerate(zip(pairs.needs, pairs.outcomes, strict=True))}
    places = [there[row.need, row.outcome] for row in rows]
    assert len(set(places)) == len(rows) <= slots.count
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert max(Counter(row.need for row in rows).values(), default=0) <= slots.per_need
    assert max(Counter(row.outcome for row in rows).values(), default=0) <= slots.per_outcome
    assert sum(row.explored for row in rows) <= slots.exploring
    best = [row.score for row in rows if not row.explored]
    assert best == sorted(best, reverse=True)
    for row, place in zip(rows, places, strict=True):
        value, suited, room = row.parts.values()
        assert 0 < row.score == pytest.approx(value * suited * room)
        assert (0 < row.propensity <= 1) if row.explored else (row.propensity == 1)
        assert not row.explored or (pairs.fresh[place] and value >= slots.floor)


@given(some_pairs(), slots_drawn, st.text(max_size=3), st.randoms(use_true_random=False))
def test_the_order_in_which_pairs_come_does_not_matter(
    pairs: Pairs, slots: Slots, seed: str, shuffling: object
) -> None:
    order = list(range(len(pairs)))
    shuffling.shuffle(order)  # type: ignore[attr-defined]
    mixed = Pairs(
        tuple(pairs.needs[i] for i in order),
        tuple(pairs.outcomes[i] for i in order),
        *(
            getattr(pairs, name)[np.array(order, int)]
            for name in ("values", "suitabilities", "rooms", "fresh")
        ),
    )
    assert compose(mixed, slots, seed) == compose(pairs, slots, seed)


@given(some_pairs(), slots_drawn)
def test_no_slot_stays_empty_while_a_pair_could_take_it(pairs: Pairs, slots: Slots) -> None:
    rows = compose(pairs, slots, SEED)
    if len(rows) == slots.count:
        return
    needs, offered = (Counter(getattr(row, name) for row in rows) for name in ("need", "outcome"))
    listed = {(row.need, row.outcome) for row in rows}
    scores = zip(pairs.needs, pairs.outcomes, pairs.scores, strict=True)
    left = [(n, o) for n, o, score in scores if score > 0 and (n, o) not in listed]
    full = [needs[n] == slots.per_need or offered[o] == slots.per_outcome for n, o in left]
    assert all(full)


def test_by_hand() -> None:
    rows = [
        ("w1", "o1", 0.9, 0.5, 0.5, False),
        ("w1", "o2", 0.8, 0.5, 0.5, False),
        ("w1", "o3", 0.7, 0.5, 0.5, False),  # the third of its need
        ("w2", "o1", 0.6, 1.0, 0.5, False),
    ]
    found = compose(pairs_of(rows), Slots(4), SEED)
    assert [(row.need, row.outcome) for row in found] == [("w2", "o1"), ("w1", "o1"), ("w1", "o2")]
    assert [row.score for row in found] == pytest.approx([0.3, 0.225, 0.2])
    assert found[0].parts == {"pair": 0.6, "suitability": 1.0, "room": 0.5}


@pytest.mark.parametrize(("count", "exploring"), [(1, 0), (4, 0), (5, 1), (20, 2), (50, 5)])
def test_a_tenth_of_the_slots_explores_and_one_from_five_up(count: int, exploring: int) -> None:
    rows = compose(falling(200, fresh_from=100), Slots(count), SEED)
    assert sum(row.explored for row in rows) == exploring == Slots(count).exploring
    assert len(rows) == count


def test_where_nothing_is_fresh_the_best_take_every_slot() -> None:
    rows = compose(falling(40, fresh_from=40), Slots(20), SEED)
    assert outcomes(rows) == [f"o{i:03}" for i in range(20)]
    assert {row.propensity for row in rows} == {1.0}


def test_a_pool_that_is_too_small_is_shown_whole() -> None:
    rows = compose(falling(40, fresh_from=39), Slots(20), SEED)
    assert [(row.outcome, row.propensity) for row in rows if row.explored] == [("o039", 1.0)]
    assert sorted(outcomes(rows))[:19] == [f"o{i:03}" for i in range(19)]


def test_the_same_seed_makes_the_same_list_and_another_day_another_one() -> None:
    pairs = falling(200, fresh_from=50)
    lists = [compose(pairs, Slots(20), seed) for seed in (SEED, SEED, "m1 2026-11-02")]
    assert lists[0] == lists[1] != lists[2]
    best = [{row.outcome for row in rows if not row.explored} for rows in lists]
    assert best[0] == best[2]


def test_an_explored_pair_is_as_likely_as_its_propensity_says() -> None:
    """12 fresh pairs, 3 of them drawn: each in a quarter of the lists."""
    pairs, slots, days = falling(30, fresh_from=18), Slots(15, explore=0.2), 3000
    lists = [compose(pairs, slots, f"day {day}") for day in range(days)]
    explored = [row for rows in lists for row in rows if row.explored]
    assert {row.propensity for row in explored} == {0.25}
    counts = Counter(row.outcome for row in explored)
    assert set(counts) == {f"o{i:03}" for i in range(18, 30)}
    # 25 % ± five standard errors.
    assert all(abs(count / days - 0.25) < 0.04 for count in counts.values())
    slots_taken = Counter(row.position for row in explored)
    # Whoever opens the list sees the best pair first.
    assert slots_taken[1] == 0
    assert all(abs(slots_taken[place] / days - 3 / 14) < 0.04 for place in range(2, 16))


def test_a_pair_that_goes_leaves_the_others_in_their_slots() -> None:
    pairs, slots = falling(100, fresh_from=40), Slots(20)
    before = compose(pairs, slots, SEED)
    shown = {row.outcome for row in before}
    for gone in ("o030", next(f"o{i:03}" for i in range(40, 100) if f"o{i:03}" not in shown)):
        kept = np.array([outcome != gone for outcome in pairs.outcomes])
        after = compose(_where(pairs, kept), slots, SEED)
        assert outcomes(after) == outcomes(before)


def test_a_pair_that_was_handled_is_followed_by_the_next_best() -> None:
    pairs, slots = falling(100, fresh_from=40), Slots(20)
    before = compose(pairs, slots, SEED)
    kept = np.array([outcome != "o003" for outcome in pairs.outcomes])
    after = compose(_where(pairs, kept), slots, SEED)
    assert set(outcomes(before)) - set(outcomes(after)) == {"o003"}
    assert set(outcomes(after)) - set(outcomes(before)) == {"o018"}


def _where(pairs: Pairs, kept: np.ndarray) -> Pairs:
    places = np.flatnonzero(kept).tolist()
    return replace(
        pairs,
        needs=tuple(pairs.needs[i] for i in places),
        outcomes=tuple(pairs.outcomes[i] for i in places),
        values=pairs.values[kept],
        suitabilities=pairs.suitabilities[kept],
        rooms=pairs.rooms[kept],
        fresh=pairs.fresh[kept],
    )


def test_without_room_or_pairs_the_list_is_empty() -> None:
    full = [("w1", "o1", 1.0, 1.0, 0.0, True)]
    assert compose(pairs_of(full), Slots(5), SEED) == ()
    assert compose(pairs_of([]), Slots(5), SEED) == ()


@pytest.mark.parametrize("wrong", [{"count": 0}, {"per_need": 0}, {"explore": 1.5}])
def test_slots_that_make_no_list_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Slots(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_numbers_that_are_no_shares_are_refused(value: float) -> None:
    for place in (2, 3, 4):
        row = ["w1", "o1", 1.0, 1.0, 1.0, True]
        row[place] = value
        with pytest.raises(UsageError, match="0 to 1"):
            pairs_of([tuple(row)])  # type: ignore[list-item]


def test_a_pair_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="twice"):
        pairs_of([("w1", "o1", 1.0, 1.0, 1.0, True)] * 2)
