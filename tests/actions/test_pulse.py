"""How a process is doing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.accounts import add_account
from matcher.actions.platform import Platform
from matcher.actions.pulse import pulse, require_operator
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import NotAllowed
from matcher.store import nodes
from tests.platforms import outcome, put


@pytest.fixture
def kind() -> str:
    return "sqlite"


def acting(platform: Platform, role: Role, node: str) -> Viewer:
    account = Account(id="new", login=f"{role}-{node}", roles=(role,), node=node)
    made = add_account(platform, SYSTEM, account)
    with platform.database.reading() as session:
        return viewer_of(made, nodes.parents(session))


def test_it_tells_the_model_and_how_far_it_is_behind(platform: Platform) -> None:
    found = pulse(platform)
    assert found.model_version.startswith("0001-")
    assert (found.degraded, found.behind) == ((), 0)
    # Another process writes two records, and this one doesn't look for an hour.
    platform.live._poll = 3600.0
    put(platform, Noun.OUTCOME, outcome("o8", "New", "x"), outcome("o9", "Newer", "y"))
    assert pulse(platform).behind == 2
    platform.live.look_now()
    assert pulse(replace(platform)).behind == 0


def test_the_operator_is_whoever_administers_the_root(platform: Platform) -> None:
    require_operator(platform, SYSTEM)
    require_operator(platform, acting(platform, Role.ADMIN, "n1"))
    for role, node in ((Role.ADMIN, "n2"), (Role.MANAGER, "n1")):
        with pytest.raises(NotAllowed):
            require_operator(platform, acting(platform, role, node))
