"""The application over a standard platform, and callers who act in one role each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.actions.accounts import add_account
from matcher.actions.platform import Platform
from matcher.actions.tokens import new_token
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.web.app import create_app
from tests.web.people import PASSWORD

Caller = Callable[..., FlaskClient]
"""A client that acts for a new account: caller(Role.MANAGER, node="n2", manager="m1")."""


@pytest.fixture
def kind() -> str:
    """The actions are tested on both databases; what is tested here doesn't touch one."""
    return "sqlite"


@pytest.fixture
def app(standard_settings: Settings) -> Flask:
    return create_app(standard_settings.model_copy(update={"rate_limit": NO_LIMIT}))


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """Nobody who is signed in."""
    return app.test_client()


@pytest.fixture
def caller(app: Flask, standard_settings: Settings) -> Caller:
    def called(role: Role, node: str = "n1", **more: str) -> FlaskClient:
        with open_platform(standard_settings) as platform:
            secret = token_of(platform, role, node, **more)
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return client

    return called


@pytest.fixture
def person(standard_settings: Settings) -> Callable[..., str]:
    """Adds somebody with a password, and returns the login."""

    def added(login: str, *roles: Role, **more: str) -> str:
        account = Account(id="new", login=login, roles=roles, **more)  # type: ignore[arg-type]
        with open_platform(standard_settings) as platform:
            add_account(platform, SYSTEM, account, PASSWORD)
        return login

    return added


@pytest.fixture
def client(caller: Caller) -> FlaskClient:
    """An enterprise's."""
    return caller(Role.ENTERPRISE)


def token_of(platform: Platform, role: Role, node: str = "n1", **more: str) -> str:
    """The secret of a token of a new account in one role."""
    login = "-".join((role.value, node, *more.values()))
    account = Account(id="new", login=login, roles=(role,), node=node, **more)  # type: ignore[arg-type]
    add_account(platform, SYSTEM, account)
    return new_token(platform, SYSTEM, login, "tests", None, 60)[1]
