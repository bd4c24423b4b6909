"""Who is asking, for whoever is signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.own_account import change_own, change_own_password, own_account
from matcher.web.admin_shown import me_shown
from matcher.web.context import platform, viewer
from matcher.web.limits import heed_sign_in
from matcher.web.models.me import MeBody, MeShown, OwnPasswordBody
from matcher.web.part import part
from matcher.web.seen import problems

me = part("me", "Me")

_THERE = problems(HTTPStatus.NOT_FOUND)


@me.get("/me")
@me.output(MeShown)
@me.doc(operation_id="me", responses=_THERE)
def shown() -> dict[str, Any]:
    """Your account, and in which roles you act"""
    return me_shown(own_account(platform(), viewer()), viewer())


@me.patch("/me")
@me.input(MeBody, arg_name="body")
@me.output(MeShown)
@me.doc(operation_id="changeMe", responses=_THERE)
def change(body: MeBody) -> dict[str, Any]:
    """Change your name, the language of your pages, or where notices are mailed to"""
    changed = change_own(platform(), viewer(), **body.model_dump())
    return me_shown(changed, viewer())


@me.post("/me/password")
@me.input(OwnPasswordBody, arg_name="body")
@me.output({}, status_code=204)
@me.doc(operation_id="changeMyPassword", responses=_THERE)
def password(body: OwnPasswordBody) -> tuple[str, int]:
    """Change your password

    Who doesn't know the one there is asks an admin. Sessions on pages end, tokens go on.
    """
    heed_sign_in()
    change_own_password(platform(), viewer(), body.old, body.new)
    return "", HTTPStatus.NO_CONTENT
