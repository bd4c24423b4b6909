"""Whom a manager rings once they have taken something up, and who doesn't learn it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.actions.contact import Contact, askers, contacts
from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move
from matcher.actions.interest_answers import accept_interest
from matcher.actions.interest_reading import list_interests
from matcher.actions.interests import express
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import CONTACT
from matcher.actions.stepping_back import step_back
from matcher.domain.account import Account
from matcher.domain.enums import DeclineReason, Language, Noun, Role, Visibility
from matcher.domain.enums import FollowUpState as S
from matcher.domain.followup import FollowUp, transition
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import NotFound
from matcher.store import accounts, events, followups, records
from tests.actions.interest_cases import People, people
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, need, outcome, put, remove, small_platform

__all__ = ["people"]

LIN = Contact(name="Lin", email="lin@example.org", for_party=True, node="core")


def keep(platform: Platform, account: Account) -> None:
    with platform.database.writing() as session:
        accounts.add(session, account, at=NOW)


def change(platform: Platform, id_: str, **fields: object) -> None:
    with platform.database.writing() as session:
        account = accounts.get(session, id_)
        assert account is not None
        accounts.save(session, replace(account, **fields))  # type: ignore[arg-type]


def told(platform: Platform) -> list[tuple[str, list[str]]]:
    """Actor and subjects of each read of a contact."""
    with platform.database.reading() as session:
        found = [event for _, event in events.read(session)]
    return [
        (one.actor, [subject.id for subject in one.subjects])
        for one in found
        if one.verb == CONTACT
    ]


@pytest.fixture
def pair(platform: Platform) -> str:
    """A follow-up that m1 has accepted, of Lin's need and an outcome without an owner."""
    firm = Account(
        id="lin", login="lin@east", name="Lin", roles=(Role.ENTERPRISE,), email=LIN.email
    )
    keep(platform, firm)
    put(platform, Noun.NEED, need("w1", "Coating", "Graphene coating", owner="lin"))
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯涂层"))
    return decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup.id


@pytest.fixture
def m1(platform: Platform) -> Viewer:
    return sign_up(platform, "b1", manager="m1")


