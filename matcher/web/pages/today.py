"""Today: a manager's pairs to decide on, one keystroke each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request, url_for

from matcher.actions.cards import cards
from matcher.actions.decisions import Decision, decide, undo
from matcher.actions.followup_reading import list_followups
from matcher.actions.in_hand import in_hand
from matcher.actions.suggestion_id import Suggestion, read_suggestion_id, suggestion_id
from matcher.actions.worklist import worklist
from matcher.actions.worklist_row import Worklist, WorklistRow
from matcher.domain.enums import DeclineReason, FollowUpState, Noun, Role
from matcher.store.followups import Kept
from matcher.web.context import platform, viewer
from matcher.web.form import version_of
from matcher.web.page import account, gone, is_partial, page, page_part, say
from matcher.web.pair import SideShown, WhyShown, asked, offered, side_shown, watched, why_shown

SIZE = 20
LATER_DAYS = (1, 7, 30)
"""In how many days a pair may come again that was put off."""
REASONS = tuple(one for one in DeclineReason if one is not DeclineReason.OTHER)
"""Why a pair is turned down by one key; what needs words besides isn't among them."""
_MOST_DUE = 200

today = page_part("today", Role.MANAGER)


@dataclass(frozen=True, slots=True)
class PairShown:
    """A pair to decide on. version: of its follow-up, 0 where there is none."""

    id: str
    need: SideShown
    outcome: SideShown
    why: WhyShown
    warnings: tuple[str, ...]
    explored: bool
    version: int


@dataclass(frozen=True, slots=True)
class Due:
    """Follow-ups to see to by today, and those of them that are late."""

    count: int
    late: int


@today.get("/today")
def show() -> Response:
    """The list of the day; for a manager whose account isn't tied to a record, what to do."""
    manager = account().manager
    if not manager:
        return page("pages/today_nobody.html")
    found = worklist(platform(), viewer(), manager, SIZE, language=say().language)
    return page(
        "pages/today.html",
        found=found,
        pairs=_pairs(found),
        due=_due(manager),
        hand=in_hand(platform(), viewer(), manager),
        reasons=REASONS,
        later=LATER_DAYS,
    )


@today.post("/today/<id>/accept")
def accept(id: str) -> Response:
    """Take up the pair."""
    return _decided(id, Decision.ACCEPT)


@today.post("/today/<id>/decline")
def decline(id: str) -> Response:
    """Turn the pair down, with the reason that was chosen."""
    reason = DeclineReason.parse(request.form.get("reason", ""))
    return _decided(id, Decision.DECLINE, reason=reason)


@today.post("/today/<id>/snooze")
def snooze(id: str) -> Response:
    """Put the pair off for so many days."""
    wanted = request.form.get("days", type=int)
    days = wanted if wanted in LATER_DAYS else LATER_DAYS[0]
    return _decided(id, Decision.SNOOZE, until=platform().today() + timedelta(days=days))


@today.post("/today/<id>/undo")
def take_back(id: str) -> Response:
    """Take the decision back; the pair stands in the list again."""
    pair = read_suggestion_id(id)
    undo(platform(), viewer(), request.form.get("followup", ""), version=version_of(request.form))
    if not is_partial():
        return gone(url_for("page.today.show", _anchor=f"pair-{id}"))
    found = worklist(platform(), viewer(), pair.manager, SIZE, language=say().language)
    again = [one for one in _pairs(found) if one.id == id]
    if not again:
        return gone(url_for("page.today.show"))
    return page(
        "pages/pair_again.html",
        pair=again[0],
        reasons=REASONS,
        later=LATER_DAYS,
        open=True,
        hand=in_hand(platform(), viewer(), pair.manager),
    )


def _decided(
    id: str,
    decision: Decision,
    *,
    reason: DeclineReason | None = None,
    until: date | None = None,
) -> Response:
    pair = read_suggestion_id(id)
    kept = decide(
        platform(),
        viewer(),
        *pair,
        decision,
        reason=reason,
        until=until,
        version=version_of(request.form),
    )
    if not is_partial():
        return gone(url_for("page.today.show", _anchor="pairs"))
    return _done(id, pair, decision, kept)


def _done(id: str, pair: Suggestion, decision: Decision, kept: Kept) -> Response:
    """One line in the pair's place, with the way back."""
    titles = cards(platform(), viewer(), Noun.OUTCOME, [pair.outcome], say().language)
    shown = side_shown(titles[pair.outcome], (), say()) if pair.outcome in titles else None
    return page(
        "pages/pair_done.html",
        id=id,
        decision=decision,
        kept=kept,
        outcome=shown,
        step=kept.followup.history[-1],
        hand=in_hand(platform(), viewer(), pair.manager),
    )


def _pairs(found: Worklist) -> tuple[PairShown, ...]:
    """The rows whose records are there still."""
    needs, outcomes = (
        cards(
            platform(),
            viewer(),
            noun,
            (row.pair[place] for row in found.rows),
            say().language,
        )
        for place, noun in enumerate((Noun.NEED, Noun.OUTCOME))
    )

    def shown(row: WorklistRow) -> Iterator[PairShown]:
        need, outcome = (own.get(id_) for own, id_ in zip((needs, outcomes), row.pair, strict=True))
        if need is None or outcome is None:
            return
        why = why_shown(row.match, say())
        yield PairShown(
            id=suggestion_id(found.manager, *row.pair),
            need=side_shown(need, asked(why.terms), say()),
            outcome=side_shown(outcome, offered(why.terms), say()),
            why=why,
            warnings=watched(row.warning_texts),
            explored=row.explored,
            version=row.version,
        )

    return tuple(pair for row in found.rows for pair in shown(row))


def _due(manager: str) -> Due:
    on = platform().today()
    open_states = [state for state in FollowUpState if state is not FollowUpState.SUGGESTED]
    found = list_followups(
        platform(), viewer(), manager, open_states, language=say().language, limit=_MOST_DUE
    )
    days = [one.kept.followup.due for one in found if one.kept.followup.due is not None]
    return Due(sum(day <= on for day in days), sum(day < on for day in days))
