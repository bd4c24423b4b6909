"""Which pairs a plan leaves out, and for whom."""

from __future__ import annotations

import pytest

from matcher.actions.closed_pairs import closed_pairs
from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, transition
from matcher.domain.manager import Deal, Manager
from matcher.domain.plan import PlanLine
from matcher.store import followups
from matcher.store.database import Database
from tests.platforms import NOW

PAIR = ("w1", "o1")
LINES = tuple(PlanLine(need="w1", outcome="o1", manager=id_) for id_ in ("m1", "m2"))


def walked(*states: S) -> FollowUp:
    followup = FollowUp(id="F1", need="w1", outcome="o1", manager="m1")
    for to in states:
        facts = {S.DECLINED: {"reason": DeclineReason.CONFLICT_OF_INTEREST}}
        followup = transition(followup, to, by="a", at=NOW, **facts.get(to, {}))  # type: ignore[arg-type]
    return followup


@pytest.mark.parametrize(
    ("followup", "kept_from"),
    [
        (walked(), {"m1", "m2"}),
        (walked(S.ACCEPTED), {"m1", "m2"}),
        (walked(S.DECLINED), {"m1"}),
        (walked(S.EXPIRED), set()),
    ],
)
def test_a_pair_is_closed_to_all_or_to_whoever_turned_it_down(
    database: Database, followup: FollowUp, kept_from: set[str]
) -> None:
    with database.writing() as session:
        followups.add(session, followup)
        found = closed_pairs(session, ["w1"], ())
        other = closed_pairs(session, ["w2"], ())
    assert {line.manager for line in LINES if found.keeps(line)} == kept_from
    assert (PAIR in found.pairs) is (len(kept_from) > 1)
    assert not any(map(other.keeps, LINES))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_deal_of_the_past_is_closed_to_whoever_made_it(database: Database) -> None:
    deals = (Deal(need="w1", outcome="o1"), Deal(outcome="o2"), Deal(title="coating"))
    with database.reading() as session:
        found = closed_pairs(session, ["w1"], [Manager(id="m1", deals=deals)])
    assert [line.manager for line in LINES if found.keeps(line)] == ["m1"]
    assert (found.pairs, found.managers) == (frozenset(), {PAIR: {"m1"}})
