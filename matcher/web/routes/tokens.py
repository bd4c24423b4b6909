"""API tokens of accounts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.tokens import make_token, page_tokens, revoke_token
from matcher.web.admin_shown import listed, token_shown
from matcher.web.context import platform, signed_in_until, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.models.tokens import TokenBody, TokenMade, TokensParams, TokensShown
from matcher.web.part import part
from matcher.web.seen import problems

tokens = part("tokens", "Tokens")

_THERE = problems(HTTPStatus.NOT_FOUND)


@tokens.get("/tokens")
@tokens.input(TokensParams, location="query", arg_name="params")
@tokens.output(TokensShown)
@tokens.doc(operation_id="tokens", responses=_THERE)
def every(params: TokensParams) -> dict[str, Any]:
    """Tokens of accounts that you may know of

    Those that are over too; without their secrets.
    """
    query = {"of": "tokens", "login": params.login}
    [after] = place_of(params.cursor, query, str) if params.cursor else [""]
    page = page_tokens(platform(), viewer(), params.login or None, after, params.limit)
    return listed(page.rows, token_shown, page.next and cursor(query, page.next))


@tokens.post("/tokens")
@tokens.input(TokenBody, arg_name="body")
@tokens.output(TokenMade, status_code=201)
@tokens.doc(operation_id="addToken", responses=_THERE)
def add(body: TokenBody) -> dict[str, Any]:
    """Make a token

    Its secret is in this answer and nowhere else. Who acts in one role gets a token for that one
    alone, and who acts by a token none that lasts longer.
    """
    told = (body.login, body.name, body.role, body.days)
    held, secret = make_token(platform(), viewer(), *told, until=signed_in_until())
    return {**token_shown(held), "secret": secret}


@tokens.delete("/tokens/<id>")
@tokens.output({}, status_code=204)
@tokens.doc(operation_id="revokeToken")
def revoke(id: str) -> tuple[str, int]:
    """End a token for good

    One that is over stays so.
    """
    revoke_token(platform(), viewer(), id)
    return "", HTTPStatus.NO_CONTENT
