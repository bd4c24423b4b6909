"""What a record says is less for who doesn't administer its node."""

from __future__ import annotations

from dataclasses import replace

from matcher.actions.masked import masked, tells_guarded
from matcher.actions.platform import Platform
from matcher.actions.reading import get
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.manager import Deal
from matcher.domain.visibility import SYSTEM, viewer_of
from tests.platforms import manager, outcome, put

PARENTS = {"n1": "", "n2": "n1"}
FIRM = viewer_of(Account(id="e", login="e", roles=(Role.ENTERPRISE,), node="n2"), PARENTS)
ADMIN = viewer_of(Account(id="a", login="a", roles=(Role.ADMIN,), node="n1"), PARENTS)
DEALS = (Deal(title="one", outcome="hidden"), Deal(title="two", outcome="o1"), Deal(title="three"))
BROKER = replace(manager("m9", "all", conflicts=("u",), same_person=("x",)), deals=DEALS)


def filled(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("hidden", "zorbex", visibility=Visibility.NAMED))
    put(platform, Noun.MANAGER, BROKER)


def test_an_enterprise_gets_no_conflicts_and_no_deal_with_what_is_hidden(
    platform: Platform,
) -> None:
    filled(platform)
    found = get(platform, FIRM, Noun.MANAGER, "m9").record
    assert (found.conflicts, found.same_person) == ((), ())
    assert [deal.title for deal in found.deals] == ["two", "three"]


def test_the_operator_and_an_admin_of_the_node_get_all(platform: Platform) -> None:
    filled(platform)
    for viewer in (SYSTEM, ADMIN):
        assert get(platform, viewer, Noun.MANAGER, "m9").record == BROKER


def test_who_owns_a_record_is_for_its_owner(platform: Platform) -> None:
    record = outcome("o8", "mine", owner="e", visible_to=("b",))
    other = outcome("o7", "theirs", owner="x", visible_to=("b",))
    with platform.database.reading() as session:
        assert masked(session, FIRM, record) == record
        found = masked(session, FIRM, other)
    assert (found.owner, found.visible_to, found.title) == ("", (), "theirs")


def test_it_tells_what_is_kept_from_most_where_an_admin_reads_of_others() -> None:
    plain = manager("m9", "all")
    assert tells_guarded(ADMIN, BROKER)
    assert tells_guarded(SYSTEM, BROKER)
    assert not tells_guarded(FIRM, BROKER)
    assert not tells_guarded(ADMIN, plain)
    assert not tells_guarded(ADMIN, outcome("o", owner="x", visible_to=("y",)))