def test_the_manager_learns_who_listed_each_record_and_that_is_told_once_a_day(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    for _ in range(2):
        found = contacts(platform, m1, pair, Language.EN)
    assert found == {Noun.NEED: LIN, Noun.OUTCOME: Contact(node="core")}
    assert told(platform) == [("b1", [pair])]
    contacts(later(platform, timedelta(days=1)), m1, pair)
    assert told(platform) == [("b1", [pair])] * 2


def test_an_admin_of_the_node_learns_it_and_others_learn_nothing(
    platform: Platform, pair: str
) -> None:
    assert contacts(platform, sign_up(platform, "root", Role.ADMIN), pair)[Noun.NEED] == LIN
    others = (
        sign_up(platform, "b2", manager="m2"),
        sign_up(platform, "west", Role.ADMIN, node="n3"),
        sign_up(platform, "m1", Role.HOLDER, manager="m1"),
    )
    for other in others:
        with pytest.raises(NotFound):
            contacts(platform, other, pair)
    assert told(platform) == [("root", [pair])]


def test_it_is_told_from_acceptance_until_it_is_left(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    day = NOW.date() + timedelta(days=9)
    move(platform, m1, pair, S.ON_HOLD, until=day)
    assert contacts(platform, m1, pair)
    move(platform, m1, pair, S.ACCEPTED)
    assert contacts(platform, m1, pair)
    move(platform, m1, pair, S.DECLINED, reason=DeclineReason.TOO_EARLY)
    assert contacts(platform, m1, pair) == {}


def test_an_acceptance_that_is_taken_back_hides_it_again(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    step_back(platform, m1, pair)
    assert contacts(platform, m1, pair) == {}
    assert told(platform) == []


def test_who_put_it_off_before_accepting_isnt_told(platform: Platform, m1: Viewer) -> None:
    until = NOW.date() + timedelta(days=9)
    one = decide(platform, SYSTEM, "m1", "w3", "o5", Decision.SNOOZE, until=until).followup.id
    assert contacts(platform, m1, one) == {}


def test_who_cant_sign_in_any_more_and_who_has_no_address(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    change(platform, "lin", email="", name="")
    assert contacts(platform, m1, pair)[Noun.NEED] == replace(LIN, name="lin@east", email="")
    change(platform, "lin", active=False, email=LIN.email)
    assert contacts(platform, m1, pair)[Noun.NEED] == Contact(node="core")
    assert told(platform) == []


def test_who_wrote_it_down_for_somebody_isnt_taken_for_them(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    change(platform, "lin", roles=(Role.MANAGER,))
    assert not contacts(platform, m1, pair)[Noun.NEED].for_party
    change(platform, "b1", email="b1@example.org")
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯涂层", owner="b1"))
    assert contacts(platform, m1, pair)[Noun.OUTCOME].own


def test_a_record_that_is_gone_or_hidden_names_nobody(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    hidden = need("w1", "Coating", "x", owner="lin", visibility=Visibility.NAMED)
    put(platform, Noun.NEED, hidden)
    assert list(contacts(platform, m1, pair)) == [Noun.OUTCOME]
    remove(platform, Noun.OUTCOME, ["o1"])
    assert contacts(platform, m1, pair) == {}


def test_who_takes_an_interest_up_learns_who_asked(people: People) -> None:
    platform = people.platform
    change(platform, "firm", name="Wu", email="wu@example.org")
    id_ = express(platform, people.firm, "o1", text="graphene coating").kept.interest.id

    def known(viewer: Viewer) -> dict[str, Contact]:
        return dict(askers(platform, viewer, list_interests(platform, viewer).rows, Language.EN))

    assert known(people.first) == known(people.admin) == {}
    accept_interest(platform, people.first, id_)
    wu = Contact(name="Wu", email="wu@example.org", for_party=True, node="east")
    assert known(people.first) == known(people.admin) == known(people.first) == {id_: wu}
    assert known(people.second) == known(people.elsewhere) == known(people.firm) == {}
    assert told(platform) == [("b1", [id_]), ("root", [id_])]


def test_a_record_that_nobody_owns_is_asked_about_at_its_organisation(
    platform: Platform, pair: str, m1: Viewer
) -> None:
    firm, role = "u1", Role.HOLDER
    for login, more in (
        ("old", {"active": False}),
        ("boss", {"roles": (Role.ADMIN,)}),
        ("shi", {}),
    ):
        fields = {"roles": (role,), "organisation": firm, "email": f"{login}@example.org", **more}
        keep(platform, Account(id=login, login=login, **fields))  # type: ignore[arg-type]
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯涂层", holder=firm))
    found = contacts(platform, m1, pair)[Noun.OUTCOME]
    assert (found.name, found.email, found.for_party) == ("shi", "shi@example.org", True)
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯涂层", holder="u2"))
    assert contacts(platform, m1, pair)[Noun.OUTCOME].name == ""


def merged(platform: Platform) -> None:
    """The firm u1 is the same as u2, which also goes by another name."""
    firms = (
        Organisation(id="u1", name="Old"),
        Organisation(id="u2", name="Shi", aliases=("施工厂",)),
    )
    put(platform, Noun.ORGANISATION, *firms)
    with platform.database.writing() as session:
        records.set_merged(session, Noun.ORGANISATION, "u1", "u2", actor="a", at=NOW)


@pytest.mark.parametrize("holder", ["u2", "施工厂", "Shi"])
def test_an_organisation_is_known_by_all_its_names(
    platform: Platform, pair: str, m1: Viewer, holder: str
) -> None:
    keep(platform, Account(id="shi", login="shi", roles=(Role.HOLDER,), organisation="u1"))
    merged(platform)
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯涂层", holder=holder))
    assert contacts(platform, m1, pair)[Noun.OUTCOME].name == "shi"
    keep(platform, Account(id="z", login="z", roles=(Role.HOLDER,), organisation=holder))
    assert contacts(platform, m1, pair)[Noun.OUTCOME].name == "z"


def test_whom_to_ring_is_known_without_a_model(tmp_path: Path) -> None:
    bare = small_platform(tmp_path / "bare")
    put(bare, Noun.OUTCOME, outcome("o1", holder="施工厂"))
    keep(bare, Account(id="shi", login="shi", roles=(Role.HOLDER,), organisation="u1"))
    merged(bare)
    begun = FollowUp(id="F1", need="w1", outcome="o1", manager="m1", node="n1")
    with bare.database.writing() as session:
        followups.add(session, transition(begun, S.ACCEPTED, by="a", at=NOW))
    found = contacts(bare, sign_up(bare, "root", Role.ADMIN), "F1")
    assert found[Noun.OUTCOME].name == "shi"
