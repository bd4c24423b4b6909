"""Needs and outcomes of one's own: a list, and a form with a coach and live matches beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for

from matcher.actions.answer import Wish
from matcher.actions.cards import cards
from matcher.actions.completeness import completeness
from matcher.actions.editing import change, create
from matcher.actions.editing_rights import ENTERED_BY, may_change, right_over
from matcher.actions.interest_reading import get_interest
from matcher.actions.own_records import own_records
from matcher.actions.prompts import PromptReason, confirm, reason_of
from matcher.actions.reading import get
from matcher.actions.search import search
from matcher.domain.enums import Noun, Role, TransferMode, Visibility
from matcher.domain.need import Need
from matcher.domain.outcome import TRL_HIGHEST, TRL_LOWEST, Outcome
from matcher.errors import BrokenBundle, EditConflict, EncoderUnavailable, InvalidValue, NoModel
from matcher.store.stored import Stored
from matcher.taxonomy import taxonomy
from matcher.web.addresses import own_path
from matcher.web.answered import note_answered
from matcher.web.coach import coach_shown
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.interest import need_values
from matcher.web.models.matching import MAX_TEXT
from matcher.web.once import FIELD as KEY
from matcher.web.once import new_key, once
from matcher.web.page import account, gone, page, page_part, say
from matcher.web.record_fields import groups_for, inputs_of
from matcher.web.record_form import LONGEST, draft, empty_values, told, typed_values, values_of
from matcher.web.result import ResultShown, address_of, results_shown
from matcher.web.typed import NOTHING_TYPED, Typed
from matcher.web.typed_again import typed_again

MATCHES = 5
MOST = 200
"""Records of a list of one's own."""
FORM = "record"
INTEREST = "interest"
"""The interest that a need is written down for, in the address of an empty form."""
SAVED = "saved"
"""Where a page says that it was saved; what was kept in the browser goes then."""
PARTY = {Noun.NEED: "organisation", Noun.OUTCOME: "holder"}
OTHER = {Noun.NEED: Noun.OUTCOME, Noun.OUTCOME: Noun.NEED}
_OWN = {Role.ENTERPRISE: Noun.NEED, Role.HOLDER: Noun.OUTCOME}
"""Who enters what is their own; the others write down what belongs to somebody."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the list. edit: "" where it isn't the reader's; percent: how complete it is.

    wants: why its reader should have a look at it, None where nothing is due.
    """

    address: str
    edit: str
    title: str
    percent: int
    stored: Stored[Any]
    wants: PromptReason | None


def _part(noun: Noun) -> APIBlueprint:
    """The pages of one noun, for those who may enter it.

    What is done stands first in an address and the id last: there may be a record of any id.
    """
    writers = [role for role, nouns in ENTERED_BY.items() if noun in nouns]
    part = page_part(f"{noun.value}s", *writers, Role.ADMIN)
    path = f"/{noun.value}s"

    @part.get(path, endpoint="show")
    def show() -> Response:
        found = own_records(platform(), viewer(), noun, MOST)
        lines = tuple(_line(noun, one) for one in found)
        return page("pages/own.html", noun=noun, lines=lines, most=MOST)

    @part.get(f"/new/{noun.value}", endpoint="begin")
    def begin() -> Response:
        given = {one.name: request.args.get(one.name, "") for one in inputs_of(noun)}
        asked = {name: text for name, text in given.items() if text}
        return _form(noun, {**empty_values(noun, _circle(noun)), **_wanted(noun), **asked})

    @part.post(f"/new/{noun.value}", endpoint="enter")
    def enter() -> Response:
        return _entered(noun)

    @part.get(f"/edit/{noun.value}/<path:id>", endpoint="edit")
    def edit(id: str) -> Response:
        stored = _writable(noun, id)
        if stored.record.id != id:
            return gone(url_for(f"page.{noun.value}s.edit", id=stored.record.id))
        return _form(noun, values_of(noun, stored.record, say()), stored)

    @part.post(f"/edit/{noun.value}/<path:id>", endpoint="save")
    def save(id: str) -> Response:
        return _saved(noun, id)

    @part.post(f"/confirm/{noun.value}/<path:id>", endpoint="still_so")
    def still_so(id: str) -> Response:
        """It is as it should be: it counts as updated today."""
        confirm(platform(), viewer(), noun, id, version_of(request.form))
        return gone(f"{own_path(request.form.get('next', '')).partition('#')[0]}#{SAVED}")

    @part.post(f"{path}/coach", endpoint="coach")
    def coach() -> Response:
        typed = typed_values(noun, _flat())
        return page("pages/form_coach.html", noun=noun, partial=True, **_beside(noun, typed))

    return part


def _wanted(noun: Noun) -> dict[str, str]:
    """What the interest says that a need is written down for. Raises NotFound."""
    id_ = request.args.get(INTEREST, "")
    if noun is not Noun.NEED or not id_:
        return {}
    return need_values(get_interest(platform(), viewer(), id_, say().language))


