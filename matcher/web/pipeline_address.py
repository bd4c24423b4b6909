"""What a reader wishes to see of the pipeline, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from matcher.actions.pipeline_wish import Attention, Order, PipelineWish
from matcher.domain.enums import FollowUpState
from matcher.errors import InvalidValue

MOST_WORDS = 200
"""Characters of a search."""


def wish_of(args: MultiDict[str, str]) -> PipelineWish:
    """The wish. Raises InvalidValue for a state, an order or a date nobody knows."""
    attention, order = args.get("due", ""), args.get("sort", "")
    states = [FollowUpState.parse(one) for one in args.getlist("state") if one]
    return PipelineWish(
        text=" ".join(args.get("q", "").split())[:MOST_WORDS],
        aside=args.get("all", "") == "1",
        states=FollowUpState.in_order(states),
        attention=Attention.parse(attention) if attention else None,
        order=Order.parse(order) if order else Order.DUE,
        descending=args.get("desc", "") == "1",
    )


def number_of(args: MultiDict[str, str]) -> int:
    """The page of the table, 1 without one. Raises InvalidValue."""
    text = args.get("page", "") or "1"
    if not text.isdecimal() or not 1 <= len(text) <= 7 or not int(text):
        raise InvalidValue("There is no such page.", field="page", hint="Start from page 1.")
    return int(text)


def address_of(wish: PipelineWish) -> dict[str, Any]:
    """The wish as values for `url_for`; what goes without saying is left out."""
    told: Mapping[str, Any] = {
        "q": wish.text,
        "state": [state.value for state in wish.states],
        "all": "1" if wish.aside else "",
        "due": wish.attention.value if wish.attention else "",
        "sort": "" if wish.order is Order.DUE else wish.order.value,
        "desc": "1" if wish.descending else "",
    }
    return {name: value for name, value in told.items() if value}


def sorted_by(wish: PipelineWish, order: Order) -> PipelineWish:
    """The same sorted by this; the other way round where it is already."""
    return replace(wish, order=order, descending=wish.order is order and not wish.descending)
