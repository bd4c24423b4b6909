"""Docking plans: for admins of their nodes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from matcher.actions.plan_confirmation import confirm_plan
from matcher.actions.plan_edits import PlanEdit, edit_plan
from matcher.actions.plan_reading import PlanView, get_plan, page_plans
from matcher.actions.plans import discard_plan
from matcher.domain.enums import Language
from matcher.domain.job import JobKind
from matcher.web.admin_shown import listed
from matcher.web.asking import asked
from matcher.web.context import language, platform, viewer
from matcher.web.cursor import cursor, place_of
from matcher.web.idempotency import idempotent
from matcher.web.models.accounts import PageParams
from matcher.web.models.followups import LangParams
from matcher.web.models.interests import SeenBody
from matcher.web.models.jobs import JobShown
from matcher.web.models.plans import ConfirmedShown, EditBody, PlanBody, PlanShown, PlansShown
from matcher.web.openapi import IDEMPOTENT
from matcher.web.part import part
from matcher.web.plan_shown import confirmed_shown, listed_plan_shown, plan_shown
from matcher.web.seen import CHANGING, Answered, problems, tagged, version_seen

plans = part("plans", "Plans")

_QUERY = {"of": "plans"}
_ASKING = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def _told(view: PlanView, lang: Language) -> Answered:
    return tagged(view.version, plan_shown(view, lang))


def _now(id: str) -> Answered:
    """What the plan has become, in the language of the account."""
    return _told(get_plan(platform(), viewer(), id, language()), language())


@plans.get("/plans")
@plans.input(PageParams, location="query", arg_name="params")
@plans.output(PlansShown)
@plans.doc(operation_id="plans")
def every(params: PageParams) -> dict[str, Any]:
    """Plans of an admin's node and below it, the newest first"""
    [after] = place_of(params.cursor, _QUERY, str) if params.cursor else [""]
    page = page_plans(platform(), viewer(), after, params.limit)
    return listed(page.rows, listed_plan_shown, page.next and cursor(_QUERY, page.next))


@plans.post("/plans")
@idempotent
@plans.input(PlanBody, arg_name="body")
@plans.output(JobShown, status_code=202)
@plans.doc(operation_id="draftPlan", responses=_ASKING, extensions={IDEMPOTENT: True})
def draft(body: PlanBody) -> Answered:
    """Draft a plan: who is to carry which pairs

    A worker does it; the `result` of its job names the plan.
    """
    return asked(JobKind.PLAN, {**body.model_dump(), "language": language()})


@plans.get("/plans/<id>")
@plans.input(LangParams, location="query", arg_name="params")
@plans.output(PlanShown)
@plans.doc(operation_id="plan")
def one(id: str, params: LangParams) -> Answered:
    """A plan with its pairs, and what found nobody

    Without pairs of records that you may not know of.
    """
    return _told(get_plan(platform(), viewer(), id, params.lang), params.lang)


@plans.patch("/plans/<id>/lines")
@plans.input(EditBody, arg_name="body")
@plans.output(PlanShown)
@plans.doc(operation_id="editPlan", responses=CHANGING)
def lines(id: str, body: EditBody) -> Answered:
    """Take a pair out of a draft, move it to another manager, or add one

    What a rule forbids is 403, and its name is in `detail`.
    """
    edit = PlanEdit(body.do, body.need, body.outcome, body.manager)
    edit_plan(platform(), viewer(), id, edit, version=version_seen(body.version))
    return _now(id)


@plans.post("/plans/<id>/confirm")
@plans.input(SeenBody, arg_name="body")
@plans.output(ConfirmedShown)
@plans.doc(operation_id="confirmPlan", responses=CHANGING)
def confirm(id: str, body: SeenBody) -> Answered:
    """Let every pair become a follow-up

    What can't be by now is left out and told. A second time changes nothing.
    """
    done = confirm_plan(platform(), viewer(), id, version=version_seen(body.version))
    view = get_plan(platform(), viewer(), id, language())
    return tagged(view.version, confirmed_shown(done, view, language()))


@plans.post("/plans/<id>/discard")
@plans.input(SeenBody, arg_name="body")
@plans.output(PlanShown)
@plans.doc(operation_id="discardPlan", responses=CHANGING)
def discard(id: str, body: SeenBody) -> Answered:
    """Put a draft aside for good"""
    discard_plan(platform(), viewer(), id, version=version_seen(body.version))
    return _now(id)
