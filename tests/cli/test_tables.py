"""Columns for people, JSON for scripts."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from matcher.cli.tables import print_facts, print_json, print_rows, shown, table

ROWS = (
    {"login": "zhang", "name": "东方技术转移", "roles": ["manager", "admin"], "more": 1},
    {"login": "li", "name": None, "roles": []},
)


def test_columns_stand_below_each_other_in_both_scripts() -> None:
    heading, first, second = table(ROWS, ("login", "name", "roles"))
    assert heading == "LOGIN  NAME          ROLES"
    assert first == "zhang  东方技术转移  manager, admin"
    assert second == "li"
    assert cell_len(first.partition("manager")[0]) == heading.index("ROLES")


def test_no_rows_are_no_table() -> None:
    assert list(table((), ("login",))) == []


def test_scripts_get_everything(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, ("login",), True)
    assert json.loads(capsys.readouterr().out) == [dict(row) for row in ROWS]
    print_json({"name": "东方"})
    assert capsys.readouterr().out == '{"name": "东方"}\n'


def test_facts_are_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"login": "li", "last_used_at": None, "active": True}
    print_facts(facts, False)
    assert capsys.readouterr().out == "login         li\nlast used at\nactive        yes\n"
    print_facts(facts, True)
    assert json.loads(capsys.readouterr().out) == facts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (False, "no"),
        (12345, "12,345"),
        (0.25, "0.25"),
        (("a", None, 1), "a, , 1"),
        ("a\nb\x1b[31m\u202e", "a b [31m "),
    ],
)
def test_a_value_is_one_line_and_moves_no_cursor(value: object, text: str) -> None:
    assert shown(value) == text
