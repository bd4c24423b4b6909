"""People with passwords, and the pages that they fill in."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "four words that fit"  # noqa: S105


def token_in(page: TestResponse) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def signed_in(client: FlaskClient, login: str) -> FlaskClient:
    """The browser of somebody who has just signed in."""
    data = {"csrf_token": token_in(client.get("/sign-in")), "login": login, "password": PASSWORD}
    assert client.post("/sign-in", data=data).status_code == 303
    return client


def csrf_of(client: FlaskClient) -> str:
    """The token that a page of theirs holds."""
    return token_in(client.get("/sign-in"))
