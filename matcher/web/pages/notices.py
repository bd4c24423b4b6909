"""Notices: what is new for the reader, and where to see to it."""

from __future__ import annotations

from flask import Response, request, url_for

from matcher.actions.notice_places import place_of
from matcher.actions.notice_reading import list_notices, open_notice, read_notices
from matcher.errors import InvalidValue
from matcher.web.context import platform, viewer
from matcher.web.notice_shown import days_shown
from matcher.web.page import account, gone, page, page_part, say

SIZE = 50
_LONGEST = 18
"""Digits of a number that every database holds."""

notices = page_part("notices")


@notices.get("/notices")
def show() -> Response:
    """The reader's own, the newest first."""
    before = _number(request.args.get("before", "") or "0")
    found = list_notices(platform(), viewer(), say().language, before=before, limit=SIZE)
    return page(
        "pages/notices.html",
        days=days_shown(found.rows, say()),
        more=found.next,
        last=found.last,
        can_read=not before and (bool(found.next) or any(not one.is_read for one in found.rows)),
        email=account().email,
        by_mail=bool(platform().settings.smtp_host),
    )


@notices.post(f"/notices/<int(max={10**_LONGEST - 1}):seq>")
def open_(seq: int) -> Response:
    """Go where one sees to it; it is read by that."""
    found = open_notice(platform(), viewer(), seq, say().language)
    return gone(place_of(found, account().roles))


@notices.post("/notices/read")
def read() -> Response:
    """Mark all as read that the page has shown; what came since stays new."""
    read_notices(platform(), viewer(), _number(request.form.get("last", "")))
    return gone(url_for("page.notices.show"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST):
        raise InvalidValue("That is no number of a notice.", field="before", hint="Start anew.")
    return int(text)
