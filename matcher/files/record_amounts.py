"""The amounts of a row: price or budget with its currency, and the award of an open call."""

from __future__ import annotations

import dataclasses

from matcher.domain.dates import parse_date
from matcher.domain.item import Facts
from matcher.domain.mapping import read
from matcher.domain.money import MoneyRange, parse_money
from matcher.errors import InvalidValue
from matcher.files.cells import Cell, as_text
from matcher.files.draft import Draft
from matcher.files.facts import read_facts
from matcher.files.notices import Notices
from matcher.files.row_report import RowCode


def read_money(draft: Draft, name: str) -> None:
    """Both bounds and the currency, from a range in one cell or from two cells."""
    bounds = (name, f"{name}_min", f"{name}_max")
    found: MoneyRange | None = getattr(facts_of(draft, bounds), name)
    low, high = (found.low, found.high) if found else (None, None)
    stored = {f"{name}_min": low, f"{name}_max": high}
    draft.fields |= stored
    if found:
        draft.fields["currency"] = found.currency
    for field in bounds:
        draft.keep_original(field, stored.get(field))


def read_challenge(draft: Draft) -> None:
    """An open call: given as an object, or as a mark, an award and a deadline of its own."""
    given = draft.values.get("challenge")
    if isinstance(given, dict):
        draft.fields["challenge"] = given
        return
    parts = {
        "award": draft.read("challenge_award", lambda cell: _award(draft, cell)),
        "deadline": draft.read("challenge_deadline", parse_date),
    }
    stated = {name: value for name, value in parts.items() if value is not None}
    if stated or _is_marked(draft):
        draft.fields["challenge"] = stated


@dataclasses.dataclass(frozen=True, slots=True)
class _Mark:
    """Yes or no, for the domain's reader."""

    challenge: bool = False


def _is_marked(draft: Draft) -> bool:
    """Whether the row says that it is an open call; a text other than yes or no is noted."""
    return bool(draft.read("challenge", lambda cell: read(_Mark, {"challenge": cell}).challenge))


def _award(draft: Draft, cell: Cell) -> int | None:
    """One amount in the currency of the need."""
    unit = draft.columns.unit("challenge_award")
    currency = draft.fields.get("currency") or unit.currency
    found = parse_money(cell, unit=unit.scale, currency=currency)
    if found is not None and found.currency != currency:
        message = f"it is in {found.currency}, the need's amounts in {currency}."
        raise InvalidValue(message, hint="Write it in the same currency.")
    draft.fields["currency"] = currency
    return None if found is None else found.high if found.high is not None else found.low


def facts_of(draft: Draft, names: tuple[str, ...]) -> Facts:
    """The facts in some fields; what isn't understood becomes a note on the first of them."""
    given = {name: draft.readable(name) for name in names if name in draft.values}
    if "currency" in draft.fields:
        given["currency"] = draft.fields["currency"]
    notices = Notices("")
    facts = read_facts(given, draft.columns, draft.row, notices)
    by_column = {draft.columns.name(name): name for name in given}
    for notice in notices:
        field = by_column.get(notice.column or "", names[0])
        draft.original[field] = as_text(draft.values.get(field))
        draft.note(RowCode.UNREAD_VALUE, notice.message, field)
    return facts
