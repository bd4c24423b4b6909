"""Names of those who did something."""

from __future__ import annotations

from matcher.actions.accounts import change_account
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.who_did import names_of
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from tests.actions.pursuits import sign_up


def test_accounts_have_a_name_or_a_login_and_others_none(platform: Platform) -> None:
    viewer = sign_up(platform, "a1", manager="m1")
    sign_up(platform, "a2")
    change_account(platform, SYSTEM, "a1", {"name": "Qin"})
    assert names_of(platform, viewer, ["a1", "a2", OPERATOR]) == {"a1": "Qin", "a2": "a2"}
    assert names_of(platform, SYSTEM, ["a1", "a2"]) == {"a1": "Qin", "a2": "a2"}
    assert names_of(platform, ANONYMOUS, ["a1"]) == {}


def test_of_a_node_above_it_is_told_what_they_are_not_who(platform: Platform) -> None:
    below, beside = sign_up(platform, "a1", node="n4"), sign_up(platform, "a2", node="n3")
    sign_up(platform, "a3", node="n2")
    told = names_of(platform, below, ["a1", "a2", "a3"])
    assert told == {"a1": "a1", "a2": "a2", "a3": "上级节点的人员"}
    assert names_of(platform, beside, ["a1", "a3"]) == {"a1": "a1", "a3": "a3"}
