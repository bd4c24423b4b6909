"""Figures over HTTP, for admins of the node."""

from __future__ import annotations

import pytest

from matcher.domain.enums import Role
from tests.web.conftest import Caller

API = "/api/v1"


def test_an_admin_is_told_the_figures_of_their_node(caller: Caller) -> None:
    admin = caller(Role.ADMIN)
    manager = caller(Role.MANAGER, manager="m1")
    shown = manager.get(f"{API}/managers/m1/worklist?size=2").get_json()["rows"]
    row = shown[0]["id"]
    assert manager.post(f"{API}/suggestions/{row}/accept", json={}).status_code == 200
    body = admin.get(f"{API}/quality").get_json()
    stages = {one["state"]: one for one in body["funnel"]}
    assert (stages["accepted"]["now"], stages["accepted"]["reached"]) == (1, 1)
    assert body["needs"]["shown"] >= body["needs"]["taken_up"] == 1
    assert body["to_acceptance"]["count"] == 1
    parties = {one["noun"]: one for one in admin.get(f"{API}/exposure").get_json()["parties"]}
    assert (parties["manager"]["parties"], parties["manager"]["shown"]) == (2, 1)
    assert parties["manager"]["gini"]["value"] == 0.5
    below = admin.get(f"{API}/exposure?node=n2&days=7").get_json()
    assert (below["nodes"], below["parties"][0]["gini"]) == (["n2", "n4"], None)


@pytest.mark.parametrize("path", ["quality", "exposure"])
def test_figures_are_not_for_others(caller: Caller, path: str) -> None:
    below = caller(Role.ADMIN, node="n2")
    assert below.get(f"{API}/{path}?node=n1").status_code == 403
    assert below.get(f"{API}/{path}?node=n9").status_code == 404
    assert below.get(f"{API}/{path}?days=0").status_code == 422
    assert caller(Role.MANAGER, manager="m1").get(f"{API}/{path}").status_code == 403
