"""Conflicts of interest, on who is who now: nothing in conflict is proposed, or counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.actions.answer import Answer, Wish
from matcher.actions.conflicted import Conflicts, broker_of, managers_to_avoid, to_avoid
from matcher.actions.live import Live
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.serving import Organisations
from matcher.actions.suggest import explain, suggest
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import PUBLIC, SYSTEM, Viewer, viewer_of
from matcher.errors import NotFound
from matcher.store import accounts, records
from tests.platforms import NODES, NOW, manager, need, outcome, put, remove

WORD = "zirbolite"
CODE = "91350200M0000Y4A1B"
UNIVERSITY = Organisation(
    id="u", name="Harbour University", aliases=("港湾大学",), credit_code=CODE
)
LAB = Organisation(id="lab", name="Harbour Lab", parent="u")
TWIN = Organisation(id="twin", name="University by the Harbour")
FIRM = Organisation(id="f", name="Hill Works")
ANYONE = Viewer(None, frozenset({PUBLIC}))
PARENTS = {node.id: node.parent for node in NODES}


@pytest.fixture
def place(platform: Platform) -> Platform:
    """Organisations, and an outcome of the university that anyone could use."""
    put(platform, Noun.ORGANISATION, UNIVERSITY, LAB, TWIN, FIRM)
    put(platform, Noun.OUTCOME, outcome("x", "Offer", WORD, holder="Harbour University"))
    return platform


def offered(
    platform: Platform, organisation: str, viewer: Viewer = ANYONE, owner: str = ""
) -> Answer:
    """What is suggested for a need of an organisation."""
    put(platform, Noun.NEED, need("y", "Wanted", WORD, organisation=organisation, owner=owner))
    return suggest(platform, viewer, Noun.NEED, "y", Noun.OUTCOME, Wish())


def holds(answer: Answer, id_: str = "x") -> bool:
    return id_ in {match.candidate_id for match in answer.matches}


def sign_up(platform: Platform, id_: str, role: Role, manager_id: str = "") -> Viewer:
    account = Account(id=id_, login=id_, roles=(role,), node="n1", manager=manager_id)
    with platform.database.writing() as session:
        accounts.add(session, account, at=NOW)
    return viewer_of(account, PARENTS)


@pytest.mark.parametrize(
    "organisation",
    ["u", "Harbour University", "港湾大学", CODE, "lab", "Harbour Lab", "HARBOUR UNIVERSITY "],
)
def test_a_pair_of_one_organisation_is_not_proposed(place: Platform, organisation: str) -> None:
    answer = offered(place, organisation)
    assert not holds(answer)
    assert answer.removed["conflict"] == 1
    with pytest.raises(NotFound, match="in conflict"):
        explain(place, ANYONE, Noun.NEED, "y", Noun.OUTCOME, "x", Wish())
    back = suggest(place, ANYONE, Noun.OUTCOME, "x", Noun.NEED, Wish())
    assert not holds(back, "y")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("organisation", ["", "f", "Hill Works", "twin", "nobody knows"])
def test_a_pair_of_two_organisations_is_proposed(place: Platform, organisation: str) -> None:
    answer = offered(place, organisation)
    assert holds(answer)
    assert "conflict" not in answer.removed


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_nobody_resolves_is_one_by_its_name(place: Platform) -> None:
    put(place, Noun.OUTCOME, outcome("x", "Offer", WORD, holder="Some  Works"))
    assert not holds(offered(place, "SOME WORKS"))


EDITS: dict[str, Callable[[Platform], None]] = {
    "alias": lambda place: put(
        place, Noun.ORGANISATION, replace(TWIN, aliases=("Harbour University",))
    ),
    "code": lambda place: put(place, Noun.ORGANISATION, replace(TWIN, credit_code=CODE)),
    "parent": lambda place: put(place, Noun.ORGANISATION, replace(TWIN, parent="u")),
    "above": lambda place: put(place, Noun.ORGANISATION, replace(UNIVERSITY, parent="twin")),
    "merge": lambda place: merge(place, "twin", "u"),
}


def merge(place: Platform, id_: str, into: str) -> None:
    with place.database.writing() as session:
        records.set_merged(session, Noun.ORGANISATION, id_, into, actor=OPERATOR, at=NOW)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_an_organisation_counts_at_once(
    place: Platform, edit: Callable[[Platform], None]
) -> None:
    assert holds(offered(place, "twin"))
    slow = replace(place, live=Live(place.database, place.library, 3600.0))
    assert holds(suggest(slow, ANYONE, Noun.NEED, "y", Noun.OUTCOME, Wish()))
    edit(place)
    for platform in (place, slow):
        assert not holds(suggest(platform, ANYONE, Noun.NEED, "y", Noun.OUTCOME, Wish()))


def test_a_merge_taken_back_parts_them_again(place: Platform) -> None:
    merge(place, "twin", "u")
    assert not holds(offered(place, "twin"))
    merge(place, "twin", "")
    assert holds(offered(place, "twin"))


def test_a_holder_changed_a_moment_ago_is_seen_after_ranking(place: Platform) -> None:
    put(place, Noun.OUTCOME, outcome("x", "Offer", WORD, holder="Hill Works"))
    put(place, Noun.NEED, need("y", "Wanted", WORD, organisation="lab"))
    slow = replace(place, live=Live(place.database, place.library, 3600.0))
    assert holds(suggest(slow, ANYONE, Noun.NEED, "y", Noun.OUTCOME, Wish()))
    put(place, Noun.OUTCOME, outcome("x", "Offer", WORD, holder=CODE))
    answer = suggest(slow, ANYONE, Noun.NEED, "y", Noun.OUTCOME, Wish())
    assert not holds(answer)
    assert [match.rank for match in answer.matches] == list(range(1, len(answer.matches) + 1))


@pytest.mark.parametrize("avoids", ["u", "港湾大学", "lab"])
def test_a_manager_is_not_offered_what_they_keep_away_from(place: Platform, avoids: str) -> None:
    put(place, Noun.MANAGER, manager("m9", f"Knows {WORD}.", conflicts=(avoids,)))
    broker = sign_up(place, "a9", Role.MANAGER, "m9")
    answer = offered(place, "Hill Works", broker)
    assert not holds(answer)
    assert answer.removed["conflict"] == 1
    assert holds(offered(place, "Hill Works", ANYONE))


def test_a_manager_is_offered_nothing_for_a_record_they_keep_away_from(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m9", conflicts=("Hill Works",)))
    broker = sign_up(place, "a9", Role.MANAGER, "m9")
    answer = offered(place, "f", broker)
    assert (answer.matches, answer.found) == ((), 0)
    assert all(not counts for counts in answer.facets.values())


def managers_for(place: Platform, **more: object) -> Answer:
    put(place, Noun.NEED, need("y", "Wanted", WORD, **more))
    return suggest(place, ANYONE, Noun.NEED, "y", Noun.MANAGER, Wish())


def test_a_manager_who_keeps_away_is_not_suggested(place: Platform) -> None:
    put(place, Noun.MANAGER, manager("m9", f"Knows {WORD}.", conflicts=("港湾大学",)))
    assert holds(managers_for(place, organisation="Hill Works"), "m9")
    answer = managers_for(place, organisation="lab")
    assert not holds(answer, "m9")
    assert answer.removed["conflict"] == 1
    put(place, Noun.MANAGER, manager("m9", f"Knows {WORD}."))
    assert holds(managers_for(place, organisation="lab"), "m9")


def test_one_person_in_several_names_is_one(place: Platform) -> None:
    """m9 is a9, who is also a10; m8 says that its account a8 belongs to whoever a10 is."""
    put(place, Noun.MANAGER, manager("m9", f"Knows {WORD}.", same_person=("a10",)))
    put(place, Noun.MANAGER, manager("m8", f"Has {WORD}.", same_person=("a10",)))
    broker = sign_up(place, "a9", Role.MANAGER, "m9")
    sign_up(place, "a8", Role.MANAGER, "m8")
    for owner in ("a8", "a9", "a10"):
        put(place, Noun.OUTCOME, outcome("x", "Offer", WORD, owner=owner))
        answer = offered(place, "", broker)
        assert not holds(answer), owner
        assert answer.removed["conflict"] == 1, owner
        answer = managers_for(place, owner=owner)
        assert not holds(answer, "m9"), owner
        assert not holds(answer, "m8"), owner
        assert sum(answer.removed.values()) == 2, owner
        assert offered(place, "", broker, owner).found == 0, owner
    put(place, Noun.OUTCOME, outcome("x", "Offer", WORD, owner="a11"))
    assert holds(offered(place, "", broker))
    assert holds(managers_for(place, owner="a11"), "m9")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_broker_is_the_manager_of_an_account_while_there_is_one(place: Platform) -> None:
    broker = sign_up(place, "a1", Role.MANAGER, "m1")
    nobody = sign_up(place, "a2", Role.ENTERPRISE)
    with place.database.reading() as session:
        found = broker_of(session, broker)
        assert found is not None
        assert found.id == "m1"
        assert broker_of(session, nobody) is None
        assert broker_of(session, SYSTEM) is None
    remove(place, Noun.MANAGER, ["m1"])
    with place.database.reading() as session:
        assert broker_of(session, broker) is None


def test_words_to_avoid_are_those_of_the_own_tree_and_of_the_broker() -> None:
    words = ("u", "港湾大学", "Harbour Lab", "Hill Works", "f")
    organisations = Organisations({one.id: one for one in (UNIVERSITY, LAB, FIRM)}, {}, words)
    record = need("y", organisation="lab", owner="a1")
    tree = frozenset({"u", "港湾大学", "Harbour Lab"})
    assert to_avoid(record, Conflicts(organisations, {})) == {"organisation": tree}
    broker = manager("m", conflicts=("Hill Works",))
    asked = Conflicts(organisations, {"m": frozenset({"a1"})}, broker)
    assert to_avoid(record, asked) == {
        "organisation": tree | {"Hill Works", "f"},
        "owner": frozenset({"a1"}),
    }
    assert managers_to_avoid(record, organisations) == {
        "avoids": tree,
        "persons": frozenset({"a1"}),
    }
    assert managers_to_avoid(outcome("o"), organisations) == {
        "avoids": frozenset(),
        "persons": frozenset(),
    }


def test_managers_of_an_account_are_all_records_of_that_person() -> None:
    organisations = Organisations({}, {}, ())
    people = {"m1": frozenset({"a", "b"}), "m2": frozenset({"b"}), "m3": frozenset({"c"})}
    conflicts = Conflicts(organisations, people)
    assert conflicts.managers_of("b") == {"m1", "m2"}
    assert conflicts.managers_of("") == frozenset()
