"""Saved searches: keeping what one looks for, and opening it again for what is new."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, g, request, url_for

from matcher.actions import saved_searches
from matcher.domain.enums import Noun
from matcher.domain.saved_search import LONGEST_NAME, SavedSearch
from matcher.errors import (
    BrokenBundle,
    EncoderUnavailable,
    InvalidValue,
    NoModel,
    NotFound,
    UsageError,
    WrongSchema,
)
from matcher.web.context import platform, viewer
from matcher.web.faults import Fault
from matcher.web.lookup import lookup_of
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.pages.find import NEW, SAVED, sees_needs
from matcher.web.saved_search import SavedShown, lookup_of_search, name_for, saved_shown

searches = page_part("searches")


@searches.get("/find/searches")
def show() -> Response:
    """The reader's searches with what is new in them; for Find, which asks later, a part of it."""
    return page("pages/searches_beside.html" if is_partial() else "pages/searches.html", **_shown())


@searches.get("/find/searches/<id>")
def open_(id: str) -> Response:
    """Find with what is new marked, which is known from now on where the reader asked for it."""
    search = saved_searches.saved_search(platform(), viewer(), id)
    if not _usable(search):
        raise NotFound("There is no such page.", hint="Look for outcomes.")
    if _is_looking():
        fresh = saved_searches.looked(platform(), viewer(), id)
    else:
        fresh = saved_searches.fresh_of(platform(), viewer(), search)
    return gone(lookup_of_search(search).address(**{SAVED: id, NEW: fresh}))


@searches.post("/find/searches")
def saved() -> Response:
    """Keep what the page looked for."""
    lookup, _ = lookup_of(request.form)
    name = request.form.get("name", "").strip() or name_for(lookup, say())
    try:
        search = saved_searches.save(
            platform(), viewer(), name, lookup.noun, lookup.text, lookup.filters
        )
    except (InvalidValue, UsageError) as error:
        return _refused(error)
    if not is_partial():
        return gone(lookup.address(**{SAVED: search.id}))
    return page("pages/searches_saved.html", saved=search)


@searches.post("/find/searches/<id>/name")
def renamed(id: str) -> Response:
    """Call it otherwise."""
    try:
        saved_searches.rename(platform(), viewer(), id, request.form.get("name", ""))
    except InvalidValue as error:
        return _refused(error)
    return _changed(say()("已改名", "Renamed"))


@searches.post("/find/searches/<id>/forget")
def forgotten(id: str) -> Response:
    """Delete it."""
    saved_searches.forget(platform(), viewer(), id)
    return _changed(say()("已删除", "Deleted"))


def _changed(told: str) -> Response:
    """The list as it is now."""
    if not is_partial():
        return gone(url_for("page.searches.show"))
    return page("pages/searches_changed.html", told=told, **_shown())


def _shown() -> dict[str, Any]:
    rows = [_row(one) for one in saved_searches.saved_searches(platform(), viewer())]
    return {"rows": rows, "fresh": sum(one.fresh for one in rows), "longest": LONGEST_NAME}


def _row(search: SavedSearch) -> SavedShown:
    """One that nothing can be looked for with takes no other away."""
    t = say()
    if not _usable(search):
        why = t("您现在的角色不查找需求", "you don’t look for needs in your role")
        return saved_shown(search, 0, t, why)
    try:
        fresh = saved_searches.fresh_of(platform(), viewer(), search)
    except (WrongSchema, UsageError, NoModel, BrokenBundle, EncoderUnavailable):
        fresh = ()
    return saved_shown(search, len(fresh), t)


def _is_looking() -> bool:
    """Whether somebody opens the page from one of ours or by its address.

    Not where a browser fetches it beforehand, or another site leads here: that alone mustn't take
    the marks away.
    """
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose", "")
    from_here = request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
    return from_here and request.method == "GET" and not purpose.startswith("prefetch")


def _usable(search: SavedSearch) -> bool:
    """Whether Find shows the reader what it looks for; roles change."""
    return search.noun is not Noun.NEED or sees_needs()


def _refused(error: InvalidValue | UsageError) -> Response:
    """Why it wasn't kept, in words; what was typed stays on the page."""
    fault = _fault(error)
    name = "pages/fault_part.html" if is_partial() else "pages/fault.html"
    return page(name, fault.status, fault=fault, request_id=g.request_id)


def _fault(error: InvalidValue | UsageError) -> Fault:
    t = say()
    if isinstance(error, UsageError):
        title = t("已保存 {n} 项查找", "You have saved {n} searches", n=saved_searches.MOST)
        return Fault(HTTPStatus.CONFLICT, title, t("请先删除一些。", "Delete some of them first."))
    if error.where.get("field") != "name":
        raise error
    title = t("这个名称不能用", "This name can’t be used")
    advice = t(
        "您已有同名的查找，或名称为空、超过 {n} 个字。请换一个。",
        "You have a search of that name, or it is empty or too long (up to {n} letters).",
        n=LONGEST_NAME,
    )
    return Fault(HTTPStatus.UNPROCESSABLE_ENTITY, title, advice)
