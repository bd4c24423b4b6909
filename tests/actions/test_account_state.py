"""States of an account: equal ones are told by the same digest, others by another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.account_state import require_state, state_of
from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.errors import EditConflict

LIN = Account(id="a", login="lin", roles=(Role.MANAGER, Role.ADMIN), node="n1")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Lin"},
        {"roles": (Role.ADMIN,)},
        {"active": False},
        {"manager": "m1"},
        {"language": Language.EN},
        {"name": "\ud800"},
    ],
)
def test_any_change_makes_another_state(change: dict[str, object]) -> None:
    changed = replace(LIN, **change)  # type: ignore[arg-type]
    assert state_of(changed) != state_of(LIN)
    assert state_of(replace(LIN)) == state_of(LIN)
    with pytest.raises(EditConflict) as conflict:
        require_state(changed, state_of(LIN))
    assert conflict.value.values["version"] == state_of(changed)


def test_who_has_not_looked_changes_whatever_there_is() -> None:
    require_state(LIN, "")
    require_state(LIN, state_of(LIN))
