"""A manager's worklist: the few pairs of a day that are worth a decision, and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.acting import account_of, is_manager, require_acting, sight_of
from matcher.actions.answer import title_of
from matcher.actions.cautions import cautions, sentence
from matcher.actions.conflicted import Conflicts
from matcher.actions.impressions import tell_shown
from matcher.actions.match_row import match_row
from matcher.actions.moment import Moment, moment
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.worklist_pairs import Desk, Offer, Offers, explained, offers_for, profile_of
from matcher.actions.worklist_row import Emptiness, Worklist, WorklistRow
from matcher.domain.enums import Language, Noun
from matcher.domain.track import NO_TRACK, room
from matcher.domain.visibility import Viewer
from matcher.errors import UsageError
from matcher.files.match_row import MatchRow
from matcher.recommend.facts import Standing
from matcher.recommend.worklist import Row, Slots, compose
from matcher.store import records
from matcher.store.standing import stamp, standing

MOST = 100
"""Rows that may be asked for."""
WATCH = frozenset({"stale", "price_unknown", "price_may_exceed_budget"})
"""Codes of reasons that speak against a pair: in a worklist they stand among the warnings."""


def worklist(
    platform: Platform,
    viewer: Viewer,
    manager: str,
    size: int = 20,
    day: date | None = None,
    *,
    language: Language = Language.ZH,
    counted: bool | None = None,
) -> Worklist:
    """The pairs for a manager to decide on, on a day; today unless given.

    Whoever may act for the manager may look: what the manager may not know of isn't in the list,
    nor what the viewer may not. The same day has the same list, until something in it changes.
    counted: write down what was shown, from which the ranking learns; without it only where the
    viewer is the manager, as what somebody else looked at wasn't shown to them. A list of another
    day never counts. Raises NotFound, NotAllowed, NoModel, BrokenBundle,
    StoreUnavailable, and UsageError for a size that can't be.
    """
    slots = _slots(size)
    with moment(platform) as now:
        on = day or platform.today()
        desk = _desk(now, viewer, manager, on, platform.midnight(on))
        key = _key(now, desk, size, language)
        made = platform.worklists.get(key)
        if made is None:
            stale = platform.standings.stale(now.session)
            made = _made(now, desk, stale, slots, language)
            platform.worklists.put(key, made)
        seen = _for(now.session, viewer, made)
        account = account_of(now.session, desk.manager)
    if is_manager(viewer, desk.manager) if counted is None else counted:
        tell_shown(platform, account.id if account else seen.manager, seen)
    return seen


def _slots(size: int) -> Slots:
    if size > MOST:
        raise UsageError(f"A worklist has at most {MOST} rows.", field="size")
    return Slots(count=size)


def _desk(now: Moment, viewer: Viewer, manager: str, on: date, morning: datetime) -> Desk:
    serving, session = now
    record = required(session, viewer, Noun.MANAGER, manager).record
    require_acting(viewer, record)
    conflicts = Conflicts.of(session, serving, record)
    return Desk(record, sight_of(session, record), conflicts, on, morning)


def _key(now: Moment, desk: Desk, size: int, language: Language) -> Hashable:
    """All that a list is made of: another key where any of it may have changed."""
    serving, session = now
    return (
        desk.manager,
        desk.on,
        desk.sight.tokens,
        desk.conflicts.own_accounts,
        serving.version,
        serving.seq,
        serving.degraded,
        stamp(session),
        size,
        language,
    )


def _made(
    now: Moment, desk: Desk, stale: Mapping[str, Sequence[date]], slots: Slots, language: Language
) -> Worklist:
    serving, session = now
    manager = desk.manager
    made = Worklist(manager.id, desk.on, (), serving.version, serving.degraded)
    stand = standing(session, managers=[manager.id], outcomes=())
    track = stand.tracks.get(manager.id, NO_TRACK)
    free = room(track, manager.capacity)
    if not manager.active or not free:
        why = Emptiness.NO_ROOM if manager.active else Emptiness.INACTIVE
        return replace(made, empty=why)
    desk = replace(desk, standing=Standing(desk.on, stand.tracks, stale))
    found = offers_for(session, serving, desk, free, slots.count)
    rows = compose(found.pairs, slots, f"{manager.id} {desk.on.isoformat()}")
    if not rows:
        known = profile_of(session, manager).body.strip()
        return replace(made, empty=Emptiness.NOTHING_FITS if known else Emptiness.NO_PROFILE)
    return replace(made, rows=_rows(now, desk, found, rows, language))


def _rows(
    now: Moment, desk: Desk, found: Offers, rows: tuple[Row, ...], language: Language
) -> tuple[WorklistRow, ...]:
    """The rows that are shown; only these are explained."""
    by_pair = {(one.need.id, one.outcome.id): one for one in found.offers}
    chosen = explained(now.serving, desk, [by_pair[row.need, row.outcome] for row in rows])
    stale = desk.standing.stale
    return tuple(
        _row(row, found, _warned(offer, tuple(stale.get(row.outcome, ())), desk, language))
        for row, offer in zip(rows, chosen, strict=True)
    )


Warned = tuple[MatchRow, list[Mapping[str, Any]], list[str]]


def _warned(offer: Offer, stale: tuple[date, ...], desk: Desk, language: Language) -> Warned:
    """The pair as people see it, and apart from it what speaks against it."""
    title = title_of(offer.outcome, language)
    shown = match_row(offer.query.item, offer.match, title, language)
    shown = replace(shown, query_title=title_of(offer.need, language))
    told = list(zip(shown.reasons, shown.reason_texts, strict=True))
    against = [one for one in told if one[0]["code"] in WATCH]
    more = cautions(offer.need, offer.outcome, stale, desk.on)
    against += [(one.to_mapping(), sentence(one, language)) for one in more]
    kept = [one for one in told if one[0]["code"] not in WATCH]
    shown = replace(
        shown, reasons=[one for one, _ in kept], reason_texts=[text for _, text in kept]
    )
    return shown, [one for one, _ in against], [text for _, text in against]


def _row(row: Row, found: Offers, warned: Warned) -> WorklistRow:
    shown, warnings, texts = warned
    waiting = found.handled.waiting.get((row.need, row.outcome))
    return WorklistRow(
        match=replace(shown, rank=row.position),
        score=row.score,
        parts=row.parts,
        position=row.position,
        propensity=row.propensity,
        explored=row.explored,
        warnings=tuple(warnings),
        warning_texts=tuple(texts),
        followup=waiting.followup.id if waiting else "",
        version=waiting.version if waiting else 0,
    )


def _for(session: Session, viewer: Viewer, made: Worklist) -> Worklist:
    """The list as the viewer may have it, who may be an admin that sees less than the manager."""
    needs, outcomes = (
        records.get_many(session, noun, {row.pair[place] for row in made.rows})
        for place, noun in enumerate((Noun.NEED, Noun.OUTCOME))
    )
    seen = tuple(
        row
        for row in made.rows
        if viewer.sees(needs[row.pair[0]].record) and viewer.sees(outcomes[row.pair[1]].record)
    )
    empty = made.empty if seen or made.empty else Emptiness.NOTHING_FITS
    return replace(made, rows=seen, empty=empty)
