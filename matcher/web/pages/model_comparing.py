"""Two versions of the model side by side: figures, the same questions, examples that moved most."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, make_response, request, url_for

from matcher.actions.cards import cards
from matcher.actions.jobs import ask, cancel_job
from matcher.actions.model_comparison import compared
from matcher.actions.model_reading import CURRENT, get_model, list_models
from matcher.actions.model_work import comparison_of
from matcher.bundle.catalogue import State
from matcher.domain.enums import Noun, Role
from matcher.domain.job import Job, JobKind, JobState
from matcher.jobs.queue import send
from matcher.web.context import platform, viewer
from matcher.web.fragment import fragment_of
from matcher.web.job_end import job_end
from matcher.web.job_progress import job_progress
from matcher.web.model_slices import differences, other_lines, slice_rows
from matcher.web.moved_shown import ids_in, moved_shown
from matcher.web.once import new_key, once
from matcher.web.page import gone, is_partial, page, page_part, say

FIRST, SECOND, SEEN = "first", "second", "seen"

comparing = page_part("comparing", Role.ADMIN)


@comparing.get("/models/compare")
def show() -> Response:
    """The two that the address names; by default the newest beside the current one."""
    whole = [one.version for one in list_models(platform(), viewer()) if one.state != State.BROKEN]
    first, second = _wanted(whole)
    if not first or not second:
        return page("pages/models_compare.html", versions=whole, first="", second="")
    one, other = (get_model(platform(), viewer(), name).manifest for name in (first, second))
    return page(
        "pages/models_compare.html",
        versions=whole,
        rows=slice_rows(one, other, say()),
        others=other_lines(compared(one, other)),
        **_asked_same(first, second),
    )


@comparing.get("/models/compare/same")
@fragment_of("page.models.comparing.show")
def same() -> Response:
    """How far the comparison on the same questions is, for a page that is open."""
    # Asked each second, so that the models themselves aren't looked at.
    shown = _asked_same(request.args.get(FIRST, ""), request.args.get(SECOND, ""))
    if request.args.get(SEEN) == shown[SEEN]:
        return make_response("", HTTPStatus.NO_CONTENT)
    return page("pages/models_same.html", **shown, partial=True)


@comparing.post("/models/compare/same")
def ask_same() -> Response:
    """Have both asked the same."""
    first, second = _named()
    once(lambda: _ask(first, second))
    if is_partial():
        return page("pages/models_same.html", **_asked_same(first, second), partial=True)
    return gone(url_for("page.models.comparing.show", first=first, second=second))


@comparing.post("/models/compare/same/cancel")
def stop() -> Response:
    """Cancel it."""
    first, second = _named()
    job = comparison_of(platform(), viewer(), first, second)
    if job is not None:
        cancel_job(platform(), viewer(), job.id)
    if is_partial():
        return page("pages/models_same.html", **_asked_same(first, second), partial=True)
    return gone(url_for("page.models.comparing.show", first=first, second=second))


def _ask(first: str, second: str) -> None:
    job = ask(platform(), viewer(), JobKind.COMPARISON, {FIRST: first, SECOND: second})
    send(platform().settings, job)


def _named() -> tuple[str, str]:
    """The two, where both are there. Raises NotFound."""
    first, second = (
        get_model(platform(), viewer(), request.values.get(name, "")).manifest.version
        for name in (FIRST, SECOND)
    )
    return first, second


def _wanted(whole: list[str]) -> tuple[str, str]:
    """Those that are named; else the newest, and the one that is current."""
    second = request.args.get(SECOND, "") or _current(whole)
    first = request.args.get(FIRST, "") or next((one for one in whole if one != second), "")
    return first, second


def _current(whole: list[str]) -> str:
    if not whole:
        return ""
    current = get_model(platform(), viewer(), CURRENT).manifest.version
    return current if current in whole else whole[0]


def _asked_same(first: str, second: str) -> dict[str, Any]:
    job, now = comparison_of(platform(), viewer(), first, second), platform().now()
    shown: dict[str, Any] = {FIRST: first, SECOND: second, "key": new_key(), "job": job}
    if job is None:
        return {**shown, SEEN: ""}
    if not job.is_over:
        progress = job_progress(job, None, now, say())
        return {**shown, "progress": progress, SEEN: progress.seen}
    if job.state is not JobState.DONE:
        return {**shown, "end": job_end(job, now, say()), SEEN: f"{job.id}-{job.state.value}"}
    return {**shown, **_result(job), SEEN: job.id}


def _result(job: Job) -> dict[str, Any]:
    found = job.result
    needs, outcomes = ids_in(found["moved"])
    language = say().language
    shown = moved_shown(
        found["moved"],
        cards(platform(), viewer(), Noun.NEED, needs, language),
        cards(platform(), viewer(), Noun.OUTCOME, outcomes, language),
        say(),
    )
    return {
        "differences": differences(found["metrics"], say()),
        "why": found["why"],
        "moved": shown,
    }
