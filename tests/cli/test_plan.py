"""`matcher plan`, from a draft to its follow-ups."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from matcher.cli.place import Place
from matcher.cli.plan import plan
from matcher.errors import IllegalTransition, InvalidValue, NotFound, UsageError

Call = Callable[..., Result]


@pytest.fixture
def call(standard_home: Path, tmp_path: Path) -> Call:
    """Runs a subcommand on a standard platform of the test's own; errors come through."""
    home = tmp_path / "home"
    shutil.copytree(standard_home, home)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(plan, arguments, obj=Place(home), catch_exceptions=True)

    return call


def drafted(call: Call, *more: str) -> dict[str, Any]:
    ran = call("new", "--quota", "0:2", "--outcomes", "1", "--json", "-q", *more)
    assert ran.exit_code == 0, ran.exception
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_a_plan_is_made_shown_edited_and_confirmed_once(call: Call) -> None:
    made = drafted(call)
    id_, first = made["id"], made["lines"][0]
    assert id_ in call("list").stdout
    told = call("show", id_, "--lang", "en").stdout
    assert "Graphene coating wanted" in told
    gone = call("edit", id_, "--remove", first["need"], first["outcome"])
    assert gone.stdout == f"{id_} has {len(made['lines']) - 1} pairs now.\n"
    back = ("--add", first["need"], first["outcome"], first["manager"])
    assert call("edit", id_, *back).exit_code == 0
    done = json.loads(call("confirm", id_, "--json").stdout)
    assert (done["state"], done["left_out"]) == ("confirmed", [])
    assert len(done["followups"]) == len(made["lines"])
    assert call("confirm", id_).stdout == "0 follow-ups were suggested.\n"
    assert isinstance(call("discard", id_).exception, IllegalTransition)


def test_the_needs_of_a_file_or_a_field_alone_are_planned(call: Call, tmp_path: Path) -> None:
    wanted = tmp_path / "needs.txt"
    wanted.write_text("w2\n", encoding="utf-8")
    made = drafted(call, "--needs", str(wanted))
    assert {one["need"] for one in [*made["lines"], *made.get("unassigned", [])]} == {"w2"}
    assert "lines" not in drafted(call, "--field", "0401")


def test_what_was_not_assigned_is_told_in_either_language(call: Call) -> None:
    made = drafted(call, "--floor", "1")
    id_, pairs = made["id"], made["unassigned"]
    short = call("show", id_, "--lang", "en").stdout
    assert f"Unassigned: {len(pairs)} (below the least value " in short
    assert "低于最低分" in call("show", id_, "--lang", "zh").stdout
    assert pairs[0]["outcome"] not in short
    told = call("show", id_, "--lang", "en", "--details").stdout
    assert all(f" + {one['outcome']} " in told for one in pairs)
    new = ("new", "--quota", "0:2", "--outcomes", "1", "-q", "--floor", "1", "--lang", "en")
    assert pairs[0]["outcome"] not in call(*new).stdout
    assert pairs[0]["outcome"] in call(*new, "--details").stdout


def test_weak_pairs_are_planned_for_who_asks_for_them(call: Call) -> None:
    weak = {
        (one["need"], one["outcome"])
        for one in drafted(call, "--outcomes", "5")["unassigned"]
        if one["rule"] == "weak"
    }
    assert weak
    made = drafted(call, "--outcomes", "5", "--floor", "0")
    assert "weak" not in {one["rule"] for one in made.get("unassigned", [])}
    pairs = [*made["lines"], *made.get("unassigned", [])]
    assert weak <= {(one["need"], one["outcome"]) for one in pairs}


def test_a_plan_is_written_as_a_sheet_in_either_language(call: Call, tmp_path: Path) -> None:
    made = drafted(call)
    for language, heading in (("zh", "技术经理人"), ("en", "Manager")):
        path = tmp_path / f"{language}.xlsx"
        ran = call("show", made["id"], "-o", str(path), "--lang", language)
        assert (ran.exit_code, ran.stdout) == (0, "")
        sheet = openpyxl.load_workbook(path).active
        first, *rows = sheet.iter_rows(values_only=True)
        assert first[0] == heading
        pairs = [*made["lines"], *made.get("unassigned", [])]
        assert {row[7:9] for row in rows} == {(one["need"], one["outcome"]) for one in pairs}


def test_a_plan_that_isnt_there_leaves_no_sheet(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    assert isinstance(call("show", "P-0", "-o", str(out)).exception, NotFound)
    assert isinstance(call("show", "P-0", "-o", str(tmp_path / "a.csv")).exception, UsageError)
    assert not out.exists()


def test_a_draft_is_discarded(call: Call) -> None:
    id_ = drafted(call)["id"]
    assert call("discard", id_).stdout == f"{id_} is discarded.\n"
    assert [row["state"] for row in json.loads(call("list", "--json").stdout)] == ["discarded"]


def test_what_is_wrong_is_said(call: Call) -> None:
    assert isinstance(call("new", "--quota", "5:1").exception, InvalidValue)
    assert isinstance(call("new", "--quota", "1:2", "--fairness", "2").exception, UsageError)
    assert isinstance(call("show", "P-0").exception, NotFound)
    assert isinstance(call("edit", "P-0").exception, UsageError)
    assert call("new").exit_code == 2


def test_every_command_has_an_example(call: Call) -> None:
    for command in ("new", "list", "show", "edit", "confirm", "discard"):
        assert "Example: matcher plan" in call(command, "--help").stdout
