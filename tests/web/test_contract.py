"""The whole API, called with what its description allows and with what it doesn't, as each role.

Schemathesis makes the requests: no answer may be undocumented, of another form than described, or
a fault of the server; what the description allows is accepted, and what it forbids is refused.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from matcher.actions.accounts import add_account
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.conftest import Caller

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

EXAMPLES = 3
"""Requests for each operation, beside those at the edges of what is allowed."""
PHASES = dict.fromkeys(Role, "fuzzing,stateful") | {Role.ADMIN: "coverage,fuzzing,stateful"}
"""The edges are tried by the role that may do most: there more than the permission is tested."""
# Records of the standard platform, so that more than 404 is answered. What a status says is
# checked against the description of each operation; here is what may be refused beyond its schema:
# rules between fields, a key that was used (422), a version that isn't there now (412), no version
# (428), and a body that is too large before it is looked at (413).
CONFIG = """
[parameters]
# The service makes these; what else might be one is refused.
cursor = [""]

[checks]
positive_data_acceptance.expected-statuses = ["2xx", 304, 401, 403, 404, 409, 412, 422, 428]
negative_data_rejection.expected-statuses = ["4xx"]
missing_required_header.expected-statuses = [400, 401, 403, 404, 422, 428]

[[operations]]
include-path-regex = "^/api/v1/outcomes/"
[operations.parameters]
id = "o1"
other = "w1"

[[operations]]
include-path-regex = "^/api/v1/needs/"
[operations.parameters]
id = "w1"
other = "o1"

[[operations]]
include-path-regex = "^/api/v1/managers/"
[operations.parameters]
id = "m1"

# Somebody else: who calls isn't to be shut out or to lose a role or a token on the way.
[[operations]]
include-path-regex = "^/api/v1/accounts/"
[operations.parameters]
login = "somebody"

[[operations]]
include-path-regex = "^/api/v1/tokens/"
[operations.parameters]
id = "nothing"

[[operations]]
include-path-regex = "^/api/v1/models/"
[operations.parameters]
version = "current"
other = "current"

# A kind of file, a mapping or a field that isn't there, and a twenty-first open job, are 400.
[[operations]]
include-path-regex = "^/api/v1/(imports.*|plans|exports|trainings|notices/rounds|models/.*)$"
[operations.checks]
positive_data_acceptance.expected-statuses = [
    "2xx", 304, 400, 401, 403, 404, 409, 412, 422, 428
]
"""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where a real server answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("role", list(Role))
def test_the_api_is_as_it_is_described(
    role: Role, address: str, caller: Caller, standard_settings: Settings, tmp_path: Path
) -> None:
    more = {"manager": "m1"} if role is Role.MANAGER else {}
    with open_platform(standard_settings) as platform:
        somebody = Account(id="new", login="somebody", roles=(Role.HOLDER,), node="n1")
        add_account(platform, SYSTEM, somebody)
    token = caller(role, **more).environ_base["HTTP_AUTHORIZATION"]
    (tmp_path / "schemathesis.toml").write_text(CONFIG, encoding="utf-8")
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"),
        *("--checks", "all", "--header", f"Authorization: {token}", "--no-color"),
        *("--max-examples", str(EXAMPLES), "--seed", "1", "--workers", "1"),
        *("--phases", PHASES[role]),
        *("--generation-database", "none", "--request-timeout", "30"),
    ]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
