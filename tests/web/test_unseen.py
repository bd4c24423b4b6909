"""Two platforms, alike but for what somebody may not know of, answer them alike.

What is hidden is added after the training: a model learns from all records.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.domain.enums import Noun, Visibility
from matcher.domain.job import JobState
from tests.web.permission_cases import API, CASES, OPEN, Call
from tests.web.permission_world import PEOPLE, ROOT, World, peopled

pytestmark = pytest.mark.slow

OUTSIDERS = tuple(name for name in PEOPLE if name.endswith("outsider"))
LISTINGS = (Noun.NEED, Noun.OUTCOME)
READS = tuple(one for one in CASES if one.startswith("GET ") and one not in OPEN)
MORE = (
    *("/needs?q=kiln lining", "/outcomes?q=kiln lining&limit=2", "/outcomes?field=02"),
    *("/managers?q=kiln", "/needs?limit=1", "/duplicates?state=merged", "/jobs?state=done"),
    *("/quality", "/exposure", "/audit?verb=record_created", "/audit?limit=3"),
    *("/managers/out/worklist", "/followups?manager=out", "/followups?state=accepted"),
)
BESIDE = ("enterprise-owner", "holder-colleague", "manager-owner", "admin-owner")
WRITER = "holder-owner"
"""Whose records nobody else may know of, in the second test."""


@dataclass(frozen=True)
class Twins:
    """One platform as it was, and one with more that is hidden; calls: what is asked of both."""

    before: World
    after: World
    calls: Mapping[str, Call]


@pytest.fixture(scope="module")
def furnished(
    standard_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, World, Mapping[str, Call]]:
    """A closed platform in a folder, who is on it, and what is asked of its copies."""
    home = tmp_path_factory.mktemp("unseen") / "home"
    shutil.copytree(standard_home, home)
    world = peopled(home)
    calls = {one: CASES[one](world, world.accounts["admin-owner"]) for one in READS}
    furnish(world)
    world.platform.database.dispose()
    return home, world, calls


@pytest.fixture
def twins(furnished: tuple[Path, World, Mapping[str, Call]], tmp_path: Path) -> Iterator[Twins]:
    home, world, calls = furnished
    for name in ("before", "after"):
        shutil.copytree(home, tmp_path / name)
    found = Twins(world.reopened(tmp_path / "before"), world.reopened(tmp_path / "after"), calls)
    yield found
    for one in (found.before, found.after):
        one.platform.database.dispose()


def furnish(world: World) -> None:
    """What those of other nodes may know of, so that their lists aren't empty."""
    pair = world.pair()
    world.followup(pair)
    world.proposal()
    for name in OUTSIDERS:
        world.job(world.accounts[name].id, JobState.DONE)
        world.interest(world.accounts[name].id)


def hide_a_node(world: World, clients: Mapping[str, FlaskClient]) -> None:
    """More of everything that there is in the node, none of it for others."""
    for seen in (Visibility.MEMBERS, Visibility.BROKERS, Visibility.NAMED):
        for noun in LISTINGS:
            world.listing(noun, "somebody", seen)
    pair = world.pair(Visibility.MEMBERS)
    world.followup(pair)
    world.plan(pair)
    world.proposal(visibility=Visibility.MEMBERS)
    world.proposal(merged=True, visibility=Visibility.BROKERS)
    world.interest(world.account().id)
    world.job(world.accounts["holder-owner"].id, JobState.DONE)
    world.token(world.account().login)
    world.run()
    hide_a_record(clients["holder-colleague"], "members")
    assert clients["admin-owner"].get(f"{API}/needs").status_code == 200


def hide_a_record(client: FlaskClient, visibility: str) -> None:
    """One that is entered, changed and taken away, and one that stays, by their owner."""
    words = {"title": "Kiln lining", "summary": "Alumina fibre keeps a kiln hot.", "field": "02"}
    for _ in range(2):
        made = client.post(f"{API}/outcomes", json={**words, "visibility": visibility})
        assert made.status_code == 201, made.text
    path = made.headers["Location"]
    changed = client.patch(path, json={"trl": 7}, headers={"If-Match": made.headers["ETag"]})
    gone = client.delete(path, headers={"If-Match": changed.headers["ETag"]})
    assert gone.status_code == 204


def told(answer: TestResponse) -> tuple[int, Any]:
    """The answer without the number of the request, and of events, which count all there are."""
    text = answer.text.replace(answer.headers["X-Request-ID"], "-")
    body = json.loads(text) if answer.is_json else text
    if isinstance(body, dict) and body.get("items") and "verb" in body["items"][0]:
        body["next_cursor"] = bool(body["next_cursor"])
        for item in body["items"]:
            del item["seq"]
    return answer.status_code, body


def answers(client: FlaskClient, calls: Mapping[str, Call]) -> Iterator[tuple[str, Any]]:
    for operation, call in calls.items():
        yield operation, told(call.send(client, operation))
    for query in MORE:
        yield query, told(client.get(API + query))


def compare(twins: Twins, names: tuple[str, ...], apart: frozenset[str] = frozenset()) -> None:
    before, after = twins.before.clients(), twins.after.clients()
    for name in names:
        pairs = zip(
            answers(before[name], twins.calls), answers(after[name], twins.calls), strict=True
        )
        for (operation, was), (_, is_) in pairs:
            if operation not in apart:
                assert is_ == was, (name, operation)


def test_what_is_hidden_in_a_node_changes_no_answer_to_those_of_others(twins: Twins) -> None:
    hide_a_node(twins.after, twins.after.clients())
    compare(twins, OUTSIDERS)


def test_what_is_its_owners_alone_changes_no_answer_to_anybody_else(twins: Twins) -> None:
    hide_a_record(twins.after.clients()[WRITER], "named")
    compare(twins, BESIDE)
    # Who administers the whole platform reads all of the audit.
    compare(
        twins, (ROOT,), apart=frozenset({"GET /audit"} | {one for one in MORE if "audit" in one})
    )


def test_what_is_added_for_all_to_know_of_does_change_them(twins: Twins) -> None:
    """Lest the others compare nothing."""
    twins.after.listing(Noun.OUTCOME)
    with pytest.raises(AssertionError, match="matches"):
        compare(twins, OUTSIDERS[:1])
