"""Follow-ups from the rows of a table: a pair, its manager, where it stands, its contract."""

from __future__ import annotations

import datetime as dt
from typing import Any

from matcher.domain.dates import parse_date
from matcher.domain.enums import DeclineReason, FollowUpState
from matcher.domain.followup import FollowUp
from matcher.errors import InvalidValue
from matcher.files.cells import as_text
from matcher.files.contract_fields import read_contract
from matcher.files.draft import Draft, in_simplified
from matcher.files.moments import parse_moment
from matcher.files.own_rows import Place
from matcher.files.row_ids import reference
from matcher.files.row_report import RowCode

PARTIES = ("need", "outcome", "manager")
BY_IMPORT = "import"
"""Who took the one step that leads to the state of an imported follow-up."""
_REQUIRED = ("id", *PARTIES, "state", "history", "contract")


def read_followup(draft: Draft, place: Place) -> None:
    """Fill `draft.fields` with what the row says of a follow-up, but its id.

    A state other than suggested gets one step that leads there, at the row's date or else at
    `place.at`. Raises InvalidValue where a party, a state or what goes with it is missing.
    """
    draft.check_numbers()
    for name in PARTIES:
        draft.keep(name, reference(_party(draft, name), place.namespace))
    state = _state(draft)
    draft.fields["state"] = state
    for name in ("introduced_at", "due_on"):
        parse = parse_moment if name == "introduced_at" else parse_date
        draft.fields[name] = draft.read(name, parse)
    draft.fields["next_action"] = draft.text("next_action")
    draft.fields["contract"] = read_contract(draft) or None
    if state is FollowUpState.REGISTERED:
        _require_registration(draft)
    if state is not FollowUpState.SUGGESTED:
        draft.fields["history"] = [_step(draft, state, place)]


def build_followup(draft: Draft) -> FollowUp:
    """The record of the draft; whatever it doesn't accept of state and contract refuses it."""
    return draft.build(FollowUp, _REQUIRED)


def _party(draft: Draft, name: str) -> str:
    found = as_text(draft.values.get(name))
    if not found:
        message = f"names no {name}."
        raise draft.refused(RowCode.MISSING_VALUE, message, name, "Write its id.")
    return found


def _state(draft: Draft) -> FollowUpState:
    if "state" not in draft.values:
        return FollowUpState.SUGGESTED
    try:
        state = FollowUpState.parse(in_simplified(draft.readable("state")))
    except InvalidValue as error:
        message, hint = error.message, error.hint or ""
        raise draft.refused(RowCode.INVALID_VALUE, message, "state", hint) from error
    draft.keep_original("state", state)
    return state


def _require_registration(draft: Draft) -> None:
    if not (draft.fields["contract"] or {}).get("contract_reg_no"):
        message = "is registered and has no registration number."
        hint = "Enter the number, or write contract_signed."
        raise draft.refused(RowCode.MISSING_VALUE, message, "contract_reg_no", hint)


def _step(draft: Draft, state: FollowUpState, place: Place) -> dict[str, Any]:
    """The step from suggested to the state, with the reason, end or twin that goes with it."""
    step: dict[str, Any] = {
        "from_state": FollowUpState.SUGGESTED,
        "to_state": state,
        "by": BY_IMPORT,
        "at": _when(draft, place),
        "why": draft.text("why"),
    }
    if state is FollowUpState.DECLINED:
        step |= _reason(draft)
    if state is FollowUpState.ON_HOLD:
        step["until"] = draft.read("until", parse_date)
    if state is FollowUpState.DUPLICATE:
        step["of"] = reference(as_text(draft.values.get("of")), place.namespace)
    return step


def _when(draft: Draft, place: Place) -> dt.datetime:
    when = draft.read("at", parse_moment) or place.at
    if when is None:
        message = "is not in its first state and doesn't say since when."
        hint = "Fill in the date of the state, or name one for the whole import."
        raise draft.refused(RowCode.MISSING_VALUE, message, "at", hint)
    return when


def _reason(draft: Draft) -> dict[str, Any]:
    """A reason that is known; else "other" with its words."""
    cell = in_simplified(draft.readable("reason"))
    why = draft.text("why")
    try:
        reason = DeclineReason.parse(cell)
    except InvalidValue:
        words = " ".join(filter(None, (draft.text("reason"), why)))
        if not words:
            message = "is declined without a reason."
            hint = f"Write one of: {', '.join(DeclineReason)}."
            raise draft.refused(RowCode.MISSING_VALUE, message, "reason", hint) from None
        return {"reason": DeclineReason.OTHER, "why": words}
    draft.keep_original("reason", reason)
    return {"reason": reason}
