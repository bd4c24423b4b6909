"""A manager's day: the worklist, and what they decide on its pairs."""

from __future__ import annotations

from typing import Any

from matcher.actions.decisions import Decision, decide, undo
from matcher.actions.suggestion_id import read_suggestion_id
from matcher.actions.worklist import worklist as pairs_of_the_day
from matcher.web.context import platform, viewer
from matcher.web.models.followups import FollowUpWhole
from matcher.web.models.worklist import (
    AcceptBody,
    DecisionBody,
    DeclineBody,
    SnoozeBody,
    UndoBody,
    WorklistParams,
    WorklistShown,
)
from matcher.web.part import part
from matcher.web.routes.followups import changed
from matcher.web.seen import CHANGING, Answered, version_seen
from matcher.web.work_shown import worklist_shown

worklist = part("worklist", "Worklist")


@worklist.get("/managers/<id>/worklist")
@worklist.input(WorklistParams, location="query", arg_name="params")
@worklist.output(WorklistShown)
@worklist.doc(operation_id="worklist")
def pairs(id: str, params: WorklistParams) -> dict[str, object]:
    """What a manager is to decide on

    For the manager and for admins of their node. It counts as shown where the manager looks.
    """
    found = pairs_of_the_day(platform(), viewer(), id, params.size, params.on, language=params.lang)
    return worklist_shown(found, params.lang)


@worklist.post("/managers/<id>/decisions")
@worklist.input(DecisionBody, arg_name="body")
@worklist.output(FollowUpWhole)
@worklist.doc(operation_id="decide", responses=CHANGING)
def decisions(id: str, body: DecisionBody) -> Answered:
    """Accept, decline or put off a pair; the follow-up

    `version` 0 says that you saw no follow-up of the pair.
    """
    kept = decide(
        platform(),
        viewer(),
        id,
        body.need,
        body.outcome,
        body.decision,
        reason=body.reason,
        until=body.until,
        why=body.why,
        version=version_seen(body.version),
    )
    return changed(kept)


@worklist.post("/suggestions/<id>/accept")
@worklist.input(AcceptBody, arg_name="body")
@worklist.output(FollowUpWhole)
@worklist.doc(operation_id="acceptSuggestion", responses=CHANGING)
def accept(id: str, body: AcceptBody) -> Answered:
    """Take up a pair of the worklist"""
    return _decided(id, Decision.ACCEPT, body)


@worklist.post("/suggestions/<id>/decline")
@worklist.input(DeclineBody, arg_name="body")
@worklist.output(FollowUpWhole)
@worklist.doc(operation_id="declineSuggestion", responses=CHANGING)
def decline(id: str, body: DeclineBody) -> Answered:
    """Turn down a pair of the worklist"""
    return _decided(id, Decision.DECLINE, body, reason=body.reason)


@worklist.post("/suggestions/<id>/snooze")
@worklist.input(SnoozeBody, arg_name="body")
@worklist.output(FollowUpWhole)
@worklist.doc(operation_id="snoozeSuggestion", responses=CHANGING)
def snooze(id: str, body: SnoozeBody) -> Answered:
    """Put off a pair of the worklist"""
    return _decided(id, Decision.SNOOZE, body, until=body.until)


def _decided(id: str, decision: Decision, body: AcceptBody, **more: Any) -> Answered:
    pair, version = read_suggestion_id(id), version_seen(body.version)
    kept = decide(platform(), viewer(), *pair, decision, why=body.why, version=version, **more)
    return changed(kept)


@worklist.post("/followups/<id>/undo")
@worklist.input(UndoBody, arg_name="body")
@worklist.output(FollowUpWhole)
@worklist.doc(operation_id="undoDecision", responses=CHANGING)
def take_back(id: str, body: UndoBody) -> Answered:
    """Take back the last decision on a pair

    Within ten minutes; it stays in the history.
    """
    return changed(undo(platform(), viewer(), id, version=version_seen(body.version)))
