"""Why nobody has an interest, as its admins are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.actions.interest_answers import decline_interest
from matcher.actions.interest_unrouted import Unrouted, why_unrouted
from matcher.actions.interests import express
from matcher.actions.platform import Platform
from matcher.domain.enums import DeclineReason, Language, Noun, Role, Visibility
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotAllowed, NotFound
from matcher.store import accounts, followups
from tests.actions.interest_cases import firm
from tests.actions.pursuits import PARENTS, sign_up
from tests.platforms import NOW, manager, need, outcome, put

COATING = "Graphene coating and varnish."


@pytest.fixture
def asked(platform: Platform) -> str:
    """An interest that nobody has: no manager has an account."""
    put(platform, Noun.MANAGER, manager("m5", COATING, name="五", name_en="Five", node="n3"))
    return express(platform, firm(platform, "firm"), "o1", text="graphene coating").kept.interest.id


def viewer_again(platform: Platform) -> Viewer:
    """Whose interest it is."""
    with platform.database.reading() as session:
        account = accounts.get(session, "firm")
    assert account is not None
    return viewer_of(account, PARENTS)


def why(platform: Platform, id_: str, node: str = "n1") -> dict[str, list[str]]:
    """The groups, as an admin of the node is told."""
    found = why_unrouted(platform, sign_up(platform, f"of-{node}", Role.ADMIN, node=node), id_)
    assert found is not None
    assert not found.settled
    groups = {
        "turned_down": found.turned_down,
        "full": found.full,
        "no": found.without_account,
        "free": found.free,
    }
    return {name: [one.id for one in group] for name, group in groups.items() if group}


def test_who_fits_but_has_no_account_is_named(platform: Platform, asked: str) -> None:
    found = why(platform, asked)
    assert set(found) == {"no"}
    assert found["no"][:2] == ["m1", "m5"]


def test_who_has_no_room_and_who_turned_it_down_is_told_apart(
    platform: Platform, asked: str
) -> None:
    put(platform, Noun.MANAGER, manager("m5", COATING, capacity=1))
    with platform.database.writing() as session:
        followups.add(session, FollowUp(id="F2", need="w3", outcome="o5", manager="m5"))
    sign_up(platform, "b5", manager="m5")
    first = sign_up(platform, "b1", manager="m1")
    again = firm(platform, "other")
    id_ = express(platform, again, "o1", text="graphene coating").kept.interest.id
    decline_interest(platform, first, id_, DeclineReason.REGION)
    assert why(platform, id_) == {"turned_down": ["m1"], "full": ["m5"]}


def test_nobody_is_named_who_couldnt_be_given_it_anyway(platform: Platform) -> None:
    hidden = outcome("o1", "涂层", "石墨烯耐磨涂层", visibility=Visibility.BROKERS, node="n2")
    put(platform, Noun.OUTCOME, hidden)
    put(
        platform,
        Noun.MANAGER,
        manager("m5", COATING, node="n3"),
        manager("m6", COATING, active=False),
        manager("m7", COATING, conflicts=("涂料厂",)),
    )
    asker = firm(platform, "firm", "涂料厂")
    put(platform, Noun.OUTCOME, outcome("o1", "涂层", "石墨烯耐磨涂层", owner="x", node="n2"))
    id_ = express(platform, asker, "o1", text="graphene coating").kept.interest.id
    put(platform, Noun.OUTCOME, hidden)
    assert why(platform, id_) == {"no": ["m1"]}


def test_who_can_take_it_by_now_is_told(platform: Platform, asked: str) -> None:
    sign_up(platform, "b1", manager="m1")
    assert why(platform, asked)["free"] == ["m1"]


@pytest.mark.parametrize(
    ("state", "more", "told"),
    [
        (State.DECLINED, {"reason": DeclineReason.PRICE}, {"turned_down": ["m1"]}),
        (State.ON_HOLD, {"until": NOW.date() + timedelta(days=9)}, {}),
        (State.EXPIRED, {}, {}),
    ],
    ids=lambda one: one.value if isinstance(one, State) else "",
)
def test_only_a_declined_follow_up_is_told_as_such_and_not_to_who_may_not_see_it(
    platform: Platform, state: State, more: dict[str, object], told: dict[str, list[str]]
) -> None:
    asker = firm(platform, "firm")
    put(platform, Noun.NEED, need("w9", "涂层", "石墨烯涂层", owner="firm"))
    id_ = express(platform, asker, "o1", need="w9").kept.interest.id
    sign_up(platform, "b1", manager="m1")
    begun = FollowUp(id="F1", need="w9", outcome="o1", manager="m1", node="n1")
    with platform.database.writing() as session:
        followups.add(session, transition(begun, state, by="a", at=NOW, **more))  # type: ignore[arg-type]
    assert why(platform, id_) == told
    assert why(platform, id_, "n2") == {}


def test_a_pair_that_was_signed_names_nobody(platform: Platform) -> None:
    asker = firm(platform, "firm")
    put(platform, Noun.NEED, need("w9", "涂层", "石墨烯涂层", owner="firm"))
    id_ = express(platform, asker, "o1", need="w9").kept.interest.id
    begun = FollowUp(id="F1", need="w9", outcome="o1", manager="m2")
    signed = transition(begun, State.CONTRACT_SIGNED, by="a", at=NOW)
    with platform.database.writing() as session:
        followups.add(session, signed)
    root = sign_up(platform, "root", Role.ADMIN)
    assert why_unrouted(platform, root, id_) == Unrouted(settled=True)


def test_it_is_for_admins_of_the_node_alone(platform: Platform, asked: str) -> None:
    with pytest.raises(NotFound):
        why_unrouted(platform, sign_up(platform, "west", Role.ADMIN, node="n3"), asked)
    with pytest.raises(NotAllowed):
        why_unrouted(platform, viewer_again(platform), asked)
    east = sign_up(platform, "east", Role.ADMIN, node="n2")
    found = why_unrouted(platform, east, asked, Language.EN)
    assert found is not None
    assert [(one.name, one.in_charge) for one in found.without_account][1] == ("Five", False)


def test_what_somebody_has_by_now_is_no_riddle(platform: Platform) -> None:
    sign_up(platform, "b1", manager="m1")
    id_ = express(platform, firm(platform, "firm"), "o1").kept.interest.id
    assert why_unrouted(platform, sign_up(platform, "root", Role.ADMIN), id_) is None
