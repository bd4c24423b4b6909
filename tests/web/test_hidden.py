"""What a caller may not know of is, in every answer of the API, as if it had never been.

An id of it gets the answer of an id that never was, after the same statements in the database; and
what is there without it is told alike where it is added.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Visibility
from tests.web.permission_cases import CASES, Call
from tests.web.permission_world import (
    PEOPLE,
    ROOT,
    World,
    peopled,
)

pytestmark = pytest.mark.slow

NEVER = "never-1"
OF_THE_REQUEST = ("X-Request-ID", "Content-Length", "Content-Security-Policy")
"""Headers that are new every time, or as long as an id is."""
_NODE = tuple(name for name in PEOPLE if name.endswith(("owner", "colleague")))
_BROKERS = tuple(name for name in _NODE if name.startswith(("manager", "admin")))
SEEN_BY = {
    Visibility.PUBLIC: PEOPLE,
    Visibility.MEMBERS: (*_NODE, ROOT),
    Visibility.BROKERS: (*_BROKERS, ROOT),
    Visibility.NAMED: (),
}
"""Who may know of a record of the node that isn't theirs and doesn't name them."""
OUTSIDERS = tuple(name for name in PEOPLE if name.endswith("outsider"))
LISTINGS = (Noun.NEED, Noun.OUTCOME)
_THINGS = r"/(accounts|tokens|jobs|plans|imports|interests|followups|duplicates)/\{"
UNGUESSABLE = ("/tokens/", "/interests/", "/duplicates/")
"""Their ids are drawn at random, and who may not know of one can't ask about it."""
_LIST = re.compile(r"IN \((SELECT 1 FROM \(SELECT 1\) WHERE 1!=1|[?, ]*)\)")
OF_THINGS = tuple(operation for operation in CASES if re.search(_THINGS, operation))


