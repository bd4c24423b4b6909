"""A form that was sent when its session was over: what was typed comes back to be sent again.

The server keeps none of it. It goes into the answer under a signature, returns with the password,
and stands then in a form that its reader sends by hand, with the token of the new session. It is
given back to the account that typed it alone, and in the browser that sent it: else anybody could
have a form signed and lay it before somebody else.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from flask import Response, current_app, make_response, render_template, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

from matcher.web.say import Say
from matcher.web.session import FORM_TOKEN, whose_form

FIELD = "kept"
MOST = 400_000
"""Characters of a form that is given back; with it a request stays below what forms may have."""
LONGEST = timedelta(hours=12)
"""For how long it can be sent after all."""
_BROWSER = "kept"
"""What tells a browser from others stands under this name in its cookie."""
_SILENT = frozenset({"version", "key", "next", "seen"})
"""What a form holds that nobody typed."""
_KIND = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """path: where it goes, with its query; fields: names and texts in order; account: whose it is,
    by id."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account: str

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What somebody may want to look at before it is sent, by field."""
        return tuple(one for one in self.fields if one[1].strip() and one[0] not in _SILENT)


def sent_form() -> KeptForm | None:
    """The form that this request is; None for what isn't given back.

    That is what another site has sent, what isn't of a page that somebody was signed in on, what
    holds a password or a file, and what is too large.
    """
    small = (request.content_length or 0) <= MOST
    if request.method != "POST" or request.mimetype != _KIND or not small or not _from_here():
        return None
    fields = tuple((name, text) for name, texts in request.form.lists() for text in texts)
    account = whose_form(request.form.get(FORM_TOKEN, ""))
    if not account or any("password" in name.lower() for name, _ in fields):
        return None
    query = request.query_string.decode("ascii", "ignore")
    path = quote(request.path) + (f"?{query}" if query else "")
    return KeptForm(path, tuple(one for one in fields if one[0] != FORM_TOKEN), account)


def packed(kept: KeptForm | None) -> str:
    """The form as the text of one hidden field, good in the browser that gets this answer.

    "" where there is none, or it is too long.
    """
    if kept is None:
        return ""
    text = str(_signer().dumps([_browser(), kept.account, kept.path, kept.fields]))
    return text if len(text) <= MOST else ""


def unpacked(text: str) -> KeptForm | None:
    """The form again; None for what we didn't pack for this browser, or too long ago."""
    try:
        held = _signer().loads(text, max_age=int(LONGEST.total_seconds()))
    except BadData:
        return None
    browser, account, path, fields = held
    return KeptForm(path, _pairs(fields), account) if browser == session.get(_BROWSER) else None


def sending_again(kept: KeptForm | None, say: Say, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A page that shows what was typed and sends it when its reader says so; for None one that says
    that it couldn't be kept."""
    text = render_template("pages/kept_form.html", kept=kept, t=say, language=say.language)
    return make_response(text, status)


def _pairs(fields: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in fields)


def _from_here() -> bool:
    """Whether a page of ours has sent it. What says nothing of that is taken for another's."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _browser() -> str:
    """Stays the same for all forms that come before somebody signs in: they may have several."""
    if _BROWSER not in session:
        session[_BROWSER] = secrets.token_urlsafe(16)
    return str(session[_BROWSER])


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept form of an account")
