"""The pairs of a plan by manager and by page, and what found nobody by rule."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.plan_reading import PlanView
from matcher.domain.enums import Noun
from matcher.domain.plan import (
    LineState,
    Plan,
    PlanLine,
    Quota,
    Short,
    Shortfall,
    Unassigned,
    Unmet,
    move_line,
    remove_line,
)
from matcher.web.plan_lines import leaf, left_out, short_told, taken_out, unmet_told
from tests.platforms import NOW

TITLES = {
    (Noun.NEED, "w1"): "Coating",
    (Noun.OUTCOME, "o1"): "Graphene",
    (Noun.MANAGER, "m1"): "Zhou",
    (Noun.MANAGER, "m2"): "Lin",
}


def line(need: str, outcome: str, manager: str, value: float) -> PlanLine:
    return PlanLine(need=need, outcome=outcome, manager=manager, value=value)


def view(*lines: PlanLine, **more: object) -> PlanView:
    plan = Plan(id="P", made_at=NOW, by="a", quota=Quota(most=9), lines=lines, **more)  # type: ignore[arg-type]
    return PlanView(plan, 1, TITLES)


THREE = view(line("w1", "o1", "m1", 0.2), line("w2", "o2", "m1", 0.4), line("w3", "o3", "m2", 0.1))


def test_lines_stand_by_the_names_of_managers_the_best_first() -> None:
    found = leaf(THREE, {}, "", 1, 10)
    assert [(one.name, one.count) for one in found.members] == [("Lin", 1), ("Zhou", 2)]
    best, second = found.members[1].lines
    assert (best.pair.key, best.width, best.value) == (("w2", "o2"), 100, 0.4)
    assert (second.pair.need_title, second.width) == ("Coating", 50)
    assert (found.found, found.more) == (3, False)


def test_a_page_holds_so_many_lines_and_counts_all_of_a_manager() -> None:
    first, second = leaf(THREE, {}, "", 1, 2), leaf(THREE, {}, "", 2, 2)
    assert [(one.name, len(one.lines), one.count) for one in first.members] == [
        ("Lin", 1, 1),
        ("Zhou", 1, 2),
    ]
    assert first.more
    assert [len(one.lines) for one in second.members] == [1]
    assert not second.more


def test_words_find_a_line_by_any_of_its_names() -> None:
    for text in ("coat", "GRAPH", "w1"):
        found = leaf(THREE, {}, text, 1, 10).found
        assert found == (0 if text == "w1" else 1)
    assert leaf(THREE, {}, "zhou", 1, 10).found == 2


def test_only_what_has_nobody_now_counts_as_taken_out_or_unmet() -> None:
    moved = move_line(THREE.plan, "w1", "o1", "m2", 0.3)
    bare = remove_line(moved, "w3", "o3")
    shown = view(
        *bare.lines,
        unassigned=(
            Unassigned(need="w9", outcome="o9", rule=Unmet.QUOTA),
            Unassigned(need="w8", outcome="o8", rule=Unmet.WEAK),
            Unassigned(need="w7", outcome="o7", rule=Unmet.WEAK),
            Unassigned(need="w1", outcome="o1", rule=Unmet.WEAK),
        ),
    )
    assert [one.pair.key for one in taken_out(shown)] == [("w3", "o3")]
    assert [(one.rule, one.count) for one in unmet_told(shown)] == [
        (Unmet.WEAK, 2),
        (Unmet.QUOTA, 1),
    ]
    assert {one.state for one in left_out(shown, {})} == {LineState.ADDED, LineState.PROPOSED}


def test_who_gets_too_few_is_named_those_who_lack_most_first() -> None:
    short = (
        Short(manager="m1", missing=1, reason=Shortfall.NO_PAIR),
        Short(manager="m9", missing=3, reason=Shortfall.NO_ROOM),
    )
    assert [(name, one.missing) for name, one in short_told(view(short=short))] == [
        ("m9", 3),
        ("Zhou", 1),
    ]


@given(st.integers(0, 30), st.integers(1, 7))
def test_the_pages_hold_every_line_once(count: int, size: int) -> None:
    whole = view(*(line(f"w{n}", "o", f"m{n % 3}", 0.5) for n in range(count)))
    shown, number, more = [], 1, True
    while more:
        found = leaf(whole, {}, "", number, size)
        shown += [one.pair.need for member in found.members for one in member.lines]
        number, more = number + 1, found.more
    assert sorted(shown) == sorted(f"w{n}" for n in range(count))
