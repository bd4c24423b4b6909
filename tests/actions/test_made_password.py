"""Made passwords: long enough, never the same, without letters that can be taken for others."""

from __future__ import annotations

from matcher.actions.made_password import LETTERS, made_password
from matcher.store.accounts import SHORTEST_PASSWORD


def test_it_has_four_groups_of_plain_letters() -> None:
    made = made_password()
    groups = made.split("-")
    assert [len(one) for one in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(LETTERS)
    assert not set(LETTERS) & set("01oil")
    assert len(made) >= SHORTEST_PASSWORD


def test_no_two_are_the_same() -> None:
    assert len({made_password() for _ in range(500)}) == 500
