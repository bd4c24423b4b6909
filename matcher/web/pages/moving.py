"""Moving a follow-up: the legal steps, what goes with each, and the way back."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from flask import Response, request, url_for

from matcher.actions.followup_reading import Seen, get_followup
from matcher.actions.followups import move
from matcher.actions.pipeline import akin
from matcher.actions.stepping_back import can_step_back, step_back
from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason, FollowUpState, Role
from matcher.domain.phase import Phase
from matcher.errors import EditConflict, IllegalTransition, InvalidValue
from matcher.store.followups import Kept
from matcher.web.addresses import own_path
from matcher.web.context import platform, viewer
from matcher.web.contract_form import day_of
from matcher.web.form import version_of
from matcher.web.move_choices import choice_of, choices
from matcher.web.page import gone, is_partial, page, page_part, say
from matcher.web.shortcut_days import shortcut_days
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

FORM = "move"
MOVED = "moved"
"""The event that tells the page to show itself anew."""
_REFUSALS = (EditConflict, IllegalTransition, InvalidValue)

moving = page_part("moving", Role.MANAGER, Role.ADMIN)


@moving.get("/pipeline/<path:id>/move")
def choose(id: str) -> Response:
    """The steps that may be taken; with `phase` those into it, with `to` what goes with one."""
    found = get_followup(platform(), viewer(), id, say().language)
    phase, to = request.args.get("phase", ""), request.args.get("to", "")
    return _chooser(
        found,
        Phase.parse(phase) if phase else None,
        FollowUpState.parse(to) if to else None,
        request.args.get("next", ""),
    )


@moving.post("/pipeline/<path:id>/move")
def take(id: str) -> Response:
    """Take a step."""
    form = request.form
    to = FollowUpState.parse(form.get("to", ""))
    reason = form.get("reason", "")
    try:
        kept = move(
            platform(),
            viewer(),
            id,
            to,
            why=form.get("why", ""),
            reason=DeclineReason.parse(reason) if reason else None,
            until=day_of(form.get("until", ""), "until"),
            of=form.get("of", ""),
            contract=_contract(id, form.get("contract_reg_no", "").strip()),
            version=version_of(form),
        )
    except _REFUSALS as error:
        if is_partial():
            raise
        return _again(id, to, error)
    return _moved(kept)


@moving.post("/pipeline/<path:id>/back")
def take_back(id: str) -> Response:
    """Take the last step back."""
    return _moved(step_back(platform(), viewer(), id, version=version_of(request.form)))


def _contract(id: str, number: str) -> Contract | None:
    """The sheet there is with the number that was typed; None to leave it as it is."""
    if not number:
        return None
    kept = get_followup(platform(), viewer(), id).kept
    sheet = kept.followup.contract or Contract()
    return replace(sheet, contract_reg_no=number)


def _moved(kept: Kept) -> Response:
    """On the board a line that tells it, with the way back; else the page it came from."""
    where = own_path(request.form.get("next", ""))
    id_ = kept.followup.id
    if not is_partial():
        return gone(where if where != "/" else url_for("page.pipeline.followup.show", id=id_))
    if not _is_board(where):
        return gone(where)
    response = page(
        "pages/pipeline_moved.html",
        seen=get_followup(platform(), viewer(), id_, say().language),
        step=kept.followup.history[-1],
        undoable=can_step_back(kept.followup, platform().now()),
        next=where,
    )
    response.headers["HX-Trigger"] = MOVED
    return response


def _is_board(where: str) -> bool:
    return urlsplit(where).path == url_for("page.pipeline.show")


def _again(
    id: str, to: FollowUpState, error: EditConflict | IllegalTransition | InvalidValue
) -> Response:
    found = get_followup(platform(), viewer(), id, say().language)
    typed = typed_again(FORM, request.form, error, say())
    return _chooser(found, None, to, request.form.get("next", ""), typed)


def _chooser(
    found: Seen,
    phase: Phase | None,
    to: FollowUpState | None,
    where: str,
    typed: Typed = NOTHING_TYPED,
) -> Response:
    followup = found.kept.followup
    chosen = choice_of(followup, to) if to else None
    others = akin(platform(), viewer(), followup.id, say().language) if chosen else ()
    name = "pages/followup_move.html" if is_partial() else "pages/followup_moving.html"
    return page(
        name,
        typed.status,
        seen=found,
        choices=choices(followup, phase),
        phase=phase,
        chosen=chosen,
        others=others,
        reasons=tuple(DeclineReason),
        shortcuts=shortcut_days(platform().today(), say()),
        next=own_path(where),
        quick=_is_board(own_path(where)),
        typed=typed,
    )
