"""Visibility: who sees what, by hand for every role, relation and visibility, and as laws."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain import Event, Manager, Need, Node, Organisation, Outcome
from matcher.domain.account import Account
from matcher.domain.enums import Role, Secrecy, Visibility
from matcher.domain.followup import FollowUp
from matcher.domain.interaction import Interaction
from matcher.domain.interest import Interest
from matcher.domain.visibility import (
    ANONYMOUS,
    SYSTEM,
    audience,
    require_storable,
    viewer_of,
    visible,
)
from matcher.errors import InvalidValue

# The record's node is xian: west and core lie above it, lab below, east and baoji beside.
PARENTS = {
    "core": "",
    "west": "core",
    "east": "core",
    "xian": "west",
    "baoji": "west",
    "lab": "xian",
}
WIDEST_FIRST = (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.BROKERS, Visibility.NAMED)

nodes = st.sampled_from(["", *PARENTS, "elsewhere"])
ids = st.sampled_from(["", "A1", "A2", "core", "core:A1", "A1:core", "public", "members:xian", "*"])
needs = st.builds(
    Need,
    id=st.just("N1"),
    owner=ids,
    node=nodes,
    visibility=st.sampled_from(Visibility),
    visible_to=st.lists(ids, max_size=3).map(tuple),
)
accounts = st.builds(
    Account,
    id=ids.filter(bool),
    login=st.just("lin"),
    roles=st.sets(st.sampled_from(Role), min_size=1).map(Role.in_order),
    node=nodes,
    manager=ids,
    active=st.booleans(),
)


def account(*roles, id="A1", **fields):
    return Account(id=id, login="lin", roles=roles, **fields)


def viewer(*roles, **fields):
    return viewer_of(account(*roles, **fields), PARENTS)


# What each sees of a record of xian: p(ublic), m(embers), b(rokers); nobody a stranger's n(amed).
EXPECTED = {
    ("manager", "xian"): "pmb",
    ("manager", "west"): "pmb",
    ("manager", "core"): "pmb",
    ("manager", "lab"): "p",
    ("manager", "baoji"): "p",
    ("manager", "east"): "p",
    ("manager", "elsewhere"): "p",
    ("manager", ""): "p",
    ("admin", "xian"): "pmb",
    ("admin", "west"): "pmb",
    ("admin", "core"): "pmb",
    ("admin", "lab"): "p",
    ("admin", "baoji"): "p",
    ("admin", "east"): "p",
    ("admin", "elsewhere"): "p",
    ("admin", ""): "p",
    ("enterprise", "xian"): "pm",
    ("enterprise", "west"): "pm",
    ("enterprise", "core"): "pm",
    ("enterprise", "lab"): "p",
    ("enterprise", "baoji"): "p",
    ("enterprise", "east"): "p",
    ("enterprise", "elsewhere"): "p",
    ("enterprise", ""): "p",
    ("holder", "xian"): "pm",
    ("holder", "west"): "pm",
    ("holder", "core"): "pm",
    ("holder", "lab"): "p",
    ("holder", "baoji"): "p",
    ("holder", "east"): "p",
    ("holder", "elsewhere"): "p",
    ("holder", ""): "p",
}


@pytest.mark.parametrize("record", [Outcome(id="O1", node="xian"), Need(id="N1", node="xian")])
@pytest.mark.parametrize(("role", "node"), EXPECTED)
def test_who_sees_what_by_hand(record, role, node):
    reader = viewer(Role(role), node=node)
    seen = [one for one in Visibility if reader.sees(replace(record, visibility=one))]
    assert "".join(one.value[0] for one in seen) == EXPECTED[role, node]


def test_one_role_of_several_is_enough():
    record = Need(id="N1", node="xian", visibility=Visibility.BROKERS)
    assert viewer(Role.ENTERPRISE, Role.MANAGER, node="xian").sees(record)


@pytest.mark.parametrize("visibility", Visibility)
def test_the_owner_and_the_named_see_it_wherever_they_are(visibility):
    record = Outcome(
        id="O1", node="xian", visibility=visibility, owner="A1", visible_to=("A2", "A3")
    )
    for one in ("A1", "A2", "A3"):
        assert viewer(Role.ENTERPRISE, id=one, node="east").sees(record)


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.BROKERS, Visibility.NAMED])
def test_a_record_of_no_node_is_in_no_scope(visibility):
    record = Need(id="N1", visibility=visibility, owner="A9")
    assert not viewer(Role.ADMIN, node="").sees(record)
    assert not viewer(Role.ADMIN, node="core").sees(record)
    assert viewer(Role.ENTERPRISE, id="A9").sees(record)


def test_managers_organisations_and_nodes_are_public():
    reader = viewer(Role.ENTERPRISE, node="east")
    records = (Manager(id="M1", node="xian"), Organisation(id="U1"), Node(id="west"))
    assert tuple(visible(reader, records)) == records
    assert tuple(visible(ANONYMOUS, records)) == ()


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (viewer(Role.MANAGER, node="east", manager="M1"), True),
        (viewer(Role.MANAGER, node="xian", manager="M2"), False),
        (viewer(Role.ENTERPRISE, node="xian", manager="M1"), False),
        (viewer(Role.ADMIN, node="xian"), True),
        (viewer(Role.ADMIN, node="core"), True),
        (viewer(Role.ADMIN, node="lab"), False),
        (viewer(Role.ADMIN, node="east"), False),
        (viewer(Role.HOLDER, node="xian"), False),
    ],
)
def test_a_follow_up_is_for_its_manager_and_the_admins_above(reader, sees):
    followup = FollowUp(id="F1", need="N1", outcome="O1", manager="M1", node="xian")
    interaction = Interaction(id="I1", need="N1", manager="M1", node="xian")
    assert reader.sees(followup) is sees
    assert reader.sees(interaction) is sees


def test_an_interaction_without_a_manager_is_not_for_accounts_without_one():
    interaction = Interaction(id="I1", need="N1", outcome="O1", node="xian")
    assert not viewer(Role.MANAGER, node="xian").sees(interaction)


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (account(Role.ENTERPRISE, node="xian"), True),
        (account(Role.ENTERPRISE, id="A2", node="xian"), False),
        (account(Role.MANAGER, id="A2", manager="M1", node="east"), False),
        (account(Role.ADMIN, id="A2", node="west"), True),
        (account(Role.ADMIN, id="A2", node="east"), False),
    ],
)
def test_an_interest_is_for_whose_it_is_and_the_admins_above_while_nobody_has_it(reader, sees):
    made_at = datetime(2026, 11, 1, tzinfo=UTC)
    interest = Interest(id="X1", outcome="O1", account="A1", made_at=made_at, node="xian")
    assert viewer_of(reader, PARENTS).sees(interest) is sees


def test_an_account_is_for_itself_and_the_admins_above():
    other = account(Role.HOLDER, id="A2", node="xian")
    assert viewer_of(other, PARENTS).sees(other)
    assert viewer(Role.ADMIN, node="west").sees(other)
    assert not viewer(Role.MANAGER, node="west").sees(other)
    assert not viewer(Role.ADMIN, node="east").sees(other)


def test_what_has_no_rule_is_for_the_operator_alone():
    event = Event(actor="A1", verb="shown", at=datetime(2026, 11, 1, tzinfo=UTC))
    assert not viewer(Role.ADMIN, node="core").sees(event)
    assert SYSTEM.sees(event)


@given(accounts.filter(lambda one: not one.active), needs)
def test_an_inactive_account_sees_nothing_not_even_its_own(one, need):
    assert not viewer_of(one, PARENTS).sees(replace(need, owner=one.id))


@given(needs)
def test_the_operator_sees_everything_and_nobody_signed_in_nothing(need):
    assert SYSTEM.sees(need)
    assert not ANONYMOUS.sees(need)
    assert SYSTEM.sees_audience(frozenset())


@given(accounts, needs)
def test_a_wider_visibility_hides_nothing_from_anyone(one, need):
    reader = viewer_of(one, PARENTS)
    seen = [reader.sees(replace(need, visibility=visibility)) for visibility in WIDEST_FIRST]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] is one.active


@given(accounts, needs, st.sampled_from(["west", "core"]))
def test_a_node_further_up_sees_no_less(one, need, above):
    low, high = replace(one, node="xian"), replace(one, node=above)
    if viewer_of(low, PARENTS).sees(need):
        assert viewer_of(high, PARENTS).sees(need)


@given(accounts, needs)
def test_a_need_is_seen_by_the_rule_in_words(one, need):
    above = {"xian": {"west", "core"}, "lab": {"xian", "west", "core"}, "core": set()}
    above |= {"west": {"core"}, "east": {"core"}, "baoji": {"west", "core"}}
    in_scope = bool(need.node) and one.node in above.get(need.node, set()) | {need.node}
    is_broker = bool({Role.MANAGER, Role.ADMIN} & set(one.roles))
    allowed = {
        Visibility.PUBLIC: True,
        Visibility.MEMBERS: in_scope,
        Visibility.BROKERS: in_scope and is_broker,
        Visibility.NAMED: False,
    }[need.visibility]
    named = one.id in (need.owner, *need.visible_to)
    assert viewer_of(one, PARENTS).sees(need) is (one.active and (allowed or named))


@given(accounts, st.builds(Outcome, id=st.just("O1"), owner=ids, node=nodes), st.data())
def test_an_internal_outcome_is_seen_as_one_for_brokers_at_the_widest(one, outcome, data):
    visibility = data.draw(st.sampled_from(Visibility))
    internal = replace(outcome, secrecy=Secrecy.INTERNAL, visibility=visibility)
    narrow = Visibility.NAMED if visibility is Visibility.NAMED else Visibility.BROKERS
    reader = viewer_of(one, PARENTS)
    assert reader.sees(internal) is reader.sees(replace(outcome, visibility=narrow))


@pytest.mark.parametrize("secrecy", [Secrecy.SECRET, Secrecy.HIGHLY_SECRET, Secrecy.TOP_SECRET])
def test_a_state_secret_is_refused_and_shown_to_no_account(secrecy):
    outcome = Outcome(id="O1", title="推进剂", secrecy=secrecy, owner="A1", node="xian")
    with pytest.raises(InvalidValue) as refused:
        require_storable(outcome)
    assert refused.value.where == {"field": "secrecy"}
    assert refused.value.hint
    assert "推进剂" not in str(refused.value)
    assert not viewer(Role.ADMIN, id="A1", node="xian").sees(outcome)


@pytest.mark.parametrize("secrecy", [Secrecy.OPEN, Secrecy.INTERNAL])
def test_what_is_no_state_secret_may_be_stored(secrecy):
    assert require_storable(Outcome(id="O1", secrecy=secrecy)) is None


def test_an_audience_names_its_circles():
    need = Need(id="N1", node="xian", visibility=Visibility.MEMBERS, owner="A1", visible_to=("A2",))
    assert audience(need) == {"members:xian", "brokers:xian", "account:A1", "account:A2"}
    assert "public" in audience(replace(need, visibility=Visibility.PUBLIC))


def test_an_id_with_a_colon_opens_no_other_circle():
    record = Need(id="N1", node="xian", visibility=Visibility.MEMBERS)
    for odd in ("members:xian", "xian", "x:members:xian"):
        assert not viewer(Role.ADMIN, id=odd, node="east", manager=odd).sees(record)
    one = Need(id="N1", owner="a:b", visibility=Visibility.NAMED)
    assert not viewer(Role.ADMIN, id="a", node="b").sees(one)
    assert viewer(Role.HOLDER, id="a:b").sees(one)


def test_nodes_in_a_circle_are_refused():
    with pytest.raises(InvalidValue, match="own ancestor"):
        viewer_of(account(Role.ADMIN, node="a"), {"a": "b", "b": "a"})