def _entered(noun: Noun) -> Response:
    typed, made = typed_values(noun, _flat()), []

    def enter() -> None:
        fields = told(noun, typed, {})
        if not writes_for_others(noun):
            fields[PARTY[noun]] = account().organisation
        made.append(create(platform(), viewer(), noun, fields).record.id)

    try:
        _require_title(typed)
        once(enter)
    except InvalidValue as error:
        again = typed_again(FORM, typed, error, say(), labels=_labels(noun))
        return _form(noun, typed, typed=again)
    # Sent twice, the second doesn't learn which one it was; the list has it on top.
    where = address_of(noun, made[0]) if made else url_for(f"page.{noun.value}s.show")
    return gone(f"{where}#{SAVED}")


def _saved(noun: Noun, id: str) -> Response:
    typed = typed_values(noun, _flat())
    stored = _writable(noun, id)
    now = values_of(noun, stored.record, say())
    try:
        _require_title(typed)
        fields = told(noun, {**now, **_given(noun, typed)}, now)
        change(platform(), viewer(), noun, id, fields, version_of(request.form))
    except (InvalidValue, EditConflict) as error:
        # It may have been changed between the two.
        stored = _writable(noun, id)
        now = values_of(noun, stored.record, say())
        shown = {**now, **_given(noun, typed)}
        again = typed_again(FORM, shown, error, say(), labels=_labels(noun), now=now)
        return _form(noun, shown, stored, again)
    return gone(f"{address_of(noun, id)}#{SAVED}")


def writes_for_others(noun: Noun) -> bool:
    """Whether the form asks whose the record is."""
    return all(_OWN.get(role) is not noun for role in account().roles)


def _circle(noun: Noun) -> Visibility:
    """Who is to know of a new record: an enterprise's need says to its rivals what it works on."""
    own = noun is Noun.NEED and not writes_for_others(noun)
    return Visibility.BROKERS if own else Visibility.PUBLIC


def _given(noun: Noun, typed: Mapping[str, str]) -> dict[str, str]:
    """What the form that was sent had room for."""
    groups = groups_for(noun, others=writes_for_others(noun))
    names = {one.name for group in groups for one in group.inputs}
    return {name: text for name, text in typed.items() if name in names}


def _require_title(typed: Mapping[str, str]) -> None:
    if not typed["title"]:
        raise InvalidValue("It has no title.", field="title", hint="Write one.")


def _writable(noun: Noun, id: str) -> Stored[Any]:
    """The record, where the reader may write it. Raises NotFound, NotAllowed."""
    stored = get(platform(), viewer(), noun, id)
    right_over(viewer(), noun, stored.record)
    return stored


def _form(
    noun: Noun,
    values: Mapping[str, str],
    stored: Stored[Any] | None = None,
    typed: Typed = NOTHING_TYPED,
) -> Response:
    return page(
        "pages/form.html",
        typed.status,
        noun=noun,
        partial=False,
        stored=stored,
        groups=groups_for(noun, others=writes_for_others(noun)),
        values=values,
        typed=typed,
        key=None if stored else new_key(),
        key_name=KEY,
        longest=LONGEST,
        modes=tuple(TransferMode),
        circles=tuple(Visibility),
        fields=tuple(one for one in taxonomy("fields").values() if _offered(one.code, values)),
        levels=range(TRL_LOWEST, TRL_HIGHEST + 1),
        **_beside(noun, values),
    )


def _offered(code: str, values: Mapping[str, str]) -> bool:
    return len(code) <= len("0101") or code == values["field"]


def _beside(noun: Noun, typed: Mapping[str, str]) -> dict[str, Any]:
    """The coach, and what matches so far. matches: None where no model can be asked just now."""
    record = draft(noun, typed)
    return {"coach": coach_shown(record, say()), "matches": _matches(noun, record)}


def _matches(noun: Noun, record: Need | Outcome) -> tuple[ResultShown, ...] | None:
    text = "\n".join(record.pieces())[:MAX_TEXT]
    if not text:
        return ()
    try:
        wish = Wish(k=MATCHES, language=say().language)
        found = search(platform(), viewer(), OTHER[noun], text, wish)
    except (NoModel, BrokenBundle, EncoderUnavailable):
        return None
    note_answered(found.model_version, found.degraded)
    ids = [row.candidate_id for row in found.matches]
    shown = cards(platform(), viewer(), OTHER[noun], ids, say().language)
    return results_shown(found.matches, shown, say())


def _line(noun: Noun, stored: Stored[Any]) -> Line:
    record = stored.record
    writable = may_change(viewer(), noun, record)
    first, second = (record.title, record.title_en)[:: 1 if say().language == "zh" else -1]
    return Line(
        address=address_of(noun, record.id),
        edit=url_for(f"page.{noun.value}s.edit", id=record.id) if writable else "",
        title=first or second or record.id,
        percent=completeness(record).percent,
        stored=stored,
        wants=reason_of(record, platform().today()) if writable else None,
    )


def _labels(noun: Noun) -> dict[str, str]:
    return {one.name: say()(*one.label) for one in inputs_of(noun)}


def _flat() -> dict[str, str]:
    """The form; several that are ticked with commas between them."""
    return {name: ",".join(texts) for name, texts in request.form.lists()}


needs = _part(Noun.NEED)
outcomes = _part(Noun.OUTCOME)
