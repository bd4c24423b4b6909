"""A request for each operation of the API: of something that is there, with a body that will do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.suggestion_id import suggestion_id
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.job import JobState
from matcher.store import records
from tests.web.people import PASSWORD
from tests.web.permission_world import NODE, World

API = "/api/v1"
OPEN = ("GET /healthz", "GET /readyz")
"""Operations that stand outside of the API."""


@dataclass(frozen=True)
class Call:
    """What is sent. ids: what stands in the path, by name; version: that is said to be seen."""

    ids: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    version: int = 0
    form: Mapping[str, str] | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    def send(self, client: FlaskClient, operation: str) -> TestResponse:
        method, path = operation.split()
        url = path.format(**self.ids)
        more: dict[str, Any] = {"query_string": self.query}
        if self.version:
            more["headers"] = {"If-Match": f'"{self.version}-{"0" * 12}"'}
        if self.form is not None:
            rows = BytesIO(b"id,title,problem\nw8,Seals,Leaking seals\n")
            more |= {"data": {**self.form, "file": (rows, "needs.csv")}}
        elif self.body is not None:
            more["json"] = self.body
        where = url if operation in OPEN else API + url
        return client.open(where, method=method, buffered=True, **more)


Case = Callable[[World, Account], Call]
"""A request that is new, for things of the account where things are somebody's."""


def _is_person(owner: Account) -> bool:
    return Role.ADMIN not in owner.roles


def plain(body: Mapping[str, Any] | None = None, **query: str) -> Case:
    return lambda world, owner: Call(body=body, query=query)


def one(
    make: Callable[[World, Account], str], body: Mapping[str, Any] | None = None, name: str = "id"
) -> Case:
    return lambda world, owner: Call({name: make(world, owner)}, body)


def _listing(noun: Noun) -> Callable[[World, Account], str]:
    return lambda world, owner: world.listing(noun, owner.id)


def _login(world: World, owner: Account) -> str:
    """Their own, of an admin somebody's of their node."""
    return owner.login if _is_person(owner) else world.account().login


def _carrier(world: World, owner: Account) -> str:
    """The manager that it is; for others somebody in the node."""
    return owner.manager or world.carrier()


def _job(state: JobState) -> Callable[[World, Account], str]:
    return lambda world, owner: world.job(owner.id, state)


def _interest(routed: bool) -> Callable[[World, Account], str]:
    def made(world: World, owner: Account) -> str:
        asking = owner if Role.ENTERPRISE in owner.roles else world.account()
        return world.interest(asking.id, routed)

    return made


def _changed(noun: Noun, make: Callable[[World, Account], str], body: Any) -> Case:
    def case(world: World, owner: Account) -> Call:
        id_ = make(world, owner)
        with world.platform.database.reading() as session:
            stored = records.get(session, noun, id_)
        assert stored is not None
        return Call({"id": id_}, body, stored.version)

    return case


def _decision(world: World, owner: Account) -> Call:
    needed, wanted = world.pair()
    return Call({"id": "in"}, {"need": needed, "outcome": wanted, "decision": "accept"})


def _suggestion(body: Mapping[str, Any]) -> Case:
    return lambda world, owner: Call({"id": suggestion_id("in", *world.pair())}, body)


def _edit(world: World, owner: Account) -> Call:
    pair = {"need": "w1", "outcome": "o1"}
    return Call({"id": world.plan()}, {"do": "remove", **pair})


def _merge(world: World, owner: Account) -> Call:
    kept, dropped = (world.listing(Noun.NEED) for _ in range(2))
    return Call(body={"noun": "need", "kept": kept, "dropped": dropped})


def _followup(world: World, owner: Account) -> str:
    return world.followup()


def _followup_undo(world: World, owner: Account) -> Call:
    return Call({"id": world.followup()}, {})


def _match(noun: Noun, other: Noun) -> Case:
    return lambda world, owner: Call({"id": world.listing(noun), "other": world.listing(other)})


def _of_listings() -> dict[str, Case]:
    found: dict[str, Case] = {}
    words = {Noun.NEED: {"title": "Kilns", "problem": "Too cold"}, Noun.OUTCOME: {"title": "Kiln"}}
    for noun, other in ((Noun.NEED, Noun.OUTCOME), (Noun.OUTCOME, Noun.NEED)):
        make, path = _listing(noun), f"/{noun.value}s"
        found[f"GET {path}"] = plain()
        found[f"POST {path}"] = plain(words[noun])
        for read in ("", "/matches", "/similar", "/managers"):
            found[f"GET {path}/{{id}}{read}"] = one(make)
        found[f"GET {path}/{{id}}/matches/{{other}}"] = _match(noun, other)
        for verb, body in (("PUT", words[noun]), ("PATCH", words[noun]), ("DELETE", None)):
            found[f"{verb} {path}/{{id}}"] = _changed(noun, make, body)
        found[f"POST {path}/{{id}}/confirm"] = _changed(noun, make, None)
    return found


def _of_directory() -> dict[str, Case]:
    found: dict[str, Case] = {}
    makes = {
        Noun.MANAGER: _carrier,
        Noun.ORGANISATION: lambda world, owner: world.organisation(),
    }
    new = {Noun.MANAGER: {"statement": "Kilns."}, Noun.ORGANISATION: {"name": "Kilns"}}
    for noun, make in makes.items():
        path = f"/{noun.value}s"
        found[f"GET {path}"] = plain()
        found[f"POST {path}"] = plain({**new[noun], "node": NODE})
        found[f"GET {path}/{{id}}"] = one(make)
        for verb, body in (("PUT", new[noun]), ("PATCH", new[noun]), ("DELETE", None)):
            found[f"{verb} {path}/{{id}}"] = _changed(noun, make, body)
    return found