@pytest.fixture(scope="module")
def home(standard_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a platform with everybody, and things of the node that all may know of."""
    folder = tmp_path_factory.mktemp("hidden") / "home"
    shutil.copytree(standard_home, folder)
    return folder


@pytest.fixture(scope="module")
def world(home: Path) -> Iterator[World]:
    made = peopled(home)
    yield made
    made.platform.database.dispose()


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, FlaskClient]:
    return world.clients()


@pytest.fixture(scope="module")
def records(world: World) -> dict[tuple[Noun, Visibility], str]:
    """A record of each visibility; nobody who asks is its owner."""
    return {
        (noun, seen): world.listing(noun, "somebody", seen)
        for noun in LISTINGS
        for seen in Visibility
    }


@dataclass
class Statements:
    """The statements that the database is asked, without their values."""

    texts: list[str]

    def __call__(self, _c: object, _u: object, statement: str, *_: object) -> None:
        self.texts.append(statement)


def told(platform: Platform, send: Callable[[], TestResponse], id_: str) -> tuple[Any, list[str]]:
    """An answer without its id and the one that was asked for, and what was read for it."""
    heard = Statements([])
    engine = platform.database._engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        answer = send()
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    body = answer.text.replace(answer.headers["X-Request-ID"], "-").replace(id_, "ID")
    headers = {
        name: value.replace(id_, "ID")
        for name, value in answer.headers.items()
        if name not in OF_THE_REQUEST
    }
    return (answer.status_code, body, headers), [_LIST.sub("IN", one) for one in heard.texts]


def of_an_id(noun: Noun) -> Iterator[tuple[str, Callable[[str], Call]]]:
    """Requests about a record of this noun, each by its operation."""
    path = f"/{noun.value}s/{{id}}"
    other = "w1" if noun is Noun.OUTCOME else "o1"
    far = "outcomes" if noun is Noun.NEED else "needs"
    for read in ("", "/matches", "/similar", "/managers"):
        yield f"GET {path}{read}", lambda id_: Call({"id": id_})
    yield f"GET {path}/matches/{{other}}", lambda id_: Call({"id": id_, "other": other})
    yield f"GET /{far}/{{id}}/matches/{{other}}", lambda id_: Call({"id": other, "other": id_})
    words = {"title": "Kilns"}
    for verb, body in (("PUT", words), ("PATCH", words), ("DELETE", None)):
        yield f"{verb} {path}", lambda id_, body=body: Call({"id": id_}, body, 1)  # type: ignore[misc]
    yield f"POST {path}/confirm", lambda id_: Call({"id": id_}, version=1)
    pair = {"need": "w1", "outcome": "o1"}
    yield (
        "POST /managers/{id}/decisions",
        lambda id_: Call({"id": "in"}, {**pair, noun.value: id_, "decision": "accept"}),
    )
    yield (
        "POST /interests",
        lambda id_: Call(body={"outcome": "o1", noun.value: id_}),
    )
    yield (
        "POST /duplicates",
        lambda id_: Call(body={"noun": noun.value, "kept": pair[noun.value], "dropped": id_}),
    )
    yield "GET /audit", lambda id_: Call(query={"noun": noun.value, "id": id_})


@pytest.mark.parametrize("noun", LISTINGS)
@pytest.mark.parametrize("seen", list(Visibility))
def test_a_record_is_there_for_those_of_its_visibility(
    noun: Noun,
    seen: Visibility,
    clients: dict[str, FlaskClient],
    records: dict[tuple[Noun, Visibility], str],
) -> None:
    operation = f"GET /{noun.value}s/{{id}}"
    call = Call({"id": records[noun, seen]})
    found = {name for name in PEOPLE if call.send(clients[name], operation).status_code == 200}
    assert found == set(SEEN_BY[seen])


@pytest.mark.parametrize("noun", LISTINGS)
@pytest.mark.parametrize("seen", [one for one in Visibility if one is not Visibility.PUBLIC])
def test_an_id_of_a_hidden_record_gets_the_answer_of_one_that_never_was(
    noun: Noun,
    seen: Visibility,
    world: World,
    clients: dict[str, FlaskClient],
    records: dict[tuple[Noun, Visibility], str],
) -> None:
    id_ = records[noun, seen]
    blind = set(PEOPLE) - set(SEEN_BY[seen])
    for name in sorted(name for name in blind if "colleague" not in name):
        for operation, call in of_an_id(noun):
            same(world.platform, clients[name], operation, call, (id_, NEVER), name)


@pytest.mark.parametrize("operation", OF_THINGS)
def test_so_does_an_id_of_what_is_of_another_node(
    operation: str, world: World, clients: dict[str, FlaskClient]
) -> None:
    """Accounts, tokens, jobs, plans, imports, interests, follow-ups and pairs of records."""
    whose = world.accounts["enterprise-owner" if "interests" in operation else "admin-owner"]
    call = CASES[operation](world, whose)
    if "duplicates" in operation:
        call = replace(call, ids={"id": world.proposal(visibility=Visibility.MEMBERS)})
    [(key, id_)] = call.ids.items()
    for name in OUTSIDERS:
        again = lambda one: replace(call, ids={key: one})  # noqa: E731
        same(world.platform, clients[name], operation, again, (id_, NEVER), name)


def same(
    platform: Platform,
    client: FlaskClient,
    operation: str,
    call: Callable[[str], Call],
    ids: tuple[str, str],
    name: str,
) -> None:
    """Both ids get one answer, which isn't what was asked for, after the same statements."""
    # The first of a kind may write down that somebody looks, and the next makes the connection
    # that wrote one that reads.
    for _ in range(2):
        call(ids[1]).send(client, operation)
    (hidden, heard), (absent, wanted) = (
        told(platform, lambda: call(id_).send(client, operation), id_)  # noqa: B023
        for id_ in ids
    )
    assert hidden == absent, (name, operation)
    if not any(kind in operation for kind in UNGUESSABLE):
        assert heard == wanted, (name, operation)
    empty = operation == "GET /audit" and hidden[0] == 200
    assert empty or hidden[0] in (403, 404), (name, operation)
