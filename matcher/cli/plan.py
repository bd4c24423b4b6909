"""`matcher plan`: docking plans, made as drafts, edited and confirmed by an admin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from matcher.actions.plan_confirmation import Confirmed, confirm_plan
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_reading import get_plan, list_plans
from matcher.actions.plans import PlanWish, discard_plan, make_plan
from matcher.cli.answers import viewer_for
from matcher.cli.counter import counter
from matcher.cli.place import Place, pass_place
from matcher.cli.plan_lines import plan_lines
from matcher.cli.tables import json_option, print_json, print_rows, quiet_option
from matcher.domain.enums import Language
from matcher.domain.plan import Quota
from matcher.errors import UsageError
from matcher.files.idlists import read_ids
from matcher.files.plan_sheet import check_plan_sheet, write_plan_sheet
from matcher.recommend.plan import RECOMMENDED_FAIRNESS, Terms
from matcher.taxonomy import wanted_code

_EXAMPLE = "Example: matcher plan new --quota 1:5"
_PATH = click.Path(path_type=Path, readable=False)
_AS = click.option("--as", "login", help="The admin who does it; the operator without it.")
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="The setting's unless given.")
_DETAILS = click.option("--details", is_flag=True, help="List what wasn't assigned, one by one.")
_PAIR = "NEED OUTCOME"


@click.group(epilog=_EXAMPLE)
def plan() -> None:
    """Docking plans: new, list, show, edit, confirm, discard."""


@plan.command(epilog=_EXAMPLE)
@click.option("--quota", required=True, help="Pairs of a manager, MIN:MAX.")
@click.option("--needs", type=_PATH, help="File with ids of needs, one a line; all without it.")
@click.option("--field", default="", help="Only needs of this field, a code or name.")
@click.option("--outcomes", type=click.IntRange(1, 50), default=3, show_default=True)
@click.option("--per-need", type=click.IntRange(1), help="Pairs of a need at most.")
@click.option("--per-outcome", type=click.IntRange(1), help="Pairs of an outcome at most.")
@click.option("--floor", type=float, help="What a pair has to be worth; without it, not weak.")
@click.option("--fairness", default=RECOMMENDED_FAIRNESS, show_default=True, help="0 to 1.")
@click.option("--node", default="", help="Whose plan it is; the root's without it.")
@_AS
@_LANG
@_DETAILS
@quiet_option
@json_option
@pass_place
def new(place: Place, /, quiet: bool, as_json: bool, details: bool, **options: Any) -> None:
    """Make a draft: who is to carry which pairs of need and outcome."""
    wish = _wish(options)
    console = Console(stderr=True, quiet=quiet)
    with place.platform() as platform, counter("needs", console) as progress:
        language = Language(options["lang"] or platform.settings.language)
        viewer = viewer_for(platform, options["login"])
        view = make_plan(platform, viewer, wish, language, progress)
    if as_json:
        print_json(view.plan.to_mapping() | {"degraded": list(view.degraded)})
        return
    for line in plan_lines(view, language, details=details):
        click.echo(line)


@plan.command("list", epilog="Example: matcher plan list")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@_AS
@json_option
@pass_place
def list_(place: Place, limit: int, login: str | None, as_json: bool) -> None:
    """Show the newest plans."""
    with place.platform() as platform:
        found = list_plans(platform, viewer_for(platform, login), limit)
    rows = [
        {
            "id": one.id,
            "state": one.state.value,
            "quota": str(one.quota),
            "made_at": one.made_at.isoformat(timespec="minutes"),
            "by": one.by,
            "pairs": counts.get("proposed", 0) + counts.get("added", 0),
            "removed": counts.get("removed", 0),
        }
        for one, counts in found
    ]
    print_rows(rows, ("id", "state", "quota", "made_at", "by", "pairs"), as_json)


@plan.command(epilog="Example: matcher plan show P-3f2a --lang en -o plan.xlsx")
@click.argument("id")
@click.option("-o", "--output", type=_PATH, help="Write it to this .xlsx instead.")
@_AS
@_LANG
@_DETAILS
@json_option
@pass_place
def show(place: Place, /, id: str, output: Path | None, as_json: bool, **options: Any) -> None:
    """Show how much found no manager and why, and the pairs of each manager."""
    if output is not None:
        check_plan_sheet(output)
    with place.platform() as platform:
        language = Language(options["lang"] or platform.settings.language)
        view = get_plan(platform, viewer_for(platform, options["login"]), id, language)
    if output is not None:
        count = write_plan_sheet(output, view.plan, view.titles, language)
        click.echo(f"{count:,} rows written to {output}.", err=True)
    if as_json:
        print_json(view.plan.to_mapping() | {"version": view.version})
    elif output is None:
        for line in plan_lines(view, language, details=options["details"]):
            click.echo(line)


@plan.command(epilog="Example: matcher plan edit P-3f2a --move N304 O318 M7")
@click.argument("id")
@click.option("--remove", nargs=2, metavar=_PAIR, help="Take a pair out.")
@click.option("--move", nargs=3, metavar=f"{_PAIR} MANAGER", help="Give it to another manager.")
@click.option("--add", nargs=3, metavar=f"{_PAIR} MANAGER", help="Put one more pair in.")
@_AS
@json_option
@pass_place
def edit(place: Place, /, id: str, login: str | None, as_json: bool, **given: Any) -> None:
    """Change one pair of a draft; conflicts, visibility and quota are checked."""
    asked = [(EditKind(kind), ids) for kind, ids in given.items() if ids]
    if len(asked) != 1:
        raise UsageError("It isn't clear what to change.", hint="Give --remove, --move or --add.")
    kind, ids = asked[0]
    with place.platform() as platform:
        kept = edit_plan(platform, viewer_for(platform, login), id, PlanEdit(kind, *ids))
    if as_json:
        print_json(kept.plan.to_mapping() | {"version": kept.version})
    else:
        click.echo(f"{id} has {len(kept.plan.active):,} pairs now.")


@plan.command(epilog="Example: matcher plan confirm P-3f2a")
@click.argument("id")
@_AS
@_LANG
@json_option
@pass_place
def confirm(place: Place, id: str, login: str | None, lang: str | None, as_json: bool) -> None:
    """Let each pair become a follow-up of its manager; a second time changes nothing."""
    with place.platform() as platform:
        language = Language(lang or platform.settings.language)
        done = confirm_plan(platform, viewer_for(platform, login), id)
    if as_json:
        print_json(_told(done))
        return
    click.echo(f"{len(done.followups):,} follow-ups were suggested.")
    for line, why in done.left_out:
        pair = f"{line.need} + {line.outcome} → {line.manager}"
        click.echo(f"Left out: {pair}: {why.label(language)}", err=True)


@plan.command(epilog="Example: matcher plan discard P-3f2a")
@click.argument("id")
@_AS
@json_option
@pass_place
def discard(place: Place, id: str, login: str | None, as_json: bool) -> None:
    """Put a draft aside for good."""
    with place.platform() as platform:
        done = discard_plan(platform, viewer_for(platform, login), id)
    if as_json:
        print_json({"id": done.id, "state": done.state.value})
    else:
        click.echo(f"{done.id} is discarded.")


def _wish(options: dict[str, Any]) -> PlanWish:
    names = ("per_need", "per_outcome", "floor", "fairness")
    return PlanWish(
        Quota.parse(options["quota"]),
        needs=read_ids(options["needs"]) if options["needs"] else None,
        field=wanted_code("fields", options["field"]),
        outcomes=options["outcomes"],
        terms=Terms(**{name: options[name] for name in names}),
        node=options["node"],
    )


def _told(done: Confirmed) -> dict[str, object]:
    return {
        "id": done.plan.id,
        "state": done.plan.state.value,
        "followups": list(done.followups),
        "left_out": [{**line.to_mapping(), "why": why.value} for line, why in done.left_out],
    }
