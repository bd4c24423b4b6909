"""Expressions of interest: an enterprise would like to have an outcome, a manager sees to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.interest_answers import accept_interest, decline_interest, route_interest
from matcher.actions.interest_reading import SeenInterest, get_interest, list_interests
from matcher.actions.interests import express, withdraw
from matcher.domain.enums import Language
from matcher.web.context import platform, viewer
from matcher.web.idempotency import idempotent
from matcher.web.models.followups import LangParams
from matcher.web.models.interests import (
    DeclineInterestBody,
    InterestBody,
    InterestShown,
    InterestsParams,
    InterestsShown,
    SeenBody,
)
from matcher.web.part import part
from matcher.web.seen import CHANGING, Answered, problems, tagged, version_seen
from matcher.web.work_shown import interest_shown, interests_shown

interests = part("interests", "Interests")

_CREATING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def _language() -> Language:
    account = viewer().account
    return account.language if account else Language.ZH


def _told(found: SeenInterest, status: int = HTTPStatus.OK) -> Answered:
    return tagged(found.kept.version, interest_shown(found), status)


@interests.post("/interests")
@idempotent
@interests.input(InterestBody, arg_name="body")
@interests.output(InterestShown, status_code=201)
@interests.doc(operation_id="expressInterest", responses=_CREATING)
def expressed(body: InterestBody) -> Answered:
    """Say that you would like to have an outcome

    It goes to the technology manager who fits best and has room. You have one open interest in an
    outcome; saying it again answers with that.
    """
    found = express(
        platform(),
        viewer(),
        body.outcome,
        need=body.need,
        text=body.text,
        contact=body.contact,
        language=_language(),
    )
    return _told(found, HTTPStatus.CREATED)


@interests.get("/interests")
@interests.input(InterestsParams, location="query", arg_name="params")
@interests.output(InterestsShown)
@interests.doc(operation_id="interests")
def listed(params: InterestsParams) -> dict[str, Any]:
    """Interests that you may know of

    Your own; for a manager those they have; for an admin those of their node and below.
    """
    page = list_interests(
        platform(),
        viewer(),
        params.state,
        language=params.lang,
        limit=params.limit,
        cursor=params.cursor,
    )
    return interests_shown(page)


@interests.get("/interests/<id>")
@interests.input(LangParams, location="query", arg_name="params")
@interests.output(InterestShown)
@interests.doc(operation_id="interest")
def one(id: str, params: LangParams) -> Answered:
    """An interest"""
    return _told(get_interest(platform(), viewer(), id, params.lang))


@interests.post("/interests/<id>/accept")
@interests.input(SeenBody, arg_name="body")
@interests.output(InterestShown)
@interests.doc(operation_id="acceptInterest", responses=CHANGING)
def accept(id: str, body: SeenBody) -> Answered:
    """Take an interest up, and the follow-up of its pair"""
    version = version_seen(body.version)
    return _told(accept_interest(platform(), viewer(), id, version=version, language=_language()))


@interests.post("/interests/<id>/decline")
@interests.input(DeclineInterestBody, arg_name="body")
@interests.output({}, status_code=204)
@interests.doc(operation_id="declineInterest", responses=CHANGING)
def decline(id: str, body: DeclineInterestBody) -> tuple[str, int]:
    """Turn an interest down

    The next manager gets it; you know no more of it.
    """
    version = version_seen(body.version)
    decline_interest(platform(), viewer(), id, body.reason, body.why, version=version)
    return "", HTTPStatus.NO_CONTENT


@interests.post("/interests/<id>/withdraw")
@interests.input(SeenBody, arg_name="body")
@interests.output(InterestShown)
@interests.doc(operation_id="withdrawInterest", responses=CHANGING)
def taken_back(id: str, body: SeenBody) -> Answered:
    """Take your interest back"""
    version = version_seen(body.version)
    return _told(withdraw(platform(), viewer(), id, version=version, language=_language()))


@interests.post("/interests/<id>/route")
@interests.input(SeenBody, arg_name="body")
@interests.output(InterestShown)
@interests.doc(operation_id="routeInterest", responses=CHANGING)
def routed(id: str, body: SeenBody) -> Answered:
    """Look once more for a manager

    For an admin of its node, where it is unrouted.
    """
    found = route_interest(
        platform(), viewer(), id, version=version_seen(body.version), language=_language()
    )
    return _told(found)
