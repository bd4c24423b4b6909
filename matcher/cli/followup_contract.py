"""The contract of a follow-up as options: those that are given replace what the sheet says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import click

from matcher.cli.dates import day
from matcher.domain.contract import Contract
from matcher.domain.enums import TransferMode

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--mode", "mode", type=click.Choice([mode.value for mode in TransferMode])),
    click.option("--reg-no", "contract_reg_no", help="The number it is registered under."),
    click.option("--signed-on", "signed_on", type=day, help="The day of signing."),
    click.option("--value", "value", type=click.IntRange(0), help="In whole units, such as yuan."),
    click.option(
        "--technical-value",
        "technical_value",
        type=click.IntRange(0),
        help="The part of the value that is technology.",
    ),
    click.option("--commission", "commission", type=click.IntRange(0), help="In whole units."),
)


def contract_options(command: F) -> F:
    """Add the options of a contract; the command gets them as keyword arguments."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def contract_with(before: Contract | None, options: Mapping[str, Any]) -> Contract | None:
    """The sheet with what was given; None where nothing was. Raises InvalidValue."""
    told = {name: value for name, value in options.items() if value is not None}
    if not told:
        return None
    if "mode" in told:
        told["mode"] = TransferMode(told["mode"])
    return replace(before or Contract(), **told)
