"""Nodes on a page: the tree, one more, another name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.enums import Language, Role
from tests.web.pages.test_managers import send
from tests.web.people import signed_in


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def test_the_tree_says_what_belongs_to_each(admin: FlaskClient) -> None:
    text = admin.get("/nodes").text
    assert "accounts: 1 · outcomes: 5 · needs: 3 · managers: 2" in text
    assert 'id="node-n4" data-depth="2"' in text


def test_a_node_is_added_once_and_named_anew(admin: FlaskClient) -> None:
    form = {"id": "n9", "name": "宁波", "name_en": "Ningbo", "kind": "regional", "parent": "n2"}
    assert send(admin, "/nodes", **form).headers["Location"] == "/nodes?done=added#node-n9"
    again = send(admin, "/nodes", **form)
    assert again.status_code == 422
    assert 'value="Ningbo"' in again.text
    shown = {"name_before": "宁波", "name_en_before": "Ningbo"}
    done = send(admin, "/nodes/n9", name="宁波港", name_en="Ningbo Port", **shown)
    assert done.status_code == 303
    assert "Ningbo Port" in admin.get("/nodes").text
    assert send(admin, "/nodes", id="", kind="regional").status_code == 422


def test_what_cant_be_a_name_is_told_and_stays(admin: FlaskClient) -> None:
    form = {"id": "n9", "name": "宁波", "name_en": "Ningbo", "kind": "regional", "parent": "n2"}
    refused = send(admin, "/nodes", **{**form, "id": "n" * 61})
    assert refused.status_code == 422
    assert "61 characters are too many" in refused.text
    send(admin, "/nodes", **form)
    shown = {"name_before": "宁波", "name_en_before": "Ningbo"}
    assert send(admin, "/nodes/n9", name="", name_en=" ", **shown).status_code == 422
    long = send(admin, "/nodes/n9", name="宁波", name_en="x" * 201, **shown)
    assert long.status_code == 422
    assert "x" * 201 in long.text
    assert send(admin, "/nodes/n9", name="", name_en="Ningbo", **shown).status_code == 303
    assert '<span class="name" dir="auto">Ningbo</span>' in admin.get("/nodes").text


def test_a_name_that_somebody_else_gave_isnt_overwritten(admin: FlaskClient) -> None:
    form = {"id": "n9", "name": "宁波", "name_en": "Ningbo", "kind": "regional", "parent": "n2"}
    send(admin, "/nodes", **form)
    shown = {"name_before": "宁波", "name_en_before": "Ningbo"}
    assert send(admin, "/nodes/n9", name="宁波", name_en="Port", **shown).status_code == 303
    late = send(admin, "/nodes/n9", name="宁波", name_en="Harbour", **shown)
    assert late.status_code == 409
    assert 'value="Harbour"' in late.text
    assert 'name="name_en_before" value="Port"' in late.text
    assert send(admin, "/nodes/n9", name="宁波港", name_en="Ningbo", **shown).status_code == 303
    assert 'value="宁波港"' in admin.get("/nodes").text
    assert 'name="name_en" value="Port"' in admin.get("/nodes").text


def test_an_admin_below_changes_their_own_alone(app: Flask, person: Callable[..., str]) -> None:
    client = signed_in(app.test_client(), person("east", Role.ADMIN, node="n2"))
    text = client.get("/nodes").text
    assert text.count('<details class="change">') == 2
    assert send(client, "/nodes/n3", name="x").status_code == 403
    form = {"id": "n8", "kind": "regional", "parent": "n3"}
    assert send(client, "/nodes", **form).status_code == 403
    manager = signed_in(app.test_client(), person("qin", Role.MANAGER, node="n1"))
    assert manager.get("/nodes").status_code == 404
