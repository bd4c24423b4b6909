"""`matcher user`: the accounts that people sign in with."""

from __future__ import annotations

from typing import Any

import click

from matcher.actions import accounts, signing_in
from matcher.cli.passwords import piped_password, typed_password
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_facts, print_rows
from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import UsageError

_ROLES = click.Choice([role.value for role in Role])
_LANGUAGES = click.Choice([language.value for language in Language])
_COLUMNS = ("login", "name", "roles", "node", "organisation", "manager", "active")


@click.group(epilog="Example: matcher user add zhang --role manager --role admin")
def user() -> None:
    """Accounts: add, list, show, change, password, role, disable, enable, unlock."""


@user.command(epilog="Example: matcher user add li --role enterprise --organisation org7")
@click.argument("login")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="May be repeated.")
@click.option("--name", default="", help="As people read it.")
@click.option("--node", default="", help="Id of the node it belongs to; the first one's.")
@click.option("--organisation", default="", help="Id of an organisation.")
@click.option("--manager", default="", help="Id of the manager record that this account is.")
@click.option("--lang", type=_LANGUAGES, default="zh", show_default=True, help="Of its pages.")
@click.option("--email", default="", help="Where notices are mailed to; nowhere without it.")
@click.option("--password-stdin", is_flag=True, help="The first line of standard input.")
@json_option
@pass_place
def add(place: Place, /, lang: str, password_stdin: bool, as_json: bool, **given: Any) -> None:
    """Add an account that signs in as LOGIN.

    The password is asked for on a terminal; without one nobody can sign in with it yet.
    """
    given["roles"] = Role.in_order(map(Role, given["roles"]))
    account = Account(id="new", language=Language(lang), **given)
    with place.platform() as platform:
        password = piped_password() if password_stdin else typed_password()
        account = accounts.add_account(platform, SYSTEM, account, password)
        people = accounts.list_accounts(platform, SYSTEM)
    print_facts(_row(account), as_json)
    if not password:
        click.echo(f"No password yet: matcher user password {account.login}", err=True)
    if not people.has_admin:
        click.echo("There is no admin yet: matcher user add LOGIN --role admin", err=True)


@user.command("list", epilog="Example: matcher user list --json")
@json_option
@pass_place
def list_(place: Place, as_json: bool) -> None:
    """List all accounts."""
    with place.platform() as platform:
        people = accounts.list_accounts(platform, SYSTEM)
    print_rows([_row(account) for account in people.accounts], _COLUMNS, as_json)
    if people.accounts and not people.has_admin:
        click.echo("There is no admin: matcher user role LOGIN --set admin", err=True)


@user.command(epilog="Example: matcher user show zhang")
@click.argument("login")
@json_option
@pass_place
def show(place: Place, login: str, as_json: bool) -> None:
    """Show the account of LOGIN."""
    with place.platform() as platform:
        account = accounts.get_account(platform, SYSTEM, login)
    print_facts(_row(account), as_json)


@user.command(epilog="Example: matcher user change zhang --manager m17")
@click.argument("login")
@click.option("--name", help="As people read it.")
@click.option("--node", help="Id of a node.")
@click.option("--organisation", help="Id of an organisation; empty for none.")
@click.option("--manager", help="Id of a manager record; empty for none.")
@click.option("--lang", "language", type=_LANGUAGES, help="Of its pages.")
@click.option("--email", help="Where notices are mailed to; empty for nowhere.")
@json_option
@pass_place
def change(place: Place, /, login: str, as_json: bool, **given: str | None) -> None:
    """Change what the account of LOGIN says; what isn't named stays."""
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise UsageError("Nothing is to be changed.", hint="Name one of the options.")
    if "language" in changes:
        changes["language"] = Language(changes["language"])
    with place.platform() as platform:
        account = accounts.change_account(platform, SYSTEM, login, changes)
    print_facts(_row(account), as_json)


@user.command(epilog="Example: matcher user password zhang")
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="The first line of standard input.")
@pass_place
def password(place: Place, login: str, password_stdin: bool) -> None:
    """Set the password of LOGIN, in the place of the one there is."""
    with place.platform() as platform:
        accounts.get_account(platform, SYSTEM, login)
        chosen = piped_password() if password_stdin else typed_password()
        if not chosen:
            hint = "Type it on a terminal, or pipe it in with --password-stdin."
            raise UsageError("No password was given.", hint=hint)
        accounts.set_password(platform, SYSTEM, login, chosen)


@user.command(epilog="Example: matcher user role zhang --set manager --set admin")
@click.argument("login")
@click.option("--set", "roles", multiple=True, required=True, type=_ROLES, help="May be repeated.")
@json_option
@pass_place
def role(place: Place, login: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Give LOGIN these roles and no others."""
    with place.platform() as platform:
        account = accounts.set_roles(platform, SYSTEM, login, [Role(one) for one in roles])
    print_facts(_row(account), as_json)


@user.command(epilog="Example: matcher user disable zhang")
@click.argument("login")
@pass_place
def disable(place: Place, login: str) -> None:
    """Shut LOGIN out; its tokens don't count any more. Nothing is deleted."""
    with place.platform() as platform:
        accounts.set_active(platform, SYSTEM, login, False)


@user.command(epilog="Example: matcher user enable zhang")
@click.argument("login")
@pass_place
def enable(place: Place, login: str) -> None:
    """Let LOGIN in again."""
    with place.platform() as platform:
        accounts.set_active(platform, SYSTEM, login, True)


@user.command(epilog="Example: matcher user unlock zhang")
@click.argument("login")
@pass_place
def unlock(place: Place, login: str) -> None:
    """Let LOGIN sign in again after too many wrong passwords, without waiting."""
    with place.platform() as platform:
        signing_in.unlock(platform, SYSTEM, login)


def _row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "roles": [role.value for role in account.roles],
        "node": account.node,
        "organisation": account.organisation,
        "manager": account.manager,
        "language": account.language.value,
        "active": account.active,
        "email": account.email,
    }