def _of_work() -> dict[str, Case]:
    late = {"until": "2027-01-01"}
    return {
        "POST /match": plain({"text": "graphene coating"}),
        "GET /prompts": plain(),
        "GET /managers/{id}/worklist": lambda world, owner: Call({"id": "in"}),
        "POST /managers/{id}/decisions": _decision,
        "POST /suggestions/{id}/accept": _suggestion({}),
        "POST /suggestions/{id}/decline": _suggestion({"reason": "price"}),
        "POST /suggestions/{id}/snooze": _suggestion(late),
        "GET /followups": plain(),
        "GET /followups/{id}": one(_followup),
        "POST /followups/{id}/transitions": one(_followup, {"to": "contacted"}),
        "POST /followups/{id}/notes": one(_followup, {"text": "called"}),
        "PUT /followups/{id}/contract": one(_followup, {"value": 5}),
        "POST /followups/{id}/undo": _followup_undo,
        "GET /interests": plain(),
        "POST /interests": lambda world, owner: Call(body={"outcome": world.listing(Noun.OUTCOME)}),
        "GET /interests/{id}": one(_interest(True)),
        "POST /interests/{id}/accept": one(_interest(True), {}),
        "POST /interests/{id}/decline": one(_interest(True), {"reason": "price"}),
        "POST /interests/{id}/withdraw": one(_interest(True), {}),
        "POST /interests/{id}/route": one(_interest(False), {}),
    }


def _of_accounts() -> dict[str, Case]:
    other = {"old": PASSWORD, "new": "four other words here"}
    below = {"name": "Kilns", "kind": "professional", "parent": NODE}
    return {
        "GET /me": plain(),
        "PATCH /me": plain({"name": "Wang"}),
        "POST /me/password": plain(other),
        "GET /accounts": plain(),
        "POST /accounts": lambda world, owner: Call(
            body={"login": world.new("login"), "roles": ["holder"], "node": NODE}
        ),
        "GET /accounts/{login}": one(_login, name="login"),
        "PATCH /accounts/{login}": one(_login, {"name": "Lin"}, "login"),
        "PUT /accounts/{login}/roles": one(_login, {"roles": ["holder"]}, "login"),
        "PUT /accounts/{login}/password": one(_login, {"password": other["new"]}, "login"),
        "POST /accounts/{login}/disable": one(_login, name="login"),
        "POST /accounts/{login}/enable": one(_login, name="login"),
        "POST /accounts/{login}/unlock": one(_login, name="login"),
        "GET /tokens": lambda world, owner: Call(query={"login": _login(world, owner)}),
        "POST /tokens": lambda world, owner: Call(
            body={"name": "laptop", "login": _login(world, owner), "days": 5}
        ),
        "DELETE /tokens/{id}": one(lambda world, owner: world.token(_login(world, owner))),
        "GET /nodes": plain(),
        "POST /nodes": lambda world, owner: Call(body={**below, "id": world.new("node")}),
        "PATCH /nodes/{id}": one(lambda world, owner: world.node(), {"name_en": "Kilns"}),
    }


def _of_service() -> dict[str, Case]:
    form = {"noun": "need", "node": NODE}
    two = {"version": "current", "other": "current"}
    return {
        "GET /healthz": plain(),
        "GET /readyz": plain(),
        "GET /models": plain(),
        "GET /models/{version}": lambda world, owner: Call(two),
        "GET /models/{version}/compare/{other}": lambda world, owner: Call(two),
        "POST /trainings": plain({}),
        "POST /models/{version}/publish": lambda world, owner: Call(two, {}),
        "POST /models/rollback": lambda world, owner: Call(
            body={"version": world.platform.library.pointer().version}
        ),
        "GET /plans": plain(),
        "POST /plans": plain({"quota": {"most": 2}, "node": NODE}),
        "GET /plans/{id}": one(lambda world, owner: world.plan()),
        "PATCH /plans/{id}/lines": _edit,
        "POST /plans/{id}/confirm": one(lambda world, owner: world.plan(world.pair()), {}),
        "POST /plans/{id}/discard": one(lambda world, owner: world.plan(), {}),
        "GET /imports": plain(),
        "POST /imports": lambda world, owner: Call(form=form),
        "GET /imports/{id}": one(lambda world, owner: world.run()),
        "POST /imports/{id}/undo": one(lambda world, owner: world.run(), {}),
        "GET /duplicates": plain(),
        "POST /duplicates": _merge,
        "POST /duplicates/{id}/merge": one(lambda world, owner: world.proposal(), {}),
        "POST /duplicates/{id}/reject": one(lambda world, owner: world.proposal()),
        "POST /duplicates/{id}/undo": one(lambda world, owner: world.proposal(merged=True)),
        "GET /quality": plain(node=NODE),
        "GET /exposure": plain(node=NODE),
        "GET /audit": plain(),
        "GET /jobs": plain(),
        "GET /jobs/{id}": one(_job(JobState.WAITING)),
        "POST /jobs/{id}/cancel": one(_job(JobState.WAITING)),
        "POST /jobs/{id}/retry": one(_job(JobState.CANCELLED)),
        "GET /jobs/{id}/file": one(_job(JobState.DONE)),
        "POST /exports": plain({"noun": "need", "format": "jsonl"}),
        "POST /notices/rounds": plain({}),
    }


CASES: Mapping[str, Case] = {
    **_of_accounts(),
    **_of_listings(),
    **_of_directory(),
    **_of_work(),
    **_of_service(),
}
