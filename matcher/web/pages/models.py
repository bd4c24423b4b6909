"""Models: the versions there are, training another, publishing one, going back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, make_response, request, url_for

from matcher.actions.jobs import ask, cancel_job
from matcher.actions.model_reading import Known, get_model, list_models
from matcher.actions.model_work import model_work, require_idle
from matcher.actions.models import current_version
from matcher.actions.recipes import recipes
from matcher.actions.ruling import refusal
from matcher.bundle.remarks import LONGEST
from matcher.domain.enums import Role
from matcher.domain.job import Job, JobKind
from matcher.errors import InvalidValue, NotAllowed, NotFound
from matcher.jobs.queue import send
from matcher.web.context import platform, viewer
from matcher.web.fragment import fragment_of
from matcher.web.job_end import job_end
from matcher.web.job_progress import job_progress
from matcher.web.model_list import gate_of, model_list
from matcher.web.once import new_key, once
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.pages.model_comparing import comparing

SEEN = "seen"
CHANGED = "models-changed"
"""The event by which a page that is open is told that the list isn't what it was."""
WAYS = {"publish": JobKind.PUBLISH, "rollback": JobKind.ROLLBACK}

models = page_part("models", Role.ADMIN)
models.register_blueprint(comparing)


@models.get("/models")
def show() -> Response:
    """All of it; to admins of a part of the platform, whose they are."""
    try:
        entries = list_models(platform(), viewer())
    except NotAllowed:
        return page("pages/models_elsewhere.html", HTTPStatus.FORBIDDEN)
    return page(
        "pages/models.html",
        found=model_list(entries, say()),
        recipes=recipes(platform().settings),
        key=new_key(),
        **_work(),
    )


@models.get("/models/versions")
@fragment_of("page.models.show")
def versions() -> Response:
    """The list as it is now, for a page that is open."""
    found = model_list(list_models(platform(), viewer()), say())
    return page("pages/models_versions.html", found=found)


@models.get("/models/work")
@fragment_of("page.models.show")
def work() -> Response:
    """What is being done, for a page that is open; nothing where it shows that already."""
    shown = _work()
    if request.args.get(SEEN) == shown[SEEN]:
        return make_response("", HTTPStatus.NO_CONTENT)
    return _as_part(shown)


@models.post("/models/trainings")
def train() -> Response:
    """Have a model trained."""
    form = request.form
    wanted = {
        "publish": form.get("publish") == "yes",
        "fresh": form.get("fresh") == "yes",
        "recipe": form.get("recipe", ""),
    }
    once(lambda: _ask(JobKind.TRAINING, wanted))
    return gone(url_for("page.models.show", _anchor="work"))


@models.post("/models/jobs/<id>/cancel")
def cancel(id: str) -> Response:
    """Cancel a job about models."""
    if id not in {job.id for job in model_work(platform(), viewer()).open}:
        raise NotFound("There is no such job.", hint="It may be over.")
    cancel_job(platform(), viewer(), id)
    return _as_part(_work()) if is_partial() else gone(url_for("page.models.show"))


@models.get("/models/<version>/<any(publish, rollback):way>")
def consider(version: str, way: str) -> Response:
    """What would happen, before it does."""
    known, current = get_model(platform(), viewer(), version), current_version(platform().library)
    template = "pages/models_ask.html" if is_partial() else "pages/models_asking.html"
    return page(template, **_asking(known, way, current or ""), key=new_key())


@models.post("/models/<version>/<any(publish, rollback):way>")
def switch(version: str, way: str) -> Response:
    """Make a version current; of what is worse the reason must be said."""
    why = request.form.get("why", "").strip()
    known, current = get_model(platform(), viewer(), version), current_version(platform().library)
    asking = _asking(known, way, current or "")
    if asking["worse"] and not why:
        hint = "Say why it is to be used all the same."
        raise InvalidValue("It was measured to be worse.", field="why", hint=hint)

    def act() -> None:
        require_idle(platform(), viewer(), current or "", request.form.get("current", ""))
        there = known.manifest.version
        more = {"why": why[:LONGEST]} if way == "publish" else {}
        _ask(WAYS[way], {"version": there, **more})

    once(act)
    return gone(url_for("page.models.show", _anchor="work"))


def _ask(kind: JobKind, wanted: dict[str, Any]) -> Job:
    job = ask(platform(), viewer(), kind, wanted)
    send(platform().settings, job)
    return job


def _asking(known: Known, way: str, current: str) -> dict[str, Any]:
    manifest = known.manifest
    return {
        "version": manifest.version,
        "made_at": manifest.created_at,
        "way": way,
        "current": current,
        "gate": gate_of(manifest, say()),
        "worse": way == "publish" and refusal(manifest, current) is not None,
        "longest": LONGEST,
    }


def _work() -> dict[str, Any]:
    found, now = model_work(platform(), viewer()), platform().now()
    open_ = [job_progress(job, found.seconds, now, say()) for job in found.open]
    last = job_end(found.last, now, say()) if found.last else None
    seen = "-".join([*(one.seen for one in open_), last.seen if last else ""])
    return {"open": open_, "last": last, SEEN: seen}


def _as_part(shown: dict[str, Any]) -> Response:
    response = page("pages/models_work.html", **shown, partial=True)
    if not shown["open"]:
        response.headers["HX-Trigger"] = CHANGED
    return response
