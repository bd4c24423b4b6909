"""Parties: one number an id, and one for what was merged."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Noun
from matcher.store import records
from matcher.store.parties import NOBODY, Parties, Register
from tests.store.some_records import NOW, OUTCOME

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3).filter(str.strip)


def test_ids_are_numbered_in_the_order_in_which_they_come_each_noun_for_itself():
    parties = Parties()
    needs, managers = parties.registers[Noun.NEED], parties.registers[Noun.MANAGER]
    assert [needs.number(id) for id in ("b", "a", "b")] == [0, 1, 0]
    assert managers.number("a") == 0
    assert parties.ids() == {Noun.NEED: ("b", "a"), Noun.OUTCOME: (), Noun.MANAGER: ("a",)}


def test_a_blank_is_nobody():
    register = Register({})
    assert [register.number(blank) for blank in ("", " ")] == [NOBODY, NOBODY]
    assert register.ids() == ()


@given(st.lists(NAMES))
def test_the_id_at_the_place_of_a_number_is_the_id_that_it_was_given_for(ids):
    register = Register({})
    numbers = [register.number(id) for id in ids]
    assert [register.ids()[number] for number in numbers] == ids
    assert register.ids() == tuple(dict.fromkeys(ids))


def test_what_was_merged_has_the_number_of_what_it_went_into_over_any_number_of_steps():
    register = Register({"a": "b", "b": "c"})
    assert [register.number(id) for id in ("a", "c", "b", "d")] == [0, 0, 0, 1]
    assert register.ids() == ("c", "d")


def test_merges_that_go_round_in_a_circle_end():
    register = Register({"a": "b", "b": "a"})
    assert register.number("a") == register.number("b")


def test_the_merges_that_hold_are_read_from_the_records(database):
    with database.writing() as session:
        records.put(session, Noun.OUTCOME, [OUTCOME, replace(OUTCOME, id="o2")], actor="A1", at=NOW)
        records.set_merged(session, Noun.OUTCOME, "o2", "o1", actor="A1", at=NOW)
        outcomes = Parties.of(session).registers[Noun.OUTCOME]
        records.set_merged(session, Noun.OUTCOME, "o2", "", actor="A1", at=NOW)
        apart = Parties.of(session).registers[Noun.OUTCOME]
    assert [outcomes.number(id) for id in ("o2", "o1")] == [0, 0]
    assert outcomes.ids() == ("o1",)
    assert [apart.number(id) for id in ("o2", "o1")] == [0, 1]
