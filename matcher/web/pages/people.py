"""People: accounts of one's nodes, a page for each, new ones, and managers without an account."""

from __future__ import annotations

from flask import Response, request

from matcher.actions.named_records import offered, without_account
from matcher.actions.nodes import list_nodes
from matcher.actions.paged import paged
from matcher.actions.people import PeopleWish, Standing, find_people
from matcher.domain.account import LONGEST_LOGIN
from matcher.domain.enums import Role
from matcher.web.context import platform, viewer
from matcher.web.page import is_partial, page, page_part, say
from matcher.web.pages.adding import adding
from matcher.web.pages.find import RESTORING
from matcher.web.pages.person import person
from matcher.web.person_form import NAMED

SIZE = 50

people = page_part("people", Role.ADMIN)
people.register_blueprint(adding)
people.register_blueprint(person)


@people.get("/people")
def show() -> Response:
    """Everybody, or who suits; while somebody types the list alone."""
    wish, after = _wish(), request.args.get("after", "")
    found = find_people(platform(), viewer(), wish, say().language, after, SIZE)
    alone = is_partial() and RESTORING not in request.headers
    return page(
        "pages/people_list.html" if alone else "pages/people.html",
        found=found,
        wish=wish,
        after=after,
        asked={name: text for name, text in _asked(wish).items() if text},
        roles=tuple(Role),
        standings=tuple(Standing),
    )


@people.get("/people/managers")
def managers() -> Response:
    """Managers' records that nobody signs in as."""
    text, after = request.args.get("q", "").strip(), request.args.get("after", "")
    every = without_account(platform(), viewer(), text, say().language)
    found = paged(every, lambda one: one.id, after, SIZE)
    places = {one.node.id: one.node for one in list_nodes(platform())}
    return page("pages/people_managers.html", found=found, count=len(every), q=text, places=places)


@people.get("/people/names/<any(organisation, manager):field>")
def names(field: str) -> Response:
    """Names that hold what is being typed into a field."""
    typed = request.args.get(field, "")
    found = offered(platform(), viewer(), NAMED[field], typed, say().language) if typed else ()
    return page("pages/people_names.html", found=found)


def _wish() -> PeopleWish:
    role = next((one for one in Role if one.value == request.args.get("role")), None)
    standing = next((one for one in Standing if one.value == request.args.get("state")), None)
    return PeopleWish(request.args.get("q", "").strip()[:LONGEST_LOGIN], role, standing)


def _asked(wish: PeopleWish) -> dict[str, str]:
    """The wish as an address has it."""
    return {"q": wish.text, "role": wish.role or "", "state": wish.standing or ""}
