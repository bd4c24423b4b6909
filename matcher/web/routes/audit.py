"""What was done on the platform, and by whom, for admins."""

from __future__ import annotations

from typing import Any

from matcher.actions.audit_reading import Entry, list_events
from matcher.domain.event import Subject
from matcher.errors import InvalidValue
from matcher.web.context import platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.models.audit import AuditParams, EventsShown
from matcher.web.part import part

audit = part("audit", "Audit")

_PAGE = {"limit", "cursor"}


@audit.get("/audit")
@audit.input(AuditParams, location="query", arg_name="params")
@audit.output(EventsShown)
@audit.doc(operation_id="audit")
def listed(params: AuditParams) -> dict[str, Any]:
    """What was done, by whom and to what

    For admins, the newest first: events whose actor or one of whose subjects belongs to their
    nodes. Reading them is an event itself.
    """
    query = params.model_dump(mode="json", exclude=_PAGE)
    before = place_of(params.cursor, query, int)[0] if params.cursor else None
    page = list_events(
        platform(),
        viewer(),
        actor=params.actor,
        verbs=params.verb,
        subject=_subject(params),
        since=params.since,
        until=params.until,
        before=before,
        limit=params.limit,
    )
    after = None if page.next is None else cursor(query, page.next)
    return {"items": [_shown(entry) for entry in page.rows], "next_cursor": after}


def _subject(params: AuditParams) -> Subject | None:
    if (params.noun is None) != (not params.id):
        raise InvalidValue("noun and id go together.", field="id", hint="Name both or neither.")
    return None if params.noun is None else Subject(noun=params.noun, id=params.id)


def _shown(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "seq": entry.seq,
        "at": event.at,
        "actor": event.actor,
        "login": entry.login or None,
        "verb": event.verb,
        "subjects": [{"noun": one.noun, "id": one.id} for one in event.subjects],
    }
