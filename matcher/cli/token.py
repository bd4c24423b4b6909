"""`matcher token`: what programs sign in with."""

from __future__ import annotations

from typing import Any

import click

from matcher.actions import tokens
from matcher.actions.tokens import LONGEST_DAYS, Held
from matcher.cli.place import Place, pass_place
from matcher.cli.tables import json_option, print_json, print_rows
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM

_COLUMNS = ("id", "login", "name", "role", "expires_at", "last_used_at", "revoked_at")


@click.group(epilog="Example: matcher token new zhang --name crm --role manager")
def token() -> None:
    """API tokens: new, list, revoke."""


@token.command(epilog="Example: matcher token new zhang --name crm --role manager --days 30")
@click.argument("login")
@click.option("--name", required=True, help="What it is for.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="It acts in this.")
@click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=90, show_default=True, help="It lasts."
)
@json_option
@pass_place
def new(place: Place, login: str, name: str, role: str | None, days: int, as_json: bool) -> None:
    """Make a token for LOGIN and print its secret, this one time.

    Without --role it acts in the account's only one.
    """
    scope = Role(role) if role else None
    with place.platform() as platform:
        held, secret = tokens.new_token(platform, SYSTEM, login, name, scope, days)
    row = _row(held)
    if as_json:
        print_json({**row, "secret": secret})
        return
    click.echo(
        f"Token {row['id']} for {login} as {row['role']}, until {row['expires_at']}.", err=True
    )
    click.echo("Keep this secret; it can't be shown again:", err=True)
    click.echo(secret)


@token.command("list", epilog="Example: matcher token list zhang")
@click.argument("login", required=False)
@json_option
@pass_place
def list_(place: Place, login: str | None, as_json: bool) -> None:
    """List the tokens of LOGIN, or of everybody, those that are over too."""
    with place.platform() as platform:
        found = tokens.list_tokens(platform, SYSTEM, login)
    print_rows([_row(held) for held in found], _COLUMNS, as_json)


@token.command(epilog="Example: matcher token revoke 5f0c3a…")
@click.argument("id")
@pass_place
def revoke(place: Place, id: str) -> None:
    """End the token of that ID for good."""
    with place.platform() as platform:
        ended = tokens.revoke_token(platform, SYSTEM, id)
    click.echo(f"The token {ended.name} is revoked.", err=True)


def _row(held: Held) -> dict[str, Any]:
    known = held.token
    times = ("created_at", "expires_at", "last_used_at", "revoked_at")
    return {
        "id": known.id,
        "login": held.login,
        "name": known.name,
        "role": known.scope.value,
        **{name: _time(getattr(known, name)) for name in times},
    }


def _time(time: Any) -> str | None:
    return None if time is None else time.isoformat(timespec="seconds")
