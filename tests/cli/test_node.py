"""`matcher node`: the tree from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def node(matcher: Run, tmp_path: Path) -> Run:
    assert matcher("--home", tmp_path, "init").code == 0
    return lambda *arguments: matcher("--home", tmp_path, "node", *arguments)


def test_the_tree_is_shown(node: Run) -> None:
    assert node("add", "east", "--name", "华东").code == 0
    port = ("add", "port", "--name", "港口", "--name-en", "Port", "--kind", "professional")
    added = json.loads(node(*port, "--parent", "east", "--json").out)
    assert added["parent"] == "east"
    lines = [line.split() for line in node("list").out.splitlines()[1:]]
    assert [line[:2] for line in lines] == [
        ["core", "core"],
        ["east", "regional"],
        ["port", "professional"],
    ]
    assert "    port" in node("list").out
    told = json.loads(node("list", "--json").out)
    assert [one["id"] for one in told] == ["core", "east", "port"]
    assert told[1]["parent"] == "core"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "core", "--name", "x"), "a node core already"),
        (("add", "x", "--name", "x", "--parent", "nowhere"), "no node 'nowhere'"),
        (("add", "x", "--name", "x", "--parent", "x"), "own parent"),
        (("add", "x", "--name", "x", "--kind", "core", "--parent", "core"), "below no other"),
        (("add", "", "--name", "x"), "id is empty"),
        (("add", "x", "--name", "\udc80"), "name holds"),
    ],
)
def test_what_cannot_be(arguments: tuple[str, ...], words: str, node: Run) -> None:
    ran = node(*arguments)
    assert ran.code == 1
    assert words in ran.err
    assert len(json.loads(node("list", "--json").out)) == 1
