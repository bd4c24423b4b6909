"""Who may see the record of a row: never more people than the row means."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from matcher.domain.enums import Secrecy, Visibility
from matcher.domain.labels import Labelled
from matcher.errors import InvalidValue
from matcher.files.draft import Draft, in_simplified
from matcher.files.row_report import RowCode

E = TypeVar("E", bound=Labelled)
_WIDEST = (Visibility.PUBLIC, Secrecy.OPEN)


def read_access(draft: Draft, names: Collection[str]) -> None:
    """Who may see the record; never wider than the row means it."""
    visibility = _choice(draft, "visibility", Visibility) or Visibility.PUBLIC
    secrecy = _choice(draft, "secrecy", Secrecy) or Secrecy.OPEN
    if secrecy not in (Secrecy.OPEN, Secrecy.INTERNAL):
        message = f"is {secrecy.en} ({secrecy.zh})."
        hint = "What is secret isn't put on a platform."
        raise draft.refused(RowCode.CLASSIFIED, message, "secrecy", hint)
    if "secrecy" not in names and secrecy is Secrecy.INTERNAL:
        visibility = _narrowed(draft, visibility)
    if "visibility" not in names and visibility is not Visibility.PUBLIC:
        hint = "Leave the row out, or the column where everyone may know of it."
        message = "records of this kind are seen by everyone signed in."
        raise draft.refused(RowCode.UNREAD_VISIBILITY, message, "visibility", hint)
    for name, value in (("visibility", visibility), ("secrecy", secrecy)):
        if name in names and (name in draft.values or value not in _WIDEST):
            draft.keep(name, value)


def _choice(draft: Draft, field: str, kind: type[E]) -> E | None:
    if field not in draft.values:
        return None
    try:
        return kind.parse(in_simplified(draft.readable(field)))
    except InvalidValue as error:
        raise draft.refused(
            RowCode.UNREAD_VISIBILITY, error.message, field, error.hint or ""
        ) from error


def _narrowed(draft: Draft, visibility: Visibility) -> Visibility:
    order = tuple(Visibility)
    narrow = max(visibility, Visibility.BROKERS, key=order.index)
    message = f"what is internal is seen by {narrow.en} at most."
    draft.note(RowCode.NARROWED, message, "secrecy")
    return narrow
