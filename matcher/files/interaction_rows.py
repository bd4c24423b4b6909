"""Interactions from the rows of a table: who had to do with what, how strongly, when."""

from __future__ import annotations

from matcher.domain.interaction import Interaction
from matcher.files.cells import as_text
from matcher.files.draft import Draft
from matcher.files.moments import parse_moment
from matcher.files.own_rows import Place
from matcher.files.row_ids import reference

PARTIES = ("need", "outcome", "manager")
_REQUIRED = ("id", *PARTIES, "weight")


def read_interaction(draft: Draft, place: Place) -> None:
    """Fill `draft.fields` with what the row says of an interaction, but its id.

    Raises InvalidValue for a weight that is not a number or below zero.
    """
    draft.check_numbers()
    for name in PARTIES:
        draft.fields[name] = reference(as_text(draft.values.get(name)), place.namespace)
    if "weight" in draft.values:
        draft.fields["weight"] = draft.values["weight"]
    draft.fields["at"] = draft.read("at", parse_moment)
    draft.fields["source"] = draft.text("source")


def build_interaction(draft: Draft) -> Interaction:
    """The record of the draft; one with fewer than two parties is refused."""
    return draft.build(Interaction, _REQUIRED)
