"""One docking plan: who carries what, and changing that by hand."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from matcher.actions.answer import Answer, Wish
from matcher.actions.manager_list import ManagerWish, manager_list, manager_meant
from matcher.actions.plan_edits import EditKind, PlanEdit, edit_plan
from matcher.actions.plan_followups import followups_of
from matcher.actions.plan_reading import PlanView, get_plan, require_plan
from matcher.actions.suggest import explain
from matcher.actions.who_did import names_of
from matcher.domain.enums import Noun, Role
from matcher.domain.plan import PlanState
from matcher.errors import (
    BrokenBundle,
    EditConflict,
    EncoderUnavailable,
    InputError,
    NoModel,
    NotAllowed,
    NotFound,
)
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.page_number import page_number
from matcher.web.pair import WhyShown, why_shown
from matcher.web.pasted import pasted_id
from matcher.web.plan_fault import plan_fault
from matcher.web.plan_lines import leaf, left_out, short_told, taken_out, unmet_told
from matcher.web.typed import NOTHING_TYPED, Typed

LINES = 100
"""Lines of one page."""
MOST_OFFERED = 500
"""Managers that are offered by name while one types."""
FORM = "pair"

pairs = page_part("pairs", Role.ADMIN)


@pairs.get("/plans/<id>")
def show(id: str) -> Response:
    """Who is to carry what, who gets too few, and what found nobody."""
    return shown(id)


@pairs.post("/plans/<id>/pairs")
def change(id: str) -> Response:
    """Take a pair out, give it to another manager, or put one in."""
    form = request.form
    try:
        kind = EditKind.parse(form.get("do", ""))
        version = version_of(form)
        edit_plan(platform(), viewer(), id, _edit(kind), version=version)
    except (InputError, NotAllowed, NotFound, EditConflict) as error:
        # A plan that isn't there isn't a pair that isn't.
        require_plan(platform(), viewer(), id)
        values = {name: text[:300] for name, text in form.items()}
        return shown(id, plan_fault(FORM, values, error, say()))
    where: dict[str, Any] = {name: form.get(name) or None for name in ("q", "page")}
    place = form.get("at") or None
    return gone(url_for("page.plans.pairs.show", id=id, **where, done=kind.value, _anchor=place))


@pairs.get("/plans/<id>/why")
def why(id: str) -> Response:
    """Why a pair goes together, and why with this manager."""
    require_plan(platform(), viewer(), id)
    need, outcome, manager = (request.args.get(name, "") for name in ("need", "outcome", "manager"))
    pair, carrier = _why(need, Noun.OUTCOME, outcome), _why(need, Noun.MANAGER, manager)
    template = "pages/plan_why.html" if is_partial() else "pages/plan_whole_why.html"
    return page(template, pair=pair, carrier=carrier, id=id)


def shown(id: str, typed: Typed = NOTHING_TYPED) -> Response:
    """The plan as it stands."""
    view = get_plan(platform(), viewer(), id, say().language)
    plan, q, number = view.plan, _asked("q"), page_number(_asked("page"))
    followups = followups_of(platform(), viewer(), plan) if _confirmed(view) else {}
    return page(
        "pages/plan.html",
        typed.status if typed.form else HTTPStatus.OK,
        view=view,
        leaf=leaf(view, followups, q, number, LINES),
        q=q,
        number=number,
        short=short_told(view),
        unmet=unmet_told(view),
        out=taken_out(view),
        left_out=left_out(view, followups) if _confirmed(view) else (),
        made=len(followups),
        carriers=len({line.manager for line in plan.active}),
        offered=_offered(view),
        names=names_of(platform(), viewer(), filter(None, (plan.by, plan.decided_by))),
        typed=typed,
        done=request.args.get("done", ""),
        given={name: request.args.get(name, "") for name in ("need", "outcome")},
    )


def _edit(kind: EditKind) -> PlanEdit:
    """Raises InvalidValue where no manager is meant."""
    form, manager = request.form, ""
    if kind is not EditKind.REMOVE:
        known = manager_list(platform(), viewer(), language=say().language)
        manager = manager_meant(known, form.get("manager", ""))
    need, outcome = (pasted_id(form.get(name, "")) for name in ("need", "outcome"))
    return PlanEdit(kind, need, outcome, manager)


def _asked(name: str) -> str:
    """What the address says, or the form that couldn't be saved."""
    return request.values.get(name, "")[:200]


def _confirmed(view: PlanView) -> bool:
    return view.plan.state is PlanState.CONFIRMED


def _offered(view: PlanView) -> list[Any]:
    if view.plan.state is not PlanState.DRAFT:
        return []
    active = ManagerWish(active=True)
    return list(manager_list(platform(), viewer(), active, say().language))[:MOST_OFFERED]


def _why(need: str, to: Noun, other: str) -> WhyShown | None:
    """None where they have nothing in common, or no model can be asked just now."""
    wish = Wish(k=1, language=say().language)
    try:
        found: Answer = explain(platform(), viewer(), Noun.NEED, need, to, other, wish)
    except (NotFound, NoModel, BrokenBundle, EncoderUnavailable):
        return None
    return why_shown(found.matches[0], say())
