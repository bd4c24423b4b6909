"""Entering, changing and removing outcomes, needs, managers and organisations by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, admitted
from matcher.actions.editing_fields import Fields, changed_record, entered_record
from matcher.actions.editing_rights import Right, enters_as_admin, require_entering, right_over
from matcher.actions.masked import masked
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.record_id import made_id, require_usable_id
from matcher.actions.record_shelf import RecordShelf
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotAllowed, NotFound
from matcher.store import records
from matcher.store.stored import Effect, Stored

CREATED, CHANGED, REMOVED = "record_created", "record_changed", "record_removed"
"""The verbs of the events."""


def create(platform: Platform, viewer: Viewer, noun: Noun, fields: Fields) -> Stored[Any]:
    """Enter a record: an admin in their nodes, others as its owner in their own node.

    Only an admin chooses the id; so nobody else learns from a refusal which ones are taken.
    Raises NotAllowed, DuplicateId, InvalidValue.
    """
    at = platform.now()
    with platform.database.writing() as session:
        record = _new(session, viewer, noun, fields, platform.today())
        return _write(session, viewer, noun, record, 0, CREATED, at)


def change(
    platform: Platform, viewer: Viewer, noun: Noun, id: str, fields: Fields, version: int
) -> Stored[Any]:
    """Set some fields of a record; None or nothing takes a value away, what isn't named stays.

    version: the one that the viewer has seen. What is kept from them stays as it is. Raises
    NotFound, NotAllowed, EditConflict, InvalidValue.
    """
    at = platform.now()
    with platform.database.writing() as session:
        before, right = _writable(session, viewer, noun, id, version)
        record = changed_record(session, viewer, right, before, fields, platform.today())
        if record.node != before.node:
            _require_node(session, viewer, record.node)
        return _write(session, viewer, noun, record, version, CHANGED, at)


def remove(platform: Platform, viewer: Viewer, noun: Noun, id: str, version: int) -> None:
    """Take a record away; its versions stay in the store.

    Raises NotFound, EditConflict, and NotAllowed, also for managers who'd remove themselves.
    """
    at = platform.now()
    with platform.database.writing() as session:
        _, right = _writable(session, viewer, noun, id, version)
        if right is Right.SELF:
            hint = "Ask an admin of your node."
            raise NotAllowed(f"You can't remove the {noun} {id!r}.", hint=hint)
        expected = {id: version}
        records.delete(session, noun, [id], actor=actor_of(viewer), at=at, expected=expected)
        note(session, actor_of(viewer), REMOVED, at, Subject(noun=noun, id=id))


def _new(session: Session, viewer: Viewer, noun: Noun, fields: Fields, on: date) -> Any:
    if enters_as_admin(viewer):
        return _for_node(session, viewer, noun, fields, on)
    account = require_entering(viewer, noun)
    if fields.get("id"):
        raise NotAllowed(
            "Only an admin chooses the id.", field="id", hint="Leave it out; one is made."
        )
    own = {"node": account.node, "owner": account.id}
    for name in own:
        if fields.get(name) not in (None, "", own[name]):
            hint = "Leave it out; it is yours."
            raise NotAllowed(f"{name} is for admins of the node to set.", field=name, hint=hint)
    return entered_record(noun, {**fields, **own, "id": _free_id(session, noun, on)}, on)


def _for_node(session: Session, viewer: Viewer, noun: Noun, fields: Fields, on: date) -> Any:
    """The record as an admin enters it, as their own unless they name somebody."""
    id_ = fields.get("id") or _free_id(session, noun, on)
    record = entered_record(noun, {**fields, "id": id_}, on)
    node = _require_node(session, viewer, record.node)
    _require_free_id(session, noun, record.id)
    ownerless = viewer.account is not None and getattr(record, "owner", None) == ""
    return replace(record, node=node, **({"owner": actor_of(viewer)} if ownerless else {}))


def _require_node(session: Session, viewer: Viewer, node: str) -> str:
    """The node that is meant, the admin's own by default. Raises InvalidValue, NotAllowed."""
    try:
        return admitted(session, viewer, node)
    except NotFound as error:
        raise InvalidValue(error.message, field="node", hint=error.hint) from error


def _free_id(session: Session, noun: Noun, on: date) -> str:
    while records.is_taken(session, noun, id_ := made_id(noun, on)):
        pass
    return id_


def _require_free_id(session: Session, noun: Noun, id: str) -> None:
    require_usable_id(id)
    if records.is_taken(session, noun, id):
        raise DuplicateId(f"The id {id!r} is taken.", field="id", hint="Choose another one.")


def _writable(
    session: Session, viewer: Viewer, noun: Noun, id: str, version: int
) -> tuple[Any, Right]:
    """The record and the right to it, in the version that was seen.

    What was merged into another record is changed under that one's id, lest a version of the one
    be taken for a version of the other.
    """
    stored = required(session, viewer, noun, id)
    right = right_over(viewer, noun, stored.record)
    if (stored.record.id, stored.version) != (id, version):
        raise EditConflict(
            f"The {noun} {id!r} isn't in the version that you name any more.",
            hint="Load it again, then repeat your change.",
            id=stored.record.id,
            version=stored.version,
        )
    return stored.record, right


def _write(
    session: Session,
    viewer: Viewer,
    noun: Noun,
    record: Any,
    version: int,
    verb: str,
    at: datetime,
) -> Stored[Any]:
    """Keep the record, with the event, and return it as the viewer may have it."""
    RecordShelf(noun).check(record)
    actor, expected = actor_of(viewer), {record.id: version}
    [done] = records.put(session, noun, [record], actor=actor, at=at, expected=expected)
    if done.effect is not Effect.UNCHANGED:
        note(session, actor, verb, at, Subject(noun=noun, id=record.id))
    stored = records.get_many(session, noun, [record.id])[record.id]
    return replace(stored, record=masked(session, viewer, stored.record))
