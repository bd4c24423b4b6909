"""Interests: an enterprise's own, and those that a manager has to answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, make_response, request, url_for

from matcher.actions.contact import Contact, askers
from matcher.actions.editing_rights import may_change
from matcher.actions.interest_answers import accept_interest, decline_interest, route_interest
from matcher.actions.interest_askers import asker_names
from matcher.actions.interest_needs import UNSEEN, name_need
from matcher.actions.interest_reading import InterestPage, SeenInterest, list_interests
from matcher.actions.interest_unrouted import why_unrouted
from matcher.actions.interests import express, withdraw
from matcher.actions.own_needs import OwnNeed, own_needs
from matcher.actions.reading import get
from matcher.domain.enums import DeclineReason, Noun, Role
from matcher.domain.interest import LONGEST_CONTACT, LONGEST_TEXT
from matcher.errors import NotAllowed
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.fragment import fragment_of
from matcher.web.interest import InterestShown, interest_shown
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.result import address_of

SIZE = 30
SEEN = "seen"
READERS = (Role.ENTERPRISE, Role.MANAGER, Role.ADMIN)

interests = page_part("interests", *READERS)


@interests.get("/interests")
def show() -> Response:
    """Those of the reader, the newest first."""
    found = _page(request.args.get("cursor", ""))
    return page("pages/interests.html", **_shown(found))


@interests.get("/interests/now")
@fragment_of("page.interests.show")
def now() -> Response:
    """The same as they are now, for a page that is open; nothing where it shows that already."""
    shown = _shown(_page(""))
    if request.args.get(SEEN) == shown[SEEN]:
        return make_response("", HTTPStatus.NO_CONTENT)
    return page("pages/interests_list.html", **shown)


@interests.get("/interests/why")
@fragment_of("page.interests.show")
def why() -> Response:
    """Why nobody has one, for the admins of its node."""
    found = why_unrouted(platform(), viewer(), request.args.get("of", ""), say().language)
    return page("pages/interest_why.html", why=found)


@interests.post("/interests")
def expressed() -> Response:
    """Say that one would like to have an outcome; said twice, it is said once."""
    outcome = request.form.get("outcome", "")
    found = express(
        platform(),
        viewer(),
        outcome,
        need=request.form.get("need", ""),
        text=request.form.get("text", "")[: LONGEST_TEXT + 1],
        contact=request.form.get("contact", "")[: LONGEST_CONTACT + 1],
        language=say().language,
    )
    if not is_partial():
        return gone(url_for("page.record.outcome", id=outcome, _anchor="interest"))
    return page("pages/interest_form.html", interest=interest_shown(found, viewer(), say()))


@interests.post("/interests/<id>/accept")
def accept(id: str) -> Response:
    """Take it up."""
    accept_interest(platform(), viewer(), id, version=version_of(request.form))
    return _answered()


@interests.post("/interests/<id>/decline")
def decline(id: str) -> Response:
    """Turn it down, with the reason that was chosen; the next manager gets it."""
    reason = DeclineReason.parse(request.form.get("reason", ""))
    why = request.form.get("why", "")
    decline_interest(platform(), viewer(), id, reason, why, version=version_of(request.form))
    return _answered()


@interests.post("/interests/<id>/need")
def need_named(id: str) -> Response:
    """Say which need one's own is for, so that it can be followed up."""
    version, need = version_of(request.form), request.form.get("need", "")
    try:
        name_need(platform(), viewer(), id, need, version=version)
    except NotAllowed as error:
        if error.values.get("reason") != UNSEEN:
            raise
        return _unseen(need)
    return _answered()


@interests.post("/interests/<id>/withdraw")
def taken_back(id: str) -> Response:
    """Take one's own back."""
    withdraw(platform(), viewer(), id, version=version_of(request.form))
    return _answered()


@interests.post("/interests/<id>/route")
def routed(id: str) -> Response:
    """Look once more for a manager, as an admin of its node."""
    route_interest(platform(), viewer(), id, version=version_of(request.form))
    return _answered()


def _unseen(id: str) -> Response:
    """What to do about a need that the manager may not know of, and where."""
    need = get(platform(), viewer(), Noun.NEED, id).record
    own = may_change(viewer(), Noun.NEED, need)
    where = url_for("page.needs.edit", id=need.id) if own else address_of(Noun.NEED, need.id)
    name = "pages/need_unseen_part.html" if is_partial() else "pages/need_unseen.html"
    return page(name, HTTPStatus.FORBIDDEN, where=where)


def _answered() -> Response:
    """The list as it is now."""
    if not is_partial():
        return gone(url_for("page.interests.show"))
    return page("pages/interests_list.html", **_shown(_page("")))


def _page(after: str) -> InterestPage:
    return list_interests(platform(), viewer(), language=say().language, limit=SIZE, cursor=after)


def _shown(found: InterestPage) -> dict[str, Any]:
    names = asker_names(platform(), viewer(), found.rows, say().language)
    people = askers(platform(), viewer(), found.rows, say().language)
    rows = [_row(one, names, people.get(one.kept.interest.id)) for one in found.rows]
    needs = _needs(rows)
    return {
        "rows": rows,
        "more": found.next,
        "reasons": [one for one in DeclineReason if one is not DeclineReason.OTHER],
        "needs": needs,
        "waiting": sum(one.mine and one.waits for one in rows),
        SEEN: _digest(rows, needs),
    }


def _row(found: SeenInterest, names: Mapping[str, str], person: Contact | None) -> InterestShown:
    asker = names.get(found.kept.interest.account, "")
    return interest_shown(found, viewer(), say(), asker, person)


def _needs(rows: Sequence[InterestShown]) -> tuple[OwnNeed, ...]:
    """What the reader may name for those that lack a need."""
    if not any(one.own and one.lacks_need for one in rows):
        return ()
    return own_needs(platform(), viewer(), say().language)


def _digest(rows: Sequence[InterestShown], needs: Sequence[OwnNeed]) -> str:
    """Changes with anything that is shown."""
    return hashlib.sha256(repr((rows, needs)).encode()).hexdigest()[:16]
