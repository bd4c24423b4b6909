"""What the documentation says of options, codes, keys, layers and links is what there is."""

from __future__ import annotations

import configparser
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from matcher import errors
from matcher.actions.cautions import CODES as CAUTIONS
from matcher.actions.import_report import PlanCode
from matcher.cli.main import root
from matcher.cli.match import match
from matcher.domain.conflicts import Conflict
from matcher.files.output import TSV_COLUMNS
from matcher.files.row_report import RowCode
from matcher.recommend.reasons import CODES
from matcher.recommend.rules import Rule
from matcher.recommend.uptake import BLAMED
from matcher.resources import data_path
from matcher.settings import SETTINGS_TABLE, Setting

CHECKOUT = Path(__file__).resolve().parents[1]
DOCS = CHECKOUT / "docs"
README = CHECKOUT / "README.md"
PAGES = sorted([*CHECKOUT.glob("*.md"), *DOCS.glob("*.md"), *data_path().glob("**/README.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OUTSIDE = ("http://", "https://", "mailto:")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def in_code(page: Path) -> set[str]:
    """The words that stand in backticks on a page, alone or with an argument behind."""
    return {word for span in re.findall(r"`([^`\n]+)`", text(page)) for word in span.split()}


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [body for name, body in FENCED.findall(text(page)) if name == language]


def options() -> list[str]:
    found = (option for option in match.params if isinstance(option, click.Option))
    return sorted(name for option in found for name in (*option.opts, *option.secondary_opts))


def commands() -> dict[str, click.Command]:
    """Every command that isn't a group, by what is typed for it."""
    return dict(_commands(root, "matcher"))


def _commands(command: click.Command, typed: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield typed, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from _commands(found, f"{typed} {name}")


def error_codes() -> list[str]:
    found = (kind for _, kind in inspect.getmembers(errors, inspect.isclass))
    return sorted(kind.code for kind in found if issubclass(kind, errors.MatcherError))


def keys(table: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Every key of a recipe with its path; `origin` is a remark."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{place}{name}.")
        elif name != "origin":
            yield f"{place}{name}"


def recipe_keys() -> list[str]:
    return list(keys(tomllib.loads(text(data_path("recipes", "default.toml")))))


@pytest.mark.parametrize("option", options())
def test_every_option_of_match_is_documented(option: str) -> None:
    assert option in in_code(DOCS / "match.md")


@pytest.mark.parametrize("typed", commands())
def test_every_command_and_each_of_its_options_is_documented(typed: str) -> None:
    found = [page for page in DOCS.glob("*.md") if f"`{typed}" in text(page)]
    assert found, "on no page"
    words = {word for page in DOCS.glob("*.md") for word in in_code(page)}
    named = {word.split("=")[0].split("|")[0].strip("[],") for word in words}
    options = (each for each in commands()[typed].params if isinstance(each, click.Option))
    long = {name for option in options for name in option.opts if name.startswith("--")}
    assert long - named == set()


@pytest.mark.parametrize("row", SETTINGS_TABLE, ids=lambda row: row.name)
def test_every_setting_is_documented_as_it_is(row: Setting) -> None:
    cells = f"| `{row.name}` | `{row.variable}` | `{row.default}` | {row.help} |"
    assert cells in text(DOCS / "settings.md")


@pytest.mark.parametrize("code", [*RowCode, *PlanCode])
def test_every_code_of_a_row_is_documented(code: str) -> None:
    assert code in in_code(DOCS / "import.md")


@pytest.mark.parametrize("conflict", list(Conflict))
def test_every_conflict_is_documented(conflict: str) -> None:
    assert f"\n| `{conflict}` |" in text(DOCS / "conflicts.md")


@pytest.mark.parametrize("page", [DOCS / "match.md", README], ids=lambda page: page.name)
def test_no_option_is_documented_that_is_not_there(page: Path) -> None:
    [table] = re.findall(r"^\| option \|.*?\n\n", text(page), re.DOTALL | re.MULTILINE)
    cells = [row.split("|")[1] for row in table.strip().splitlines()]
    named = {name for cell in cells for name in re.findall(r"(?<![\w-])-{1,2}[a-z][a-z-]*", cell)}
    assert named
    assert named <= {*options(), "-h", "--help"}


@pytest.mark.parametrize("code", error_codes())
def test_every_error_code_is_documented(code: str) -> None:
    assert f"\n| `{code}` |" in text(DOCS / "errors.md")


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_documented(code: str) -> None:
    assert f"\n| `{code}` |" in text(DOCS / "reasons.md")


@pytest.mark.parametrize("code", CAUTIONS)
def test_every_caution_is_documented(code: str) -> None:
    rows = [line for line in text(DOCS / "worklist.md").splitlines() if line.startswith("| `")]
    assert any(f"`{code}`" in row.split("|")[1] for row in rows)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_is_documented(rule: Rule) -> None:
    assert f"\n| `{rule.value}` |" in text(DOCS / "rules.md")


@pytest.mark.parametrize("key", recipe_keys())
def test_every_key_of_the_recipe_is_documented(key: str) -> None:
    assert f"\n| `{key}` |" in text(DOCS / "recipe.md")


@pytest.mark.parametrize(("reason", "shares"), BLAMED.items())
def test_whom_a_decline_blames_is_documented(reason: str, shares: tuple[float, ...]) -> None:
    cells = " | ".join(f"{share:g}".replace("0.", ".") for share in shares)
    assert f"\n| `{reason}` | {cells} |\n" in text(DOCS / "feedback.md")


def test_the_columns_of_a_tsv_are_documented() -> None:
    assert f"`{', '.join(TSV_COLUMNS)}`" in text(DOCS / "match.md")


def test_the_index_lists_every_page() -> None:
    listed = set(LINK.findall(text(DOCS / "README.md")))
    assert listed == {page.name for page in DOCS.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(text(page)) if not link.startswith(OUTSIDE)]
    broken = [link for link in links if not leads_somewhere(page, link)]
    assert not broken


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub makes anchors of them."""
    headings = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_readme_draws_the_layers_of_the_contract() -> None:
    drawing = text(README).partition("## Layers")[2].partition("```\n")[2].partition("```")[0]
    drawn = [re.split(r"\s{2,}", line)[0] for line in drawing.splitlines()]
    assert [set(layer.split(" | ")) for layer in drawn] == list(contract())


def contract() -> Iterator[set[str]]:
    """The layers of setup.cfg from the top, as far as their rooms are there."""
    config = configparser.ConfigParser()
    config.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    for layer in config["importlinter:contract:layers"]["layers"].split("\n"):
        if there := {name for name in re.findall(r"\w+", layer) if is_there(name)}:
            yield there


def is_there(name: str) -> bool:
    room = CHECKOUT / "matcher" / name
    return (room / "__init__.py").is_file() or room.with_suffix(".py").is_file()


@pytest.mark.slow
def test_the_snippet_of_the_readme_runs() -> None:
    [snippet] = blocks(README, "python")
    finished = subprocess.run(
        [sys.executable, "-c", snippet], cwd=CHECKOUT, check=False, capture_output=True, text=True
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("n1 o1 ")
    assert "石墨烯 ↔ Graphene" in finished.stdout
