"""What `make demo` ends with: three accounts, the service and the worker, and what to try.

    python -m matcher.cli.demo --home demo-home

It isn't a command of `matcher`: on a real platform accounts are made one by one.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path
from typing import NamedTuple

import click

from matcher.actions.accounts import add_account, list_accounts, set_password
from matcher.actions.platform import Platform
from matcher.actions.signing_in import by_token
from matcher.actions.tokens import new_token
from matcher.bootstrap import open_platform
from matcher.cli.together import run_together
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.errors import MatcherError, NotSignedIn
from matcher.settings import load_settings

ACCOUNTS = (
    Account(
        id="new",
        login="broker",
        roles=(Role.MANAGER,),
        manager="M101",
        email="broker@example.org",
    ),
    Account(
        id="new",
        login="enterprise",
        roles=(Role.ENTERPRISE,),
        organisation="U103",
        email="firm@example.org",
    ),
    Account(id="new", login="admin", roles=(Role.ADMIN,)),
)
"""A technology manager and an enterprise of the sample, and an admin."""
KEPT, TOKEN, HEADER = "demo-accounts.json", "demo-token", "demo-header"
_CALLER = "enterprise"
_DAYS = 30
_OWNER_ALONE = 0o600


class Demo(NamedTuple):
    """The passwords by login; those that were made now, and can't be known from before."""

    passwords: dict[str, str]
    new: frozenset[str]


@click.command()
@click.option("--home", type=click.Path(path_type=Path), required=True)
def main(home: Path) -> None:
    """Make the accounts, answer, and tell what to try, until Ctrl-C."""
    try:
        with open_platform(load_settings(home=home)) as platform:
            demo = make_accounts(platform)
            keep_token(platform)
        run_together(home, lambda address: _tell(home, address, demo))
    except MatcherError as error:
        click.echo(f"Error: {error}", err=True)
        click.echo("Another address: MATCHER_LISTEN=127.0.0.1:8001 make demo", err=True)
        sys.exit(1)


def make_accounts(platform: Platform) -> Demo:
    """Make the accounts that aren't there, each with a password of its own, kept in home.

    One that is there, but whose password isn't kept, gets a new one.
    """
    file = platform.settings.home / KEPT
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    there = {account.login for account in list_accounts(platform, SYSTEM).accounts}
    new = [one for one in ACCOUNTS if one.login not in kept or one.login not in there]
    kept |= {one.login: secrets.token_urlsafe(12) for one in new}
    # Kept first: a password that nobody knows is worse than one that isn't used yet.
    _keep(file, json.dumps(kept, indent=1) + "\n")
    for account in new:
        if account.login in there:
            set_password(platform, SYSTEM, account.login, kept[account.login])
        else:
            add_account(platform, SYSTEM, account, kept[account.login])
    return Demo(kept, frozenset(one.login for one in new))


def keep_token(platform: Platform) -> None:
    """See that home holds a token of the enterprise that is good, and the header to send it in."""
    file = platform.settings.home / TOKEN
    try:
        by_token(platform, file.read_text(encoding="ascii").strip() if file.exists() else "")
    except NotSignedIn:
        _, secret = new_token(platform, SYSTEM, _CALLER, "demo", None, _DAYS)
        _keep(file, f"{secret}\n")
    told = file.read_text(encoding="ascii").strip()
    _keep(platform.settings.home / HEADER, f"Authorization: Bearer {told}\n")


def _keep(file: Path, text: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "w") as stream:
        stream.write(text)
    beside.replace(file)


def _tell(home: Path, address: str, demo: Demo) -> None:
    click.echo(f"\nThe service answers at {address}. Three accounts:")
    for account in ACCOUNTS:
        password = demo.passwords[account.login] if account.login in demo.new else "(as before)"
        click.echo(f"  {account.login:<11} {password:<17} {account.roles[0].en}")
    click.echo(f"Their passwords are kept in {home / KEPT}, for you alone.")
    click.echo(f"Open {address} and sign in; the API is told of at {address}/docs.")
    click.echo(f"In another terminal, as {_CALLER}:")
    # From a file: whoever is on this machine sees the words that a program is started with.
    click.echo(f'  curl -H @{home / HEADER} "{address}/api/v1/needs/N304/matches?limit=3&lang=en"')
    click.echo(f"  curl {address}/readyz")
    click.echo(f"For what admins do: matcher --home {home} token new admin --name mine")
    click.echo("Ctrl-C ends service and worker.")


if __name__ == "__main__":
    main()
