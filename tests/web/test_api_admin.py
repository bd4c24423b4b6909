"""The examples of docs/api-admin.md, played from the first to the last."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.accounts import add_account
from matcher.actions.job_work import run_job
from matcher.actions.platform import Platform
from matcher.actions.tokens import new_token
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import merges, plans
from tests.platforms import NOW
from tests.web.routes.test_imports import ROWS
from tests.web.routes.test_plans import PLAN

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api-admin.md"
EXAMPLE = re.compile(r"^```http\n(\w+) (\S+)\n(?:(.+)\n)?\n(\d+)\n(?:(.+)\n)?```$", re.MULTILINE)
ANYTHING = "…"
NAMED = re.compile(r"<\w+>")


def examples() -> Iterator[tuple[str, str, str, str, str]]:
    found = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == PAGE.read_text(encoding="utf-8").count("```http")
    yield from found


def same(told: Any, there: Any, names: dict[str, str]) -> bool:
    """Whether an answer is as the page tells it; what it names for the first time is learned."""
    if told == ANYTHING:
        return True
    if isinstance(told, str) and NAMED.fullmatch(told):
        return bool(names.setdefault(told, there) == there)
    if isinstance(told, dict) and isinstance(there, dict):
        fields = set(told) - {ANYTHING}
        whole = fields <= set(there) if ANYTHING in told else fields == set(there)
        return whole and all(same(told[name], there[name], names) for name in fields)
    if isinstance(told, list) and isinstance(there, list):
        rest = told[-1:] == [ANYTHING] and len(told) != len(there)
        pairs = zip(told[:-1] if rest else told, there, strict=not rest)
        return (rest or len(told) == len(there)) and all(same(*pair, names) for pair in pairs)
    return bool(told == there)


def play(client: FlaskClient, verb: str, path: str, body: str) -> TestResponse:
    url = f"/api/v1{path}"
    if not body.startswith("{"):
        form: dict[str, Any] = dict(parse_qsl(body))
        if "file" in form:
            form["file"] = (BytesIO(ROWS), form["file"])
        return client.open(url, method=verb, data=form or None)
    return client.open(url, method=verb, json=json.loads(body))


def fill(platform: Platform) -> str:
    """Somebody who asks, a plan and a pair; the secret of their token."""
    account = Account(id="new", login="chief", roles=(Role.ADMIN,), node="n1")
    add_account(platform, SYSTEM, account, "four words that fit")
    with platform.database.writing() as session:
        plans.add(session, PLAN)
        merges.propose(session, Noun.OUTCOME, "o3", "o4", score=0.9, why={"keys": []}, at=NOW)
    return new_token(platform, SYSTEM, "chief", "tests", None, 60)[1]


@pytest.mark.slow
def test_every_example_of_the_page_is_true(app: Flask, standard_settings: Settings) -> None:
    client, names = app.test_client(), dict[str, str]()
    with open_platform(standard_settings) as platform:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {fill(platform)}"
        for verb, path, body, status, told in examples():
            for name, value in names.items():
                path, body = path.replace(name, value), body.replace(name, value)
            answer = play(client, verb, path, body)
            assert answer.status_code == int(status), (verb, path, answer.get_data(as_text=True))
            if told:
                assert same(json.loads(told), answer.get_json(), names), (path, answer.get_json())
            if path == "/imports" and verb == "POST":
                run_job(platform, names["<job>"], "tests")


def test_the_examples_are_of_every_operation(app: Flask) -> None:
    played = {(verb, re.sub(r"\?.*", "", path)) for verb, path, *_ in examples()}
    text = PAGE.read_text(encoding="utf-8")
    for verb, path in re.findall(r"`([A-Z]+) (/[^`?]*)`", text.partition("\n## ")[0]):
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", path)
        assert any(verb == one and re.fullmatch(pattern, other) for one, other in played), path
