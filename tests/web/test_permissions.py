"""Every operation as every role, in its node and out of it, against the table of the docs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from matcher.web.app import create_app
from tests.web.permission_cases import CASES, OPEN
from tests.web.permission_world import (
    COLUMNS,
    PLACES,
    ROOT,
    STRANGER,
    World,
    names,
    peopled,
)

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROW = re.compile(r"^\| `([A-Z]+ /\S*)` \| (.+) \|$", re.MULTILINE)
CELL = re.compile(r"(\d{3})(?: (own|node), (\d{3}))?")
_FAVOURED = {"own": PLACES[:1], "node": PLACES[:2], None: PLACES}


@dataclass(frozen=True)
class Cell:
    """What those of one role get; others: who isn't among `favoured`."""

    status: int
    favoured: tuple[str, ...]
    others: int

    def expected(self, place: str) -> int:
        return self.status if place in self.favoured else self.others


def cell(text: str) -> Cell:
    found = CELL.fullmatch(text)
    assert found is not None, text
    return Cell(int(found[1]), _FAVOURED[found[2]], int(found[3] or found[1]))


def table() -> dict[str, dict[str, Cell]]:
    page = PAGE.read_text(encoding="utf-8")
    assert f"| operation | {' | '.join(COLUMNS)} |" in page
    rows = ROW.findall(page)
    assert len(rows) == len({operation for operation, _ in rows}) == page.count("\n| `")
    return {
        operation: dict(zip(COLUMNS, map(cell, cells.split(" | ")), strict=True))
        for operation, cells in rows
    }


TABLE = table()


def described() -> set[str]:
    spec: Any = create_app().spec
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in spec["paths"].items()
        for method in methods
    }


def test_the_table_has_every_operation_and_no_other() -> None:
    assert set(TABLE) == described() == set(CASES)


def test_strangers_get_nothing_but_whether_the_service_is_up() -> None:
    open_ = {operation for operation, row in TABLE.items() if row[STRANGER].status != 401}
    assert open_ == set(OPEN)


def test_who_administers_the_whole_platform_may_do_whatever_an_admin_of_a_node_may() -> None:
    """But for the file of somebody's export, which is theirs alone."""
    for operation, row in TABLE.items():
        if row["admin"].status < 300 and operation != "GET /jobs/{id}/file":
            assert row[ROOT] == Cell(row["admin"].status, PLACES, row["admin"].status), operation


@pytest.fixture(scope="module")
def world(standard_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("permissions") / "home"
    shutil.copytree(standard_home, home)
    made = peopled(home)
    yield made
    made.platform.database.dispose()


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, FlaskClient]:
    return world.clients()


@pytest.mark.parametrize("operation", CASES)
def test_every_role_gets_what_the_table_says(
    operation: str, world: World, clients: dict[str, FlaskClient]
) -> None:
    """What is asked for is anew there once somebody has got it, so that nobody finds it changed."""
    safe = operation.startswith("GET ")
    for column in COLUMNS:
        whose = column if column not in (STRANGER, ROOT) else "admin"
        owner = world.accounts[names(whose)[0]]
        told, call = TABLE[operation][column], None
        for place, name in zip(PLACES, names(column), strict=False):
            call = call or CASES[operation](world, owner)
            answer = call.send(clients[name], operation)
            assert answer.status_code == told.expected(place), (name, answer.text)
            if answer.status_code < 300 and not safe:
                call = None
