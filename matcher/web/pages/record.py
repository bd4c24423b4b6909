"""One need or outcome: all that it says, what goes with it, and how to get to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from matcher.actions.answer import Answer, Wish
from matcher.actions.cards import Card, cards
from matcher.actions.editing_rights import may_change
from matcher.actions.own_interest import own_interest
from matcher.actions.own_needs import own_needs
from matcher.actions.reading import get
from matcher.actions.suggest import similar, suggest
from matcher.domain.enums import Noun, Role
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel, NotFound
from matcher.web.carrier import CarrierShown, carriers_shown
from matcher.web.context import platform, viewer
from matcher.web.interest import interest_shown
from matcher.web.page import account, page, page_part, say
from matcher.web.pages.find import sees_needs
from matcher.web.record_shown import record_shown
from matcher.web.result import ResultShown, results_shown

BESIDE = 5
"""Similar records, and those that go with it."""
INTERESTED = (Role.ENTERPRISE, Role.ADMIN)

record = page_part("record")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a record. known: False where no model can be asked just now."""

    matches: tuple[ResultShown, ...] = ()
    alike: tuple[ResultShown, ...] = ()
    carriers: tuple[CarrierShown, ...] = ()
    known: bool = True
    degraded: bool = False


@record.get("/outcomes/<path:id>")
def outcome(id: str) -> Response:
    """An outcome; an enterprise can say here that it would like to have it."""
    card = _card(Noun.OUTCOME, id)
    interested = bool(set(account().roles) & set(INTERESTED))
    own = own_interest(platform(), viewer(), card.record.id, say().language) if interested else None
    return page(
        "pages/record.html",
        record=record_shown(card, say(), platform().today()),
        edit=_edit_of(card),
        beside=_beside(card, Noun.NEED if sees_needs() else None),
        interested=interested,
        interest=interest_shown(own, viewer(), say()) if own else None,
        needs=own_needs(platform(), viewer(), say().language) if interested and own is None else (),
    )


@record.get("/needs/<path:id>")
def need(id: str) -> Response:
    """A need, with the outcomes that may meet it."""
    card = _card(Noun.NEED, id)
    shown = record_shown(card, say(), platform().today())
    beside = _beside(card, Noun.OUTCOME)
    return page("pages/record.html", record=shown, edit=_edit_of(card), beside=beside)


def _edit_of(card: Card) -> str:
    """Where it is changed, "" where the reader may not."""
    if not may_change(viewer(), card.noun, card.record):
        return ""
    return url_for(f"page.{card.noun.value}s.edit", id=card.record.id)


def _card(noun: Noun, id: str) -> Card:
    """Raises NotFound; a record that was merged into another leads to that one."""
    there = get(platform(), viewer(), noun, id).record.id
    found = cards(platform(), viewer(), noun, [there], say().language)
    if there not in found:
        raise NotFound(f"There is no {noun} {id!r}.", hint="Check the id.")
    return found[there]


def _beside(card: Card, to: Noun | None) -> Beside:
    """to: what goes with it, None where that isn't for the reader."""
    noun, id_ = card.noun, card.record.id
    wish = Wish(k=BESIDE, language=say().language)
    try:
        matched = suggest(platform(), viewer(), noun, id_, to, wish) if to else None
        alike = similar(platform(), viewer(), noun, id_, wish)
        people = suggest(platform(), viewer(), noun, id_, Noun.MANAGER, wish)
    except (NoModel, BrokenBundle, EncoderUnavailable):
        return Beside(known=False)
    return Beside(
        matches=_listed(matched) if matched else (),
        alike=_listed(alike),
        carriers=carriers_shown(platform(), viewer(), people.matches, say()),
        degraded=bool(alike.degraded),
    )


def _listed(answer: Answer) -> tuple[ResultShown, ...]:
    ids = [row.candidate_id for row in answer.matches]
    found = cards(platform(), viewer(), answer.noun, ids, say().language)
    return results_shown(answer.matches, found, say())
