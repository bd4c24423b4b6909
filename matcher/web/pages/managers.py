"""Managers' records: a list for admins, and a form for them and for the managers themselves."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from matcher.actions.authority import is_admin
from matcher.actions.editing import change, create
from matcher.actions.editing_rights import Right, right_over
from matcher.actions.manager_list import ManagerLine, ManagerWish, manager_list
from matcher.actions.nodes import list_nodes
from matcher.actions.reading import get, get_open
from matcher.domain.enums import Grade, Noun, Role
from matcher.domain.manager import Manager
from matcher.errors import EditConflict, InvalidValue
from matcher.store.stored import Stored
from matcher.taxonomy import taxonomy
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.manager_form import (
    LONGEST,
    NEW_DEALS,
    SHORT,
    fields_for,
    manager_values,
    told_manager,
    typed_manager,
)
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, page, page_part, say
from matcher.web.page_number import page_number
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

SIZE = 50
FORM = "manager"
_AREA = len("0101")
_YES_NO: Mapping[str, bool] = {"yes": True, "no": False}
_BLANK = Manager(id="new")

managers = page_part("managers", Role.ADMIN)
profile = page_part("profile", Role.MANAGER)


@managers.get("/managers")
def show() -> Response:
    """Those of the admin's nodes, with how much each carries."""
    asked = {name: request.args.get(name, "")[:200] for name in ("q", "field", "active", "account")}
    wish = ManagerWish(
        text=asked["q"],
        field=asked["field"],
        active=_YES_NO.get(asked["active"]),
        account=_YES_NO.get(asked["account"]),
    )
    found, number = (
        manager_list(platform(), viewer(), wish, say().language),
        page_number(request.args.get("page", "")),
    )
    return page(
        "pages/managers.html",
        lines=found[SIZE * (number - 1) : SIZE * number],
        count=len(found),
        number=number,
        more=len(found) > SIZE * number,
        asked=asked,
        query={name: text for name, text in asked.items() if text},
        fields=[one for one in taxonomy("fields").values() if len(one.code) <= _AREA],
        full=_is_full,
    )


@managers.get("/managers/new")
def begin() -> Response:
    """An empty form."""
    return _form(None, {**manager_values(_BLANK, say()), "node": account().node})


@managers.post("/managers/new")
def enter() -> Response:
    """Enter a manager."""
    typed, made = typed_manager(request.form), list[str]()

    def act() -> None:
        fields = told_manager(typed, manager_values(_BLANK, say()), (), vouching=True)
        made.append(create(platform(), viewer(), Noun.MANAGER, fields).record.id)

    try:
        _require_name(typed)
        once(act)
    except InvalidValue as error:
        return _form(None, typed, typed_again(FORM, typed, error, say(), labels=_labels()))
    # Sent twice, the second doesn't learn which one it was.
    return gone(url_for("page.managers.show", q=typed["name"] or typed["name_en"]))


@managers.get("/managers/edit/<path:id>")
def edit(id: str) -> Response:
    """The form of one."""
    stored = _writable(id)
    if stored.record.id != id:
        return gone(_address(stored))
    return _of(stored)


@managers.post("/managers/edit/<path:id>")
def save(id: str) -> Response:
    """Keep what the form says, of the record as it was when the form was made."""
    stored = _writable(id)
    return _saved(stored, id, f"{_address(stored)}?saved=yes")


@profile.get("/profile")
def own() -> Response:
    """The form of who reads."""
    if not account().manager:
        return page("pages/today_nobody.html")
    if (merged := _merged_away()) is not None:
        return merged
    return _of(_writable(account().manager))


@profile.post("/profile")
def save_own() -> Response:
    """Keep what managers say of themselves."""
    if (merged := _merged_away()) is not None:
        return merged
    id_ = account().manager
    return _saved(_writable(id_), id_, url_for("page.profile.own", saved="yes"))


def _merged_away() -> Response | None:
    """The page for whose record was merged into one that their account isn't tied to."""
    stored = get_open(platform(), viewer(), Noun.MANAGER, account().manager)
    if stored.record.id == account().manager:
        return None
    return page("pages/profile_merged.html", HTTPStatus.CONFLICT)


def _saved(stored: Stored[Any], id: str, then: str) -> Response:
    typed, now = typed_manager(request.form), manager_values(stored.record, say())
    try:
        version = version_of(request.form)
        deals = stored.record.deals if stored.version == version else ()
        fields = told_manager(typed, now, deals, vouching=_vouching(stored))
        if _vouching(stored) and (now["name"] or now["name_en"]):
            _require_name(typed)
        change(platform(), viewer(), Noun.MANAGER, id, fields, version)
    except (InvalidValue, EditConflict) as error:
        # It may have been changed between the two.
        stored = _writable(id)
        now = manager_values(stored.record, say())
        shown = {**now, **typed} if _vouching(stored) else {**typed, **_vouched(now)}
        if isinstance(error, EditConflict):
            # Which deal a tick stands for isn't known any more.
            shown = {name: text for name, text in shown.items() if not name.startswith("drop_")}
        again = typed_again(FORM, shown, error, say(), labels=_labels(), now={**shown, **now})
        return _form(stored, shown, again)
    return gone(then)


def _of(stored: Stored[Any]) -> Response:
    return _form(stored, manager_values(stored.record, say()))


def _form(
    stored: Stored[Any] | None, values: Mapping[str, str], typed: Typed = NOTHING_TYPED
) -> Response:
    vouching = stored is None or _vouching(stored)
    own = stored is not None and stored.record.id == account().manager
    return page(
        "pages/manager_form.html",
        typed.status,
        stored=stored,
        action=request.path if stored is None or own else _address(stored),
        own=own,
        fields=fields_for(vouching=vouching),
        vouching=vouching,
        values=values,
        typed=typed,
        key=None if stored else new_key(),
        grades=tuple(Grade),
        nodes=[one for one in list_nodes(platform()) if is_admin(viewer(), one.node.id)],
        new_deals=range(NEW_DEALS),
        longest=LONGEST,
        short=SHORT,
        codes={name: _names(name) for name in ("fields", "regions", "industries")},
        saved=request.args.get("saved") == "yes" and not typed.form,
    )


def _writable(id: str) -> Stored[Any]:
    """The record, where the reader may write it. Raises NotFound, NotAllowed."""
    stored = get(platform(), viewer(), Noun.MANAGER, id)
    right_over(viewer(), Noun.MANAGER, stored.record)
    return stored


def _address(stored: Stored[Any]) -> str:
    return url_for("page.managers.edit", id=stored.record.id)


def _require_name(typed: Mapping[str, str]) -> None:
    if not (typed["name"] or typed["name_en"]):
        raise InvalidValue("They have no name.", field="name", hint="Write one.")


def _vouching(stored: Stored[Any]) -> bool:
    return right_over(viewer(), Noun.MANAGER, stored.record) is Right.ADMIN


def _vouched(now: Mapping[str, str]) -> dict[str, str]:
    """What a manager's own form has no room for."""
    theirs = {one.name for one in fields_for(vouching=False)}
    return {name: text for name, text in now.items() if name not in theirs}


def _labels() -> dict[str, str]:
    return {one.name: say()(*one.label) for one in fields_for(vouching=True)}


def _names(codes: str) -> list[str]:
    """What is offered while one types: areas, provinces."""
    tops = (one for one in taxonomy(codes).values() if not one.parent)
    names = ((one.code, one.label(say().language)) for one in tops)
    return [f"{code} {name}" if codes == "industries" else name for code, name in names]


def _is_full(line: ManagerLine) -> bool:
    return line.capacity is not None and line.taken >= line.capacity
