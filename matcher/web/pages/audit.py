"""What was done on the platform, by whom and to what."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from matcher.actions.audit_reading import EventPage, list_events
from matcher.actions.chain_check import check_chain
from matcher.actions.subject_names import subject_names
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.errors import InvalidValue, NotAllowed
from matcher.web.context import platform, viewer
from matcher.web.deed_wish import DeedWish, deed_wish, typed_wish
from matcher.web.deed_words import DeedKind, verbs_of
from matcher.web.deeds import deeds_by_day, subject_told
from matcher.web.page import is_partial, page, page_part, say
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

SIZE = 50
FORM = "deeds"
_LABELS = {
    "about": ("关于", "About"),
    "since": ("从", "From"),
    "until": ("到", "Until"),
}

audit = page_part("audit", Role.ADMIN)


@audit.get("/audit")
def show() -> Response:
    """The newest first, of those that are asked for. That somebody looks is written down, too."""
    typed, wish = NOTHING_TYPED, DeedWish()
    try:
        wish = deed_wish(request.args)
    except InvalidValue as error:
        labels = {name: say()(*words) for name, words in _LABELS.items()}
        typed = typed_again(FORM, typed_wish(request.args), error, say(), labels=labels)
    found = _found(wish) if not typed.form else EventPage(())
    return page("pages/audit.html", typed.status, **_shown(wish, found, typed))


@audit.get("/audit/seals")
def seals() -> Response:
    """Whether all is as it was written."""
    try:
        found = check_chain(platform(), viewer())
    except NotAllowed:
        found = None
    template = "pages/audit_seals.html" if is_partial() else "pages/audit_sealed.html"
    return page(template, found=found)


def _found(wish: DeedWish) -> EventPage:
    return list_events(
        platform(),
        viewer(),
        actor=wish.who,
        verbs=verbs_of(wish.kind) if wish.kind else (),
        subject=wish.about,
        since=wish.since,
        until=wish.until,
        before=wish.before,
        limit=SIZE,
    )


def _shown(wish: DeedWish, found: EventPage, typed: Typed) -> dict[str, Any]:
    subjects = {one for entry in found.rows for one in entry.event.subjects}
    actors = {Subject(noun=Noun.ACCOUNT, id=entry.event.actor) for entry in found.rows}
    about = {wish.about} if wish.about else set()
    names = subject_names(platform(), viewer(), subjects | actors, say().language)
    asked = typed_wish(request.args)
    return {
        "days": deeds_by_day(found.rows, names, say()),
        "next": found.next,
        "asked": asked,
        "query": {name: text for name, text in asked.items() if text},
        "earlier": wish.before is not None,
        "kinds": tuple(DeedKind),
        "about": [subject_told(one, names, say()) for one in about],
        "typed": typed,
    }
