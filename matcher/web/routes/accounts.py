"""Accounts: who may sign in and as what, for admins of their nodes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import url_for

from matcher.actions.accounts import (
    add_account,
    change_account,
    get_account,
    page_accounts,
    set_active,
    set_password,
    set_roles,
)
from matcher.actions.signing_in import unlock
from matcher.domain.account import Account
from matcher.web.admin_shown import account_shown, listed
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.models.accounts import (
    AccountBody,
    AccountChange,
    AccountShown,
    AccountsShown,
    PageParams,
    PasswordBody,
    RolesBody,
)
from matcher.web.part import part
from matcher.web.seen import Answered, problems

accounts = part("accounts", "Accounts")

_QUERY = {"of": "accounts"}
_NEW = "new"


@accounts.get("/accounts")
@accounts.input(PageParams, location="query", arg_name="params")
@accounts.output(AccountsShown)
@accounts.doc(operation_id="accounts")
def every(params: PageParams) -> dict[str, Any]:
    """Accounts that you may know of

    Those of an admin's node and below it; your own.
    """
    [after] = place_of(params.cursor, _QUERY, str) if params.cursor else [""]
    page = page_accounts(platform(), viewer(), after, params.limit)
    return listed(page.rows, account_shown, page.next and cursor(_QUERY, page.next))


@accounts.post("/accounts")
@accounts.input(AccountBody, arg_name="body")
@accounts.output(AccountShown, status_code=201)
@accounts.doc(operation_id="addAccount", responses=problems(HTTPStatus.NOT_FOUND))
def add(body: AccountBody) -> Answered:
    """Add an account

    Node, organisation and manager have to be there. A login that is taken is 422.
    """
    account = Account(id=_NEW, **body.model_dump(exclude={"password"}))
    added = add_account(platform(), viewer(), account, body.password or "")
    address = url_for(".one", login=added.login)
    return account_shown(added), HTTPStatus.CREATED, {"Location": address}


@accounts.get("/accounts/<login>")
@accounts.output(AccountShown)
@accounts.doc(operation_id="account")
def one(login: str) -> dict[str, Any]:
    """An account"""
    return account_shown(get_account(platform(), viewer(), login))


@accounts.patch("/accounts/<login>")
@accounts.input(AccountChange, arg_name="body")
@accounts.output(AccountShown)
@accounts.doc(operation_id="changeAccount")
def change(login: str, body: AccountChange) -> dict[str, Any]:
    """Change an account

    Who is made a manager's account is said by an admin of that manager's node.
    """
    changes = body.model_dump(exclude_none=True)
    return account_shown(change_account(platform(), viewer(), login, changes))


@accounts.put("/accounts/<login>/roles")
@accounts.input(RolesBody, arg_name="body")
@accounts.output(AccountShown)
@accounts.doc(operation_id="setRoles")
def roles(login: str, body: RolesBody) -> dict[str, Any]:
    """Give an account these roles and no others

    The last admin keeps that role.
    """
    return account_shown(set_roles(platform(), viewer(), login, body.roles))


@accounts.put("/accounts/<login>/password")
@accounts.input(PasswordBody, arg_name="body")
@accounts.output({}, status_code=204)
@accounts.doc(operation_id="setPassword")
def password(login: str, body: PasswordBody) -> tuple[str, int]:
    """Give an account another password

    Its sessions end.
    """
    set_password(platform(), viewer(), login, body.password)
    return "", HTTPStatus.NO_CONTENT


@accounts.post("/accounts/<login>/disable")
@accounts.output(AccountShown)
@accounts.doc(operation_id="disableAccount")
def disable(login: str) -> dict[str, Any]:
    """Shut an account out, with its tokens"""
    return account_shown(set_active(platform(), viewer(), login, False))


@accounts.post("/accounts/<login>/enable")
@accounts.output(AccountShown)
@accounts.doc(operation_id="enableAccount")
def enable(login: str) -> dict[str, Any]:
    """Let an account in again, with its tokens"""
    return account_shown(set_active(platform(), viewer(), login, True))


@accounts.post("/accounts/<login>/unlock")
@accounts.output({}, status_code=204)
@accounts.doc(operation_id="unlockAccount")
def unlocked(login: str) -> tuple[str, int]:
    """Let an account sign in again after too many failures"""
    unlock(platform(), viewer(), login)
    return "", HTTPStatus.NO_CONTENT
