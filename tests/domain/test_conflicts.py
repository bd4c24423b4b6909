"""Conflicts of interest: by identity and not by spelling, and the same for one pair as for many."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import Manager, Need, Organisation, Outcome
from matcher.domain.conflicts import (
    Conflict,
    accounts_of_persons,
    avoided,
    conflict_of_pair,
    conflicts_of_manager,
    own_accounts,
)
from matcher.domain.identity import Identities

KNOWN = Identities(
    (
        Organisation(id="U401", name="临汐电子科技大学", aliases=("临汐电大", "电大")),
        Organisation(id="U405", name="临汐电大微电子学院", parent="U401"),
        Organisation(id="U402", name="澜沧精工股份有限公司"),
        Organisation(id="U408", name="江洲广播电视大学", aliases=("电大",)),
        Organisation(id="J-17", name="澜沧精工有限公司"),
    ),
    {"U499": "U402"},
)
SPELLINGS = (
    "U401",
    "U405",
    "U402",
    "U408",
    "U499",
    "J-17",
    "临汐电大",
    "电大",
    "澜沧精工",
    "某某",
    "",
)


@pytest.mark.parametrize(
    ("organisation", "holder", "conflict"),
    [
        ("U402", "U402", True),
        ("U499", "澜沧精工股份有限公司", True),
        ("U402", "J-17", True),
        ("U405", "临汐电大", True),
        ("U405", "电大", True),
        ("某某科技有限公司", "某某科技", True),
        ("U402", "U401", False),
        ("某某科技有限公司", "U402", False),
        ("", "", False),
        ("U402", "", False),
        ("", "U402", False),
    ],
)
def test_the_two_sides_of_a_pair_may_not_be_one_organisation(organisation, holder, conflict):
    for one, other in ((organisation, holder), (holder, organisation)):
        found = conflict_of_pair(
            Need(id="N1", organisation=one), Outcome(id="O1", holder=other), KNOWN
        )
        assert found is (Conflict.SAME_ORGANISATION if conflict else None)


@pytest.mark.parametrize(
    ("conflicts", "organisations", "kept_out"),
    [
        (("U401",), ("U405", "U402"), True),
        (("U405",), ("U402", "U401"), True),
        (("临汐电大",), ("U401",), True),
        (("U401",), ("电大",), True),
        (("电大",), ("U408",), True),
        (("U499",), ("澜沧精工",), True),
        (("U402",), ("J-17",), True),
        (("某某科技有限公司",), ("某某科技",), True),
        (("U402",), ("U401", "U405"), False),
        (("某某科技",), ("某某材料",), False),
        (("",), ("",), False),
        ((), ("U401", ""), False),
    ],
)
def test_a_manager_keeps_away_from_the_whole_tree(conflicts, organisations, kept_out):
    manager = Manager(id="M1", conflicts=conflicts)
    found = conflicts_of_manager(manager, organisations, (), KNOWN, ())
    assert found == ((Conflict.AVOIDED_ORGANISATION,) if kept_out else ())


def test_the_agency_is_no_conflict():
    manager = Manager(id="M1", agency="U401")
    assert conflicts_of_manager(manager, ("U401", "U402"), ("A5",), KNOWN, ("A1",)) == ()


@pytest.mark.parametrize(
    ("owners", "found"),
    [
        (("A1",), (Conflict.OWN_RECORD,)),
        (("A9", "A2"), (Conflict.SAME_PERSON,)),
        (("A1", "A2"), (Conflict.OWN_RECORD, Conflict.SAME_PERSON)),
        (("A9",), ()),
        (("", ""), ()),
        ((), ()),
    ],
)
def test_nobody_brokers_what_they_listed_themselves(owners, found):
    manager = Manager(id="M1", same_person=("A2", ""))
    assert conflicts_of_manager(manager, (), owners, KNOWN, ("A1", "")) == found


def test_an_own_account_that_is_also_listed_as_the_same_person_is_an_own_one():
    manager = Manager(id="M1", same_person=("A1",))
    assert conflicts_of_manager(manager, (), ("A1",), KNOWN, ("A1",)) == (Conflict.OWN_RECORD,)


def test_all_conflicts_are_told_in_their_order():
    manager = Manager(id="M1", conflicts=("U401",), same_person=("A2",))
    found = conflicts_of_manager(manager, ("U405",), ("A2", "A1"), KNOWN, ("A1",))
    assert found == (Conflict.AVOIDED_ORGANISATION, Conflict.OWN_RECORD, Conflict.SAME_PERSON)


@given(
    st.lists(st.sampled_from(SPELLINGS), max_size=3).map(tuple),
    st.lists(st.sampled_from(SPELLINGS), max_size=3).map(tuple),
    st.lists(st.sampled_from(["", "A1", "A2", "A3"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["", "A1", "A2"]), max_size=2).map(tuple),
)
def test_leaving_out_by_columns_is_the_same_as_asking_pair_by_pair(conflicts, sides, owners, own):
    manager = Manager(id="M1", conflicts=conflicts, same_person=("A2",))
    kept_away, accounts = avoided(manager, KNOWN), own_accounts(manager, own)
    roots = {KNOWN.root(side) for side in sides}
    by_columns = bool(roots & kept_away) or bool(set(owners) & accounts)
    assert by_columns is bool(conflicts_of_manager(manager, sides, owners, KNOWN, own))
    assert "" not in kept_away | accounts


def test_lists_that_meet_are_one_person():
    managers = (
        Manager(id="M1", same_person=("A7",)),
        Manager(id="M2"),
        Manager(id="M3", same_person=("A8", "")),
        Manager(id="M4", same_person=("A8",)),
        Manager(id="M5"),
        Manager(id="A1"),
    )
    accounts = {"M1": ("A1",), "M2": ("A7",), "M3": ("A3",), "M4": ("A4",), "M9": ("A9",)}
    assert accounts_of_persons(managers, accounts) == {
        "M1": {"A1", "A7"},
        "M2": {"A1", "A7"},
        "M3": {"A3", "A4", "A8"},
        "M4": {"A3", "A4", "A8"},
        "M5": frozenset(),
        "A1": frozenset(),
    }


def test_every_conflict_is_named_in_both_languages():
    assert " ".join(Conflict) == "same_organisation avoided_organisation own_record same_person"
    assert all(one.zh and one.en and not re.search("[A-Za-z]", one.zh) for one in Conflict)
