"""The tree of nodes: what belongs to each, adding one, naming one anew."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request, url_for

from matcher.actions.authority import is_admin
from matcher.actions.node_counts import count_nodes
from matcher.actions.nodes import add_node, list_nodes, rename_node
from matcher.domain.enums import NodeKind, Role
from matcher.domain.node import Node
from matcher.errors import EditConflict, InputError, InvalidValue, NotFound
from matcher.web.context import platform, viewer
from matcher.web.page import gone, page, page_part, say
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

LONGEST = 200
_ID = 60
_NAMES = ("name", "name_en")
_LABELS = {
    "id": ("编号", "Id"),
    "name": ("中文名称", "Name in Chinese"),
    "name_en": ("英文名称", "Name in English"),
    "parent": ("上级", "Below"),
}

nodes = page_part("nodes", Role.ADMIN)


@nodes.get("/nodes")
def show() -> Response:
    """All nodes; what is counted and changed are those of the admin."""
    return _shown()


@nodes.post("/nodes")
def add() -> Response:
    """Add a node below one of the admin's. Its id is taken once, so that it isn't added twice."""
    typed = _sent()
    try:
        _require_room(typed)
        add_node(platform(), viewer(), _node(typed))
    except (InputError, NotFound) as error:
        return _shown(_typed("new", typed, error))
    return gone(url_for("page.nodes.show", done="added", _anchor=f"node-{typed['id']}"))


@nodes.post("/nodes/<path:id>")
def rename(id: str) -> Response:
    """Name a node anew, as far as the names were typed otherwise than they were shown."""
    typed = _sent()
    try:
        _require_room(typed)
        if not (typed.get("name") or typed.get("name_en")):
            raise InvalidValue("It has no name.", field="name", hint="Write one.")
        _require_seen(id, typed)
        rename_node(platform(), viewer(), id, **_changes(typed))
    except (InputError, EditConflict) as error:
        return _shown(_typed(id, typed, error))
    return gone(url_for("page.nodes.show", done="renamed", _anchor=f"node-{id}"))


def _sent() -> dict[str, str]:
    return {name: text.strip() for name, text in request.form.items()}


def _require_room(typed: Mapping[str, str]) -> None:
    """Raises InvalidValue."""
    for name, most in (("id", _ID), ("name", LONGEST), ("name_en", LONGEST)):
        if len(typed.get(name, "")) > most:
            message = f"{len(typed[name]):,} characters are too many."
            raise InvalidValue(message, field=name, hint=f"Write up to {most} characters.")


def _changes(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed[name] for name in _NAMES if typed.get(name, "") != _before(typed, name)}


def _before(typed: Mapping[str, str], name: str) -> str:
    """What the form showed."""
    return typed.get(f"{name}_before", "")


def _require_seen(id: str, typed: Mapping[str, str]) -> None:
    """Raise EditConflict where somebody else has changed a name that is to be changed."""
    now = next((one.node for one in list_nodes(platform()) if one.node.id == id), None)
    if now is None or not is_admin(viewer(), id):
        # Which of the two it is, the action says.
        return
    for name in _changes(typed):
        if getattr(now, name).strip() != _before(typed, name):
            message = f"Somebody else gave the node {id} another name."
            raise EditConflict(message, hint="Look at it, then name it anew.")


def _node(typed: dict[str, str]) -> Node:
    """Raises InvalidValue."""
    return Node(
        id=typed.get("id", ""),
        name=typed.get("name", ""),
        name_en=typed.get("name_en", ""),
        kind=NodeKind.parse(typed.get("kind", "")),
        parent=typed.get("parent", ""),
    )


def _typed(form: str, typed: dict[str, str], error: InputError | NotFound | EditConflict) -> Typed:
    labels = {name: say()(*words) for name, words in _LABELS.items()}
    return typed_again(form, typed, error, say(), labels=labels)


def _shown(typed: Typed = NOTHING_TYPED) -> Response:
    placed = list_nodes(platform())
    return page(
        "pages/nodes.html",
        typed.status,
        placed=placed,
        counts=count_nodes(platform(), viewer()),
        theirs=[one for one in placed if is_admin(viewer(), one.node.id)],
        kinds=[kind for kind in NodeKind if kind is not NodeKind.CORE],
        typed=typed,
        done=request.args.get("done", ""),
        longest=LONGEST,
        longest_id=_ID,
    )
