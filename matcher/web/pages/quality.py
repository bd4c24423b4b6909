"""Quality: how a node does, in plots, and lists of what can be done about it."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request, url_for

from matcher.actions.authority import is_root_admin
from matcher.actions.cards import cards
from matcher.actions.contact_times import contact_times
from matcher.actions.drift import drifts
from matcher.actions.exposure import exposure
from matcher.actions.left_out import idle_managers, unmatched_needs
from matcher.actions.merging import Seen, page_merges
from matcher.actions.prompts import confirm, prompts
from matcher.actions.quality import quality as how_it_goes
from matcher.actions.uptake_by_place import uptake_by_place
from matcher.domain.enums import Noun, Role
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel, NotFound
from matcher.store.merges import MergeState
from matcher.store.prompts import LISTED
from matcher.web.context import platform, viewer
from matcher.web.drift_shown import drifts_shown
from matcher.web.form import version_of
from matcher.web.latency import METRIC, latencies
from matcher.web.merge_shown import merge_shown
from matcher.web.metrics import EXTENSION, Metrics
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.quality_plots import by_place, contact, funnel, latency, polyline, spread_words

DAYS = (30, 90, 365)
"""Of how many days up to today figures can be had."""
MOST = 10
"""Lines of a list that can be worked off."""
_NO_MODEL = (NoModel, BrokenBundle, EncoderUnavailable)

quality = page_part("quality", Role.ADMIN)


@quality.get("/quality")
def show() -> Response:
    """All of it; what takes longer comes by itself."""
    days = _days()
    shown = exposure(platform(), viewer(), days=days, nouns=(Noun.MANAGER,))
    (managers,) = shown.parties
    due = prompts(platform(), viewer())
    return page(
        "pages/quality.html",
        days=days,
        choices=DAYS,
        since=shown.since,
        plots=(
            funnel(how_it_goes(platform(), viewer(), days=days), say()),
            contact(contact_times(platform(), viewer(), days=days), say()),
            by_place(uptake_by_place(platform(), viewer(), days=days), say()),
        ),
        speed=latency(latencies(_metrics().samples(METRIC)), say()) if _of_all() else None,
        spread=managers,
        spread_says=spread_words(managers, say()),
        line=polyline(managers.curve),
        due=due[:MOST],
        due_all=len(due),
        merges=[merge_shown(one, say()) for one in _merges()],
        idle=idle_managers(platform(), viewer(), days=days),
        most=MOST,
    )


@quality.get("/quality/drift")
def drift() -> Response:
    """What came in since the training; without scripts a page of its own."""
    try:
        found = drifts_shown(drifts(platform(), viewer()), say())
    except _NO_MODEL:
        found = ()
    heading = say()("新来的文字与训练时相比", "Incoming text beside the training")
    return _part("pages/quality_drift.html", heading, drifts=found)


@quality.get("/quality/needs")
def needs() -> Response:
    """Needs that nothing goes with, of those that are looked at in one go; without scripts a page
    of its own."""
    start = max(0, request.args.get("start", 0, type=int))
    try:
        found = unmatched_needs(platform(), viewer(), start=start)
    except _NO_MODEL:
        found = None
    language = say().language
    ids = [id_ for id_, _, _ in found.needs] if found else []
    there = cards(platform(), viewer(), Noun.NEED, ids, language)
    heading = say()("没有好匹配的需求", "Needs without a good match")
    return _part("pages/quality_needs.html", heading, found=found, cards=there)


@quality.post("/quality/listings/<noun>/<path:id>/confirm")
def still_so(noun: str, id: str) -> Response:
    """Say that a listing is still as it should be."""
    if noun not in {one.value for one in LISTED}:
        raise NotFound("There is no such listing.")
    confirm(platform(), viewer(), Noun(noun), id, version_of(request.form))
    return gone(url_for("page.quality.show", days=_days(), done="confirmed", _anchor="listings"))


def _of_all() -> bool:
    """Whether the reader answers for the whole platform: how fast it is concerns nobody else."""
    with platform().database.reading() as session:
        return is_root_admin(session, viewer())


def _part(template: str, heading: str, **shown: Any) -> Response:
    if is_partial():
        return page(template, **shown)
    return page("pages/quality_alone.html", part=template, heading=heading, **shown)


def _merges() -> tuple[Seen, ...]:
    return page_merges(platform(), viewer(), MergeState.PROPOSED, None, "", 3).rows


def _days() -> int:
    wanted = request.args.get("days", type=int)
    return wanted if wanted in DAYS else 90


def _metrics() -> Metrics:
    found: Metrics = current_app.extensions[EXTENSION]
    return found
