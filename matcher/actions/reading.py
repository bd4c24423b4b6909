"""Reading one record: what a caller may not know of isn't there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.masked import masked, tells_guarded, without_guarded
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import GUARDED, tell_read
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import ANONYMOUS, Viewer
from matcher.errors import NotFound
from matcher.store import records
from matcher.store.stored import Stored


def get(platform: Platform, viewer: Viewer, noun: Noun, id: str) -> Stored[Any]:
    """The record as the viewer may have it; where it was merged into another, that one.

    Raises NotFound.
    """
    with platform.database.reading() as session:
        stored = required(session, viewer, noun, id)
        found = replace(stored, record=masked(session, viewer, stored.record))
    tell_guarded(platform, viewer, noun, [found])
    return found


def get_open(platform: Platform, viewer: Viewer, noun: Noun, id: str) -> Stored[Any]:
    """The same without what is kept from most, whoever asks: to read it is no event.

    For what shows a name alone. Raises NotFound.
    """
    with platform.database.reading() as session:
        stored = required(session, viewer, noun, id)
        record = masked(session, viewer, stored.record)
    return replace(stored, record=without_guarded(ANONYMOUS, record))


def tell_guarded(
    platform: Platform, viewer: Viewer, noun: Noun, found: Iterable[Stored[Any]]
) -> None:
    """Write down which of these records told the viewer what is kept from most."""
    ids = [one.record.id for one in found if tells_guarded(viewer, one.record)]
    tell_read(platform, viewer, GUARDED, (Subject(noun=noun, id=id_) for id_ in ids))


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
