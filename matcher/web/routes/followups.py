"""Follow-ups: listed, read, carried on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.followup_reading import get_followup, page_followups
from matcher.actions.followups import move, note, set_contract
from matcher.domain.enums import Language
from matcher.store.followups import Kept
from matcher.web.context import platform, viewer
from matcher.web.models.followups import (
    ContractBody,
    FollowUpsParams,
    FollowUpsShown,
    FollowUpWhole,
    LangParams,
    NoteBody,
    TransitionBody,
)
from matcher.web.part import part
from matcher.web.seen import CHANGING, Answered, problems, tagged, version_seen
from matcher.web.work_shown import followups_shown, whole_followup_shown

followups = part("followups", "Follow-ups")


def changed(kept: Kept) -> Answered:
    """What a follow-up has become, with titles in the language of the account."""
    account = viewer().account
    language = account.language if account else Language.ZH
    return _read(kept.followup.id, language)


def _read(id: str, language: Language) -> Answered:
    found = get_followup(platform(), viewer(), id, language)
    return tagged(found.kept.version, whole_followup_shown(found))


@followups.get("/followups")
@followups.input(FollowUpsParams, location="query", arg_name="params")
@followups.output(FollowUpsShown)
@followups.doc(operation_id="followups", responses=problems(HTTPStatus.NOT_FOUND))
def listed(params: FollowUpsParams) -> dict[str, Any]:
    """Follow-ups that you may know of

    A manager's own, and for admins those of their node and below.
    """
    page = page_followups(
        platform(),
        viewer(),
        params.manager,
        params.state,
        language=params.lang,
        limit=params.limit,
        cursor=params.cursor,
    )
    return followups_shown(page)


@followups.get("/followups/<id>")
@followups.input(LangParams, location="query", arg_name="params")
@followups.output(FollowUpWhole)
@followups.doc(operation_id="followup")
def one(id: str, params: LangParams) -> Answered:
    """A follow-up with its history, notes and contract"""
    return _read(id, params.lang)


@followups.post("/followups/<id>/transitions")
@followups.input(TransitionBody, arg_name="body")
@followups.output(FollowUpWhole)
@followups.doc(operation_id="moveFollowup", responses=CHANGING)
def transitions(id: str, body: TransitionBody) -> Answered:
    """Take a follow-up to its next state, or reopen it"""
    kept = move(
        platform(),
        viewer(),
        id,
        body.to,
        why=body.why,
        reason=body.reason,
        until=body.until,
        of=body.of,
        contract=body.contract.made() if body.contract else None,
        version=version_seen(body.version),
    )
    return changed(kept)


@followups.post("/followups/<id>/notes")
@followups.input(NoteBody, arg_name="body")
@followups.output(FollowUpWhole)
@followups.doc(operation_id="noteFollowup", responses=CHANGING)
def notes(id: str, body: NoteBody) -> Answered:
    """Write down what happened, and what is to be done next"""
    kept = note(
        platform(),
        viewer(),
        id,
        body.text,
        next_action=body.next_action,
        due_on=body.due_on,
        version=version_seen(body.version),
    )
    return changed(kept)


@followups.put("/followups/<id>/contract")
@followups.input(ContractBody, arg_name="body")
@followups.output(FollowUpWhole)
@followups.doc(operation_id="setContract", responses=CHANGING)
def contract(id: str, body: ContractBody) -> Answered:
    """Replace the contract sheet of a follow-up"""
    version = version_seen(body.version)
    return changed(set_contract(platform(), viewer(), id, body.made(), version=version))
