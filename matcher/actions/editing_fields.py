"""What somebody says of a record, laid over what is there, without wiping what they can't see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.editing_rights import Right, require_settable, settable
from matcher.actions.masked import masked
from matcher.domain.enums import Noun
from matcher.domain.manager import Deal
from matcher.domain.visibility import Viewer
from matcher.errors import InvalidValue
from matcher.store import records
from matcher.store.tables import kind_of

Fields = Mapping[str, object]
"""Names of a record's fields and their values, plain ones as in JSON."""

SET_HERE = "updated_at"
"""The day of the last change by hand, which nobody types."""


def entered_record(noun: Noun, fields: Fields, on: date) -> Any:
    """A new record of these fields, which hold its id. Raises InvalidValue."""
    _require_typed(fields)
    record = kind_of(noun).cls.from_mapping(fields)
    return replace(record, updated_at=on)


def changed_record(
    session: Session, viewer: Viewer, right: Right, before: Any, fields: Fields, on: date
) -> Any:
    """The record with these fields set. None or nothing takes a value away.

    What repeats that which the viewer was shown changes nothing, so that a record that was read
    can be written back; a node, and what isn't theirs to set, may be left out. Raises
    InvalidValue, NotAllowed.
    """
    shown, told = masked(session, viewer, before), _told(before, fields)
    stays = _left_out(fields) & ({"node"} | told.keys() - settable(right, before))
    changes = {
        name: value
        for name, value in told.items()
        if name not in stays and value != getattr(shown, name)
    }
    require_settable(changes, right, before)
    if right is Right.SELF and "deals" in changes:
        changes["deals"] = _deals(session, viewer, before.deals, shown.deals, changes["deals"])
    return replace(before, **changes, updated_at=on)


def _told(before: Any, fields: Fields) -> dict[str, Any]:
    """What the fields say, in the types of the record."""
    _require_typed(fields)
    if fields.get("id", before.id) != before.id:
        raise InvalidValue("An id never changes.", field="id", hint="Leave it out.")
    given = type(before).from_mapping({**fields, "id": before.id})
    return {name: getattr(given, name) for name in fields if name != "id"}


def _require_typed(fields: Fields) -> None:
    if fields.get(SET_HERE) is not None:
        hint = "Leave it out; it becomes the day of the change."
        raise InvalidValue(f"{SET_HERE} can't be given.", field=SET_HERE, hint=hint)


def _left_out(fields: Fields) -> set[str]:
    return {name for name, value in fields.items() if value in (None, "", [], ())}


def _deals(
    session: Session,
    viewer: Viewer,
    before: tuple[Deal, ...],
    shown: tuple[Deal, ...],
    told: tuple[Deal, ...],
) -> tuple[Deal, ...]:
    """What managers say of their deals, and those deals that were kept from them.

    A new one names only what they may know of; else its vanishing would tell what there is.
    """
    for index, deal in enumerate(told):
        if deal not in shown:
            _require_known(session, viewer, Noun.OUTCOME, deal.outcome, index)
            _require_known(session, viewer, Noun.NEED, deal.need, index)
    return (*told, *(deal for deal in before if deal not in shown))


def _require_known(session: Session, viewer: Viewer, noun: Noun, id: str, index: int) -> None:
    stored = records.get(session, noun, id) if id else None
    if id and not (stored is not None and stored.live and viewer.sees(stored.record)):
        raise InvalidValue(
            f"There is no {noun} {id!r}.",
            field=f"deals[{index}].{noun}",
            hint="Check the id, or tell the deal in words.",
        )
