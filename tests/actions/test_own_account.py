"""One's own account: read, its name and language changed, another password by who knows the old."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.account_state import state_of
from matcher.actions.accounts import add_account, set_active
from matcher.actions.own_account import change_own, change_own_password, own_account
from matcher.actions.platform import Platform
from matcher.actions.sign_in_attempts import ANYWHERE, OF_OWN, WINDOW
from matcher.actions.signing_in import by_password, unlock
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import EditConflict, InvalidValue, NotAllowed, NotFound, NotSignedIn
from matcher.store import accounts, events
from tests.actions.pursuits import later

OLD, NEW = "four words that fit", "four other words here"


@pytest.fixture
def account(platform: Platform) -> Account:
    roles = (Role.MANAGER, Role.ADMIN)
    return add_account(platform, SYSTEM, Account(id="new", login="lin", roles=roles), OLD)


def acting(account: Account) -> Viewer:
    """The account in one of its roles, as behind a token."""
    return viewer_of(replace(account, roles=(Role.MANAGER,)), {"n1": ""})


def test_it_is_read_whole_and_changed_without_losing_a_role(
    platform: Platform, account: Account
) -> None:
    assert own_account(platform, acting(account)) == account
    changed = change_own(platform, acting(account), name="林", language=Language.EN)
    assert changed == replace(account, name="林", language=Language.EN)
    assert own_account(platform, acting(account)) == changed
    assert change_own(platform, acting(account)) == changed
    with platform.database.reading() as session:
        told = [event for _, event in events.read(session, verbs=["account_changed"])]
    assert [(one.actor, one.subjects) for one in told] == [
        (account.id, (Subject(noun=Noun.ACCOUNT, id=account.id),))
    ]


def test_where_mail_is_sent_is_ones_own_to_say(platform: Platform, account: Account) -> None:
    change_own(platform, acting(account), email=" lin@uni.example ")
    assert own_account(platform, acting(account)).email == "lin@uni.example"
    with pytest.raises(InvalidValue, match="mail address"):
        change_own(platform, acting(account), email="lin@")
    change_own(platform, acting(account), email="")
    assert own_account(platform, acting(account)) == account


def test_the_password_is_changed_by_who_knows_the_old_one(
    platform: Platform, account: Account
) -> None:
    with pytest.raises(NotAllowed, match="isn't the password"):
        change_own_password(platform, acting(account), NEW, NEW)
    with pytest.raises(InvalidValue, match="10 to 1000"):
        change_own_password(platform, acting(account), OLD, "short")
    change_own_password(platform, acting(account), OLD, NEW)
    with platform.database.reading() as session:
        assert accounts.verify_password(session, "lin", NEW) == account
        assert accounts.verify_password(session, "lin", OLD) is None


def test_guessing_the_old_password_is_slowed_down(platform: Platform, account: Account) -> None:
    for _ in range(OF_OWN):
        with pytest.raises(NotAllowed, match="isn't the password"):
            change_own_password(platform, acting(account), NEW, NEW)
    with pytest.raises(NotAllowed, match="wrong too often"):
        change_own_password(platform, acting(account), OLD, NEW)
    assert by_password(platform, "lin", OLD, "192.0.2.1")
    change_own_password(later(platform, WINDOW), acting(account), OLD, NEW)
    with platform.database.reading() as session:
        assert len(events.read(session, verbs=["sign_in_failed"])) == OF_OWN + 1
        assert len(events.read(session, verbs=["locked_out"])) == 1


def test_who_fails_to_sign_in_does_not_keep_the_owner_from_another_password(
    platform: Platform, account: Account
) -> None:
    for n in range(ANYWHERE):
        with pytest.raises(NotSignedIn):
            by_password(platform, "lin", NEW, f"192.0.{n}.1")
    change_own_password(platform, acting(account), OLD, NEW)


def test_an_admin_unlocks_it(platform: Platform, account: Account) -> None:
    for _ in range(OF_OWN + 1):
        with pytest.raises(NotAllowed):
            change_own_password(platform, acting(account), NEW, NEW)
    unlock(platform, SYSTEM, "lin")
    change_own_password(platform, acting(account), OLD, NEW)


def test_who_is_shut_out_or_no_account_has_none(platform: Platform, account: Account) -> None:
    add_account(platform, SYSTEM, Account(id="new", login="chief", roles=(Role.ADMIN,)))
    viewer = acting(account)
    set_active(platform, SYSTEM, "lin", False)
    for who in (viewer, SYSTEM):
        with pytest.raises(NotFound):
            own_account(platform, who)
        with pytest.raises(NotFound):
            change_own(platform, who, name="x")
        with pytest.raises(NotFound):
            change_own_password(platform, who, OLD, NEW)


def test_what_was_made_of_another_state_changes_nothing(
    platform: Platform, account: Account
) -> None:
    seen = state_of(account)
    changed = change_own(platform, acting(account), name="林", seen=seen)
    with pytest.raises(EditConflict):
        change_own(platform, acting(account), name="Lin", seen=seen)
    assert own_account(platform, acting(account)) == changed
