"""Docking plans: those there are, drafting another, one as it stands, and what becomes of it."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Response, request, send_file, url_for

from matcher.actions.authority import is_admin
from matcher.actions.jobs import ask, get_job
from matcher.actions.nodes import list_nodes
from matcher.actions.plan_confirmation import confirm_plan, foreseen
from matcher.actions.plan_export import export_plan
from matcher.actions.plan_reading import get_plan, page_plans
from matcher.actions.plan_work import plan_work
from matcher.actions.plans import discard_plan
from matcher.actions.who_did import names_of
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind, JobState
from matcher.domain.plan import LineState, PlanState
from matcher.errors import InputError, NotFound, UsageError
from matcher.jobs.queue import send
from matcher.taxonomy import taxonomy
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.job_told import JobTold, job_told
from matcher.web.once import new_key, once
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.pages.pipeline import XLSX
from matcher.web.pages.plan_pairs import pairs
from matcher.web.plan_form import BLANK, FAIRNESS, LABELS, plan_arguments, typed_plan
from matcher.web.plan_lines import line_told
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again
from matcher.web.working import has_worker

SIZE = 20
FORM = "plan"
_AREA = len("0101")
"""Fields are offered down to this length of their codes."""

plans = page_part("plans", Role.ADMIN)
plans.register_blueprint(pairs)


@plans.get("/plans")
def show_all() -> Response:
    """The newest plans, what is being drafted, and the form for another."""
    return _all()


@plans.post("/plans")
def draft() -> Response:
    """Ask for a draft; the page that follows tells how far it is."""
    typed, made = typed_plan(request.form), []
    try:
        wanted = {**plan_arguments(typed), "language": say().language}
        once(lambda: made.append(_ask(wanted)))
    except (InputError, UsageError) as error:
        labels = {name: say()(*words) for name, words in LABELS.items()}
        return _all(typed_again(FORM, typed, error, say(), labels=labels))
    # Sent twice, the second doesn't learn which it was; the list has it on top.
    if not made:
        return gone(url_for("page.plans.show_all"))
    return gone(url_for("page.plans.drafting", id=made[0].id))


@plans.get("/plans/drafts/<id>")
def drafting(id: str) -> Response:
    """How far a draft is; once it is there, the plan."""
    job = get_job(platform(), viewer(), id)
    if job.kind is not JobKind.PLAN:
        raise NotFound("There is no such draft.", hint="It may be over.")
    if job.state is JobState.DONE:
        return gone(url_for("page.plans.pairs.show", id=job.result["plan"]))
    if is_partial() and not job.is_over:
        return page("pages/job_progress.html", told=_told(job), again=request.path)
    if is_partial():
        return gone(request.path)
    return page("pages/plan_drafting.html", told=_told(job), again=request.path)


@plans.get("/plans/<id>/<any(confirm, discard):way>")
def consider(id: str, way: str) -> Response:
    """What would happen, before it does."""
    view = get_plan(platform(), viewer(), id, say().language)
    told: dict[str, Any] = {"view": view, "way": way}
    if view.plan.state is PlanState.DRAFT and way == "confirm":
        found = foreseen(platform(), viewer(), id)
        told["foreseen"] = found
        told["left_out"] = [
            (line_told(line, view.titles), why) for line, why in found.left_out.items()
        ]
    template = "pages/plan_ask.html" if is_partial() else "pages/plan_asking.html"
    return page(template, **told)


@plans.post("/plans/<id>/confirm")
def confirm(id: str) -> Response:
    """Let every pair become a follow-up; what can't be by now is told."""
    done = confirm_plan(platform(), viewer(), id, version=version_of(request.form))
    if not done.left_out:
        return gone(url_for("page.plans.pairs.show", id=id, done="confirmed"))
    view = get_plan(platform(), viewer(), id, say().language)
    told = [(line_told(line, view.titles), why) for line, why in done.left_out]
    return page("pages/plan_confirmed.html", view=view, made=len(done.followups), left_out=told)


@plans.post("/plans/<id>/discard")
def discard(id: str) -> Response:
    """Put a draft aside."""
    discard_plan(platform(), viewer(), id, version=version_of(request.form))
    return gone(url_for("page.plans.pairs.show", id=id))


@plans.get("/plans/<id>/plan.xlsx")
def sheet(id: str) -> Response:
    """The plan for Excel, as the command writes it."""
    stream = BytesIO(export_plan(platform(), viewer(), id, say().language))
    name = f"{say()('对接计划', 'plan')}-{platform().today().isoformat()}.xlsx"
    return send_file(stream, mimetype=XLSX, as_attachment=True, download_name=name, max_age=0)


def _ask(wanted: dict[str, Any]) -> Job:
    job = ask(platform(), viewer(), JobKind.PLAN, wanted)
    send(platform().settings, job)
    return job


def _all(typed: Typed = NOTHING_TYPED) -> Response:
    after = request.args.get("after", "")
    found, work = page_plans(platform(), viewer(), after, SIZE), plan_work(platform(), viewer())
    rows = [(plan, _counted(counts)) for plan, counts in found.rows]
    failed = work.last is not None and work.last.state is JobState.FAILED
    return page(
        "pages/plans.html",
        typed.status if typed.form else HTTPStatus.OK,
        rows=rows,
        more=found.next,
        after=after,
        names=names_of(platform(), viewer(), [plan.by for plan, _ in rows]),
        working=[_told(job) for job in work.open],
        failed=_told(work.last) if failed and work.last else None,
        typed=typed,
        blank=BLANK,
        fairness=FAIRNESS,
        fields=[one for one in taxonomy("fields").values() if len(one.code) <= _AREA],
        nodes=[one for one in list_nodes(platform()) if is_admin(viewer(), one.node.id)],
        key=new_key(),
    )


def _counted(counts: Any) -> int:
    return sum(counts.get(state.value, 0) for state in (LineState.PROPOSED, LineState.ADDED))


def _told(job: Job) -> JobTold:
    return job_told(job, platform().now(), say(), has_worker=has_worker())
