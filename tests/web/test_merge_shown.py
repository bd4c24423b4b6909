"""Two records that may be one, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matcher.actions.merging import Seen, list_merges
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, TransferMode
from matcher.domain.manager import Deal, Manager
from matcher.domain.visibility import SYSTEM
from matcher.store import merges
from matcher.web.merge_shown import merge_shown, reasons
from matcher.web.say import Say
from tests.platforms import NOW, outcome, put

SAY = Say(Language.EN, datetime(2026, 11, 1, tzinfo=UTC))
TEXTS = {"translated": True, "covered": [0.9, 0.8], "terms": [["石墨烯", "graphene"], ["A", "a"]]}


def seen(platform: Platform) -> Seen:
    license_ = frozenset({TransferMode.LICENSE})
    put(platform, Noun.OUTCOME, outcome("a1", "Coat", "Same", trl=6, transfer_modes=license_))
    put(platform, Noun.OUTCOME, outcome("a2", "Coating", "Same", trl=7))
    why = {"keys": ["same_number"], "texts": TEXTS}
    with platform.database.writing() as session:
        merges.propose(session, Noun.OUTCOME, "a1", "a2", score=0.87, why=why, at=NOW)
    return list_merges(platform, SYSTEM)[0]


def test_what_differs_stands_side_by_side(platform: Platform) -> None:
    found = merge_shown(seen(platform), SAY)
    assert (found.sure, found.kept, found.dropped) == (87, ("a1", "Coat"), ("a2", "Coating"))
    told = {(one.kept, one.dropped): one.same for one in found.fields}
    assert told[("Same", "Same")]
    assert told[("6", "7")] is False
    assert ("technology licensing", "–") in told or any("licen" in one for one, _ in told)
    assert "a1" not in {one.kept for one in found.fields}


def test_codes_are_told_by_what_they_stand_for(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("a3", "Coat", "x", field="01", node="n1"))
    put(platform, Noun.OUTCOME, outcome("a4", "Coat", "x", field="0101", node="n2"))
    with platform.database.writing() as session:
        merges.propose(session, Noun.OUTCOME, "a3", "a4", score=0.9, why={}, at=NOW)
    [one] = list_merges(platform, SYSTEM)
    told = {each.name: each for each in merge_shown(one, SAY, {"n1": "core", "n2": "east"}).fields}
    assert (told["Node"].kept, told["Node"].dropped) == ("core", "east")
    field = told["Field"]
    assert not {field.kept, field.dropped} & {"01", "0101"}
    assert all(len(name) > 4 for name in (field.kept, field.dropped))


def test_who_keeps_away_from_whom_is_not_told(platform: Platform) -> None:
    told = Manager(id="m8", name="Qin", conflicts=("U9",), deals=(Deal(title="Coat", value=5),))
    put(platform, Noun.MANAGER, told, Manager(id="m9", name="Qin"))
    with platform.database.writing() as session:
        merges.propose(session, Noun.MANAGER, "m8", "m9", score=0.9, why={}, at=NOW)
    [one] = list_merges(platform, SYSTEM, noun=Noun.MANAGER)
    said = [each.kept for each in merge_shown(one, SAY).fields]
    assert "U9" not in said
    assert "Coat, 5, CNY" in said


def test_long_texts_are_cut(platform: Platform) -> None:
    one = seen(platform)
    long = replace(one.kept, record=replace(one.kept.record, summary="x" * 5000))
    told = merge_shown(replace(one, kept=long), SAY)
    assert max(len(each.kept) for each in told.fields) == 400


def test_what_speaks_for_it_is_told_in_words() -> None:
    told = list(reasons({"keys": ["same_number", "new"], "texts": TEXTS, "by_hand": True}, SAY))
    assert told == [
        "named by hand",
        "the same number in the register",
        "new",
        "alike in the other language",
        "words in both: 石墨烯 = graphene, A",
    ]
