"""What the form of an account lets choose from: roles, languages, the nodes of who fills it in."""

from __future__ import annotations

from typing import Any

from matcher.actions.authority import is_admin
from matcher.actions.nodes import Placed, list_nodes
from matcher.actions.platform import Platform
from matcher.domain.account import LONGEST_LOGIN
from matcher.domain.enums import Language, Role
from matcher.domain.message import LONGEST_ADDRESS
from matcher.domain.visibility import Viewer
from matcher.errors import MatcherError
from matcher.web.person_form import LONGEST_NAME, NAMED, PICKED, labels
from matcher.web.say import Say


def person_choices(
    platform: Platform, viewer: Viewer, say: Say, error: MatcherError | None = None
) -> dict[str, Any]:
    """For the template of the fields. error: of the form that was sent, which may offer records of
    one name to choose from."""
    field = str(error.where.get("field") or "") if error else ""
    return {
        "labels": labels(say),
        "roles": tuple(Role),
        "languages": tuple(Language),
        "nodes": nodes_of(platform, viewer),
        "named": tuple(NAMED),
        "picked": PICKED,
        "offered": {field: error.values.get("offered", ())} if error and field in NAMED else {},
        "longest_login": LONGEST_LOGIN,
        "longest_name": LONGEST_NAME,
        "longest_email": LONGEST_ADDRESS,
    }


def nodes_of(platform: Platform, viewer: Viewer) -> tuple[Placed, ...]:
    """Those that the viewer is an admin of, in the order of the tree."""
    return tuple(one for one in list_nodes(platform) if is_admin(viewer, one.node.id))
