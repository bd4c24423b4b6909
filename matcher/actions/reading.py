"""Reading one record: what a caller may not know of isn't there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.errors import NotFound
from matcher.store import records
from matcher.store.stored import Stored


def get(platform: Platform, viewer: Viewer, noun: Noun, id: str) -> Stored[Any]:
    """The record as the viewer may have it; where it was merged into another, that one.

    Raises NotFound.
    """
    with platform.database.reading() as session:
        stored = required(session, viewer, noun, id)
        return replace(stored, record=masked(session, viewer, stored.record))


def required(session: Session, viewer: Viewer, noun: Noun, id: str) -> Stored[Any]:
    """The same within a transaction.

    Whether it never was, is deleted or hidden makes no difference, in words or in time.
    """
    stored = records.get(session, noun, id)
    while stored is not None and stored.merged_into and viewer.sees(stored.record):
        stored = records.get(session, noun, stored.merged_into)
    if stored is None or not stored.live or not viewer.sees(stored.record):
        raise NotFound(f"There is no {noun} {id!r}.", hint="Check the id.")
    return stored
