"""What a saved search is restricted to: as plain values that last, and as a search takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from matcher.actions.nearest import names_set
from matcher.domain.enums import TransferMode
from matcher.errors import WrongSchema
from matcher.recommend.filters import NO_FILTERS, Filters

_NAMES = frozenset(each.name for each in fields(Filters))


def plain_filters(filters: Filters) -> dict[str, Any]:
    """What is set, by name: a restriction that is thought of later is one that isn't set here."""
    told = {name: getattr(filters, name) for name in names_set(filters)}
    if "modes" in told:
        told["modes"] = [mode.value for mode in filters.modes]
    if "price_max" in told and filters.currency != NO_FILTERS.currency:
        told["currency"] = filters.currency
    return told


def filters_of(plain: Mapping[str, Any]) -> Filters:
    """The same the other way round.

    Raises WrongSchema for a restriction that this version doesn't know: without it, more would be
    found than was looked for.
    """
    told = dict(plain)
    try:
        told["modes"] = tuple(TransferMode(mode) for mode in told.get("modes", ()))
    except ValueError as error:
        raise _unknown(str(error)) from error
    if told.keys() - _NAMES:
        raise _unknown(", ".join(sorted(told.keys() - _NAMES)))
    return Filters(**told)


def _unknown(what: str) -> WrongSchema:
    return WrongSchema(
        f"A saved search is restricted by what this version doesn't know: {what}.",
        hint="Install the version of the product that wrote it.",
    )
