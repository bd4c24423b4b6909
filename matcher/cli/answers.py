"""What `search` and `suggest` share: options of a wish, and how an answer is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from matcher.actions.answer import Answer, Wish
from matcher.actions.platform import Platform
from matcher.actions.viewers import viewer_by_login
from matcher.cli.screen import print_matches
from matcher.domain.enums import Language, TransferMode
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.recommend.filters import Filters
from matcher.recommend.rules import Rule
from matcher.taxonomy import wanted_code

F = TypeVar("F", bound=Callable[..., Any])

_RULES = {
    Rule.NOT_LISTED: "not among those asked for",
    Rule.EXCLUDED: "excluded",
    Rule.KNOWN: "already known to go with it",
    Rule.TOO_EARLY: "below the readiness asked for",
    Rule.ABOVE_BUDGET: "priced above the budget",
    Rule.EXPIRED: "expired",
    Rule.CONFLICT: "in a conflict of interest",
    Rule.NO_CAPACITY: "carrying all that they can",
    Rule.FILTERED: "outside the filters",
}

_OPTIONS = (
    click.option("-k", default=10, show_default=True, help="How many are wanted."),
    click.option("--field", default="", help="Code or name of a field of technology."),
    click.option("--region", default="", help="Code or name of a province or prefecture."),
    click.option("--trl-min", type=click.IntRange(1, 9), help="Least readiness."),
    click.option("--mode", "modes", multiple=True, help="Way of transfer; may be repeated."),
    click.option("--price-max", type=click.IntRange(0), help="Highest asking price, in yuan."),
    click.option("--pay-after-use", is_flag=True, help="Only what is paid after use."),
    click.option("--as", "login", help="See what this account sees; everything without it."),
    click.option("--lang", type=click.Choice(["zh", "en"]), help="Of reasons; the setting's."),
    click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts."),
)


def wish_options(command: F) -> F:
    """Add the options of a wish to a command; it gets them as keyword arguments."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wish_of(platform: Platform, options: dict[str, Any]) -> Wish:
    """The wish that the options make. Raises InvalidValue for a mode that isn't known."""
    filters = Filters(
        field=wanted_code("fields", options["field"]),
        region=wanted_code("regions", options["region"]),
        trl_min=options["trl_min"],
        modes=TransferMode.in_order(map(TransferMode.parse, options["modes"])),
        price_max=options["price_max"],
        pay_after_use=options["pay_after_use"],
    )
    language = Language(options["lang"] or platform.settings.language)
    return Wish(k=options["k"], filters=filters, language=language)


def viewer_for(platform: Platform, login: str | None) -> Viewer:
    """The account of that login; the operator, who sees everything, without one."""
    return viewer_by_login(platform, login) if login else SYSTEM


def print_answer(answer: Answer, heading: str, language: Language, as_json: bool) -> None:
    """To standard output; what was left out and what couldn't be used to standard error."""
    if as_json:
        click.echo(json.dumps(answer.to_mapping(), ensure_ascii=False))
        return
    print_matches((replace(row, query_title=heading) for row in answer.matches), language)
    if not answer.matches:
        click.echo("Nothing was found.", err=True)
    for rule, count in answer.removed.items():
        click.echo(f"{count:,} left out: {_RULES[Rule(rule)]}.", err=True)
    for name in answer.degraded:
        click.echo(f"Degraded: {name.replace('_', ' ')}; matcher doctor says more.", err=True)
