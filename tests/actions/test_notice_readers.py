"""Whom a round is for: everybody who may sign in, managers by the record that they are."""

from __future__ import annotations

import pytest

from matcher.actions.accounts import set_active
from matcher.actions.notice_readers import by_manager, gathered, matter, readers
from matcher.actions.platform import Platform
from matcher.domain.enums import Role, Visibility
from matcher.domain.notice import NoticeKind
from matcher.domain.visibility import SYSTEM
from tests.actions.pursuits import sign_up
from tests.platforms import need

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def test_who_is_shut_out_is_told_nothing_and_the_others_see_what_they_see(
    platform: Platform,
) -> None:
    for id_, role in (("a", Role.ENTERPRISE), ("b", Role.MANAGER), ("c", Role.MANAGER)):
        sign_up(platform, id_, role, manager="m1")
    set_active(platform, SYSTEM, "c", False)
    with platform.database.reading() as session:
        found = readers(session)
    assert [one.account.id for one in found] == ["a", "b"]
    hidden = need("h", visibility=Visibility.BROKERS)
    assert [one.viewer.sees(hidden) for one in found] == [False, True]
    # An account that has lost the role isn't the manager any more.
    assert {id_: [one.account.id for one in own] for id_, own in by_manager(found).items()} == {
        "m1": ["b"]
    }


def test_what_an_account_is_told_of_a_kind_stands_together(platform: Platform) -> None:
    one, two = matter("1", need="w1"), matter("2", need="w1", outcome="o1")
    found = dict(gathered([("a", one), ("b", two), ("a", two)], NoticeKind.MATCHES, "need"))
    assert {name: news.matters for name, news in found.items()} == {"a": (one, two), "b": (two,)}
    assert [subject.noun.value for subject in two.subjects] == ["need", "outcome"]
