"""A follow-up: who with whom, what comes next, its history, notes and contract sheet."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for

from matcher.actions.cards import cards
from matcher.actions.contact import contacts
from matcher.actions.followup_reading import get_followup
from matcher.actions.followups import note, set_contract
from matcher.actions.pipeline import akin
from matcher.actions.pipeline_lines import Line
from matcher.actions.stepping_back import can_step_back
from matcher.actions.who_did import names_of
from matcher.domain.contract import Instalment
from matcher.domain.enums import Currency, Noun, Role, TransferMode
from matcher.domain.followup import FollowUp
from matcher.errors import EditConflict, InvalidValue
from matcher.store.followups import Kept
from matcher.web.context import platform, viewer
from matcher.web.contract_faults import contract_fault
from matcher.web.contract_form import INSTALMENTS, contract_of, contract_values, day_of
from matcher.web.contract_shown import contract_labels, contract_shown
from matcher.web.form import version_of
from matcher.web.move_choices import choices
from matcher.web.page import gone, page, page_part, say
from matcher.web.pair import SideShown, side_shown
from matcher.web.shortcut_days import shortcut_days
from matcher.web.timeline import actors, timeline
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

NEXT, NOTE, CONTRACT = "next", "note", "contract"
"""The forms of the page; after one is saved it is named in the address."""

followup = page_part("followup", Role.MANAGER, Role.ADMIN)


@followup.get("/pipeline/<path:id>")
def show(id: str) -> Response:
    """All of it."""
    return _shown(id)


@followup.post("/pipeline/<path:id>/next")
def plan(id: str) -> Response:
    """Say what is to be done next, and by which day."""
    form = request.form

    def change() -> Kept:
        action, day = form.get("next_action", ""), day_of(form.get("due_on", ""), "due_on")
        version = version_of(form)
        return note(platform(), viewer(), id, next_action=action, due_on=day, version=version)

    return _saved(id, NEXT, change, "next")


@followup.post("/pipeline/<path:id>/note")
def write(id: str) -> Response:
    """Write down what happened."""
    form = request.form

    def change() -> Kept:
        return note(platform(), viewer(), id, form.get("text", ""), version=version_of(form))

    return _saved(id, NOTE, change, "history")


@followup.post("/pipeline/<path:id>/contract")
def sign(id: str) -> Response:
    """Save the contract sheet."""
    form = request.form

    def change() -> Kept:
        version = version_of(form)
        return set_contract(platform(), viewer(), id, contract_of(form), version=version)

    return _saved(id, CONTRACT, change, "contract")


def _saved(id: str, form: str, change: Callable[[], Kept], place: str) -> Response:
    """Back on the page; with what was typed where it couldn't be saved."""
    try:
        change()
    except (EditConflict, InvalidValue) as error:
        found = get_followup(platform(), viewer(), id, say().language).kept.followup
        labels = _labels(form)
        now = _values(form, found)
        reason = contract_fault(error, labels, say()) if form == CONTRACT else ""
        typed = typed_again(form, request.form, error, say(), labels=labels, now=now, reason=reason)
        return _shown(id, typed)
    return gone(url_for("page.pipeline.followup.show", id=id, saved=form, _anchor=place))


def _shown(id: str, typed: Typed = NOTHING_TYPED) -> Response:
    found = get_followup(platform(), viewer(), id, say().language)
    one = found.kept.followup
    others = {x.outline.id: f"{x.need_title} → {x.outcome_title}" for x in _akin(one)}
    names = names_of(platform(), viewer(), actors(one))
    now, today = platform().now(), platform().today()
    return page(
        "pages/followup.html",
        typed.status,
        seen=found,
        one=one,
        need=_side(Noun.NEED, one.need),
        outcome=_side(Noun.OUTCOME, one.outcome),
        contacts=contacts(platform(), viewer(), one.id, say().language),
        entries=timeline(one, names, others, say()),
        choices=choices(one),
        undoable=can_step_back(one, now),
        today=today,
        shortcuts=shortcut_days(today, say()),
        contract=contract_shown(one.contract, say()),
        values=contract_values(one.contract),
        parts=min(INSTALMENTS, len(_instalments(one)) + 3),
        labels=contract_labels(say()),
        modes=tuple(TransferMode),
        currencies=tuple(Currency),
        typed=typed,
        saved="" if typed.form else request.args.get("saved", ""),
    )


def _akin(one: FollowUp) -> tuple[Line, ...]:
    """Others of the same records, where the history names one."""
    if not any(step.of for step in one.history):
        return ()
    return akin(platform(), viewer(), one.id, say().language)


def _instalments(one: FollowUp) -> tuple[Instalment, ...]:
    payment = one.contract.payment if one.contract else None
    return payment.instalments if payment else ()


def _side(noun: Noun, id: str) -> SideShown | None:
    found = cards(platform(), viewer(), noun, [id], say().language)
    return side_shown(found[id], (), say()) if id in found else None


def _labels(form: str) -> dict[str, str]:
    if form == CONTRACT:
        return contract_labels(say())
    if form == NEXT:
        return {"next_action": say()("下一步", "Next step"), "due_on": say()("到期日", "Due on")}
    return {"text": say()("记录", "Note")}


def _values(form: str, one: FollowUp) -> dict[str, str]:
    """What the fields of a form hold now."""
    if form == CONTRACT:
        return contract_values(one.contract)
    due = one.due_on.isoformat() if one.due_on else ""
    return {"next_action": one.next_action, "due_on": due} if form == NEXT else {}
