"""Two records on a terminal: ids, fields, and the reasons in words."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.merging import Seen
from matcher.cli.side_by_side import lines, mapping, reasons
from matcher.domain.enums import Noun
from matcher.domain.outcome import Outcome
from matcher.store.merges import Merge
from matcher.store.stored import Stored

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
WHY = {
    "keys": ["same_number"],
    "alike": ["organisation", "price"],
    "differing": ["region"],
    "texts": {
        "translated": True,
        "covered": [0.31, 0.28],
        "terms": [["离心泵", "centrifugal pump"], ["MEMS", "mems"]],
        "figures": {"shared": ["45"], "only_kept": [], "only_dropped": ["7"]},
    },
}


def seen() -> Seen:
    merge = Merge(
        id="m1", noun=Noun.OUTCOME, kept="o1", dropped="o2", score=0.934, created_at=NOON, why=WHY
    )
    records = (Outcome(id=id_, title=title, trl=6) for id_, title in (("o1", "泵"), ("o2", "Pump")))
    kept, dropped = (Stored(one, 1, NOON, NOON, "a", None, "", "") for one in records)
    return Seen(merge, kept, dropped)


def test_a_pair_stands_side_by_side() -> None:
    told = list(lines(seen()))
    assert told[0] == "m1  outcomes, proposed, 93% sure"
    assert [line.split() for line in told[1:5]] == [
        ["FIELD", "KEPT", "DROPPED"],
        ["id", "o1", "o2"],
        ["title", "泵", "Pump"],
        ["trl", "6", "="],
    ]


def test_the_reasons_are_words() -> None:
    assert list(reasons(WHY)) == [
        "  the same number in the register",
        "  alike in the other language: each says 31% and 28% of the other's concepts",
        "  words: 离心泵 = centrifugal pump, MEMS",
        "  figures in both: 45",
        "  figures in one alone: none | 7",
        "  both state the same: organisation, price",
        "  they state different: region",
    ]
    assert list(reasons({"by_hand": True})) == ["  named by hand"]


def test_scripts_get_both_records() -> None:
    told = mapping(seen())
    assert (told["id"], told["noun"], told["state"]) == ("m1", "outcome", "proposed")
    assert (told["kept"]["id"], told["dropped"]["id"]) == ("o1", "o2")
    assert told["why"] == WHY
