"""People at the standard platform, for tests of what they do with pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import Viewer, viewer_of
from matcher.store import accounts
from tests.platforms import NODES, NOW

PARENTS = {node.id: node.parent for node in NODES}


def sign_up(
    platform: Platform, id_: str, role: Role = Role.MANAGER, manager: str = "", node: str = "n1"
) -> Viewer:
    """Somebody with an account."""
    account = Account(id=id_, login=id_, roles=(role,), node=node, manager=manager)
    with platform.database.writing() as session:
        accounts.add(session, account, at=NOW)
    return viewer_of(account, PARENTS)


def later(platform: Platform, by: timedelta) -> Platform:
    """The same platform, whose clock has gone on."""
    now: datetime = platform.now() + by
    return replace(platform, now=lambda: now)
