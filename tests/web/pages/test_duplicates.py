"""Duplicates without a browser: decided and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Role
from matcher.store import merges, records
from matcher.store.merges import Merge
from tests.platforms import NOW, outcome, put
from tests.web.people import csrf_of, signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of an admin of the root."""
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


@pytest.fixture
def proposed(platform: Platform) -> Merge:
    """a1 and a2 may be one."""
    put(platform, Noun.OUTCOME, outcome("a1", "Coating", "Hard"))
    put(platform, Noun.OUTCOME, outcome("a2", "<i>Coating</i>", "Harder"))
    with platform.database.writing() as session:
        why: dict[str, object] = {"keys": ["same_number"]}
        return merges.propose(session, Noun.OUTCOME, "a1", "a2", score=0.9, why=why, at=NOW)


def merged_into(platform: Platform, id_: str) -> str:
    with platform.database.reading() as session:
        found = records.get(session, Noun.OUTCOME, id_)
    assert found is not None
    return found.merged_into


def test_a_pair_is_merged_in_place_and_taken_apart(
    chief: FlaskClient, platform: Platform, proposed: Merge
) -> None:
    text = chief.get("/duplicates").text
    assert "the same number in the register" in text
    assert "the left one stays" in text
    assert ">a1<" not in text
    assert "&lt;i&gt;Coating" in text
    data = {"csrf_token": csrf_of(chief), "keep": "a2"}
    done = chief.post(f"/duplicates/{proposed.id}/merge", data=data, headers=HTMX)
    assert "Merged; what stays is" in done.text
    assert {"/outcomes/a1", "/outcomes/a2"} == set(re.findall(r'href="([^"]+)"', done.text))
    assert merged_into(platform, "a1") == "a2"
    assert proposed.id in chief.get("/duplicates?state=merged").text
    assert chief.post(f"/duplicates/{proposed.id}/undo", data=data).status_code == 303
    assert merged_into(platform, "a1") == ""


def test_a_pair_that_is_not_the_same_is_not_shown_again(
    chief: FlaskClient, platform: Platform, proposed: Merge
) -> None:
    data = {"csrf_token": csrf_of(chief)}
    path = f"/duplicates/{proposed.id}/reject"
    assert chief.post(path, data=data).status_code == 303
    assert "Duplicates are looked for after each import" in chief.get("/duplicates").text
    assert chief.post(path, data=data).status_code == 409
    assert merged_into(platform, "a2") == ""


def test_a_record_of_others_is_not_to_be_merged(
    proposed: Merge, stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    data = {"csrf_token": csrf_of(client), "keep": "a1"}
    assert client.post(f"/duplicates/{proposed.id}/merge", data=data).status_code == 403
