"""Managers who could see to an interest in the coating, and whoever may have one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import Viewer, viewer_of
from matcher.store import accounts
from tests.actions.pursuits import PARENTS, sign_up
from tests.platforms import NOW, manager, need, put

# By how well they fit the outcome o1: m1, m5, m6.
SECOND = manager("m5", "Graphene coating and varnish.")
THIRD = manager("m6", "Machines: guideways, bearings, gears, sometimes a coating.")


@dataclass(frozen=True, slots=True)
class People:
    """An enterprise, the managers m1, m5 and m6, and admins."""

    platform: Platform
    firm: Viewer
    first: Viewer
    second: Viewer
    third: Viewer
    admin: Viewer
    elsewhere: Viewer


@pytest.fixture
def people(platform: Platform) -> People:
    """All signed up. The firm has the need w9."""
    put(platform, Noun.MANAGER, SECOND, THIRD)
    put(platform, Noun.NEED, need("w9", "导轨涂层", "石墨烯耐磨涂层", owner="firm"))
    return People(
        platform,
        firm(platform, "firm"),
        sign_up(platform, "b1", manager="m1"),
        sign_up(platform, "b5", manager="m5"),
        sign_up(platform, "b6", manager="m6"),
        sign_up(platform, "root", Role.ADMIN),
        sign_up(platform, "west", Role.ADMIN, node="n3"),
    )


def firm(platform: Platform, id_: str, organisation: str = "", node: str = "n2") -> Viewer:
    """An enterprise's account."""
    account = Account(
        id=id_, login=id_, roles=(Role.ENTERPRISE,), node=node, organisation=organisation
    )
    with platform.database.writing() as session:
        accounts.add(session, account, at=NOW)
    return viewer_of(account, PARENTS)
