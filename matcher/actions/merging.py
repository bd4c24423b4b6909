"""Merging two records that are one, refusing to, and taking a merge apart again.

Both records keep their history, follow-ups and interactions; the one that is dropped isn't searched
any more, and who asks for it is shown the other. Nothing is rewritten, so nothing is lost when the
merge is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, require_admin
from matcher.actions.masked import masked
from matcher.actions.paged import Paged, cut
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, NotFound, UsageError
from matcher.store import merges, records
from matcher.store.merged import absorbed, followups_of
from matcher.store.merges import Merge, MergeState
from matcher.store.stored import Stored

BY_HAND = "by_hand"
_PAGE = 200
_PROPOSED = MergeState.PROPOSED


@dataclass(frozen=True, slots=True)
class Seen:
    """A merge with both its records as the viewer may have them; `kept` is the one that stays or
    stayed."""

    merge: Merge
    kept: Stored[Any]
    dropped: Stored[Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that was done.

    clashing: the ids of open follow-ups that now pursue the same pair, a group each, of those that
    the viewer may know of. They stay as they are, and somebody has to say which of them goes on.
    """

    seen: Seen
    clashing: tuple[tuple[str, ...], ...]


def list_merges(
    platform: Platform,
    viewer: Viewer,
    state: MergeState = MergeState.PROPOSED,
    noun: Noun | None = None,
    limit: int = 100,
    after: str = "",
) -> list[Seen]:
    """The merges in this state whose records the viewer may both know of, the surest first.

    after: only those behind the merge of this id, which may be in another state by now.
    """
    with platform.database.reading() as session:
        seen = (_seen(session, viewer, one) for one in _every(session, state, noun, after))
        found = (one for one in seen if one and (state is not _PROPOSED or _both_live(one)))
        return list(islice(found, limit))


def page_merges(
    platform: Platform,
    viewer: Viewer,
    state: MergeState,
    noun: Noun | None,
    after: str,
    limit: int,
) -> Paged[Seen]:
    """The same by pages."""
    found = list_merges(platform, viewer, state, noun, limit + 1, after)
    return cut(found, lambda seen: seen.merge.id, limit)


def merge(platform: Platform, viewer: Viewer, id: str, keep: str = "") -> Merged:
    """Merge the records of a proposal, or of one that was rejected or undone.

    keep: the id of the record to stay; without one it's that proposed. Raises NotFound, NotAllowed
    for whom a record isn't theirs, UsageError, IllegalTransition.
    """
    with platform.database.writing() as session:
        return _merge(platform, session, viewer, _required(session, viewer, id), keep)


def merge_records(
    platform: Platform, viewer: Viewer, noun: Noun, kept: str, dropped: str
) -> Merged:
    """Merge two records that nobody proposed to merge. Raises what `merge` does."""
    with platform.database.writing() as session:
        for id_ in (kept, dropped):
            _charge(viewer, _live(records.get(session, noun, id_), viewer, noun, id_))
        why, at = {BY_HAND: True}, platform.now()
        proposed = merges.propose(session, noun, kept, dropped, score=1.0, why=why, at=at)
        return _merge(platform, session, viewer, _required(session, viewer, proposed.id), kept)


def reject(platform: Platform, viewer: Viewer, id: str) -> Seen:
    """Say that two records aren't one; they aren't proposed again. Raises what `merge` does."""
    with platform.database.writing() as session:
        seen = _required(session, viewer, id)
        return _decided(platform, session, viewer, seen, MergeState.REJECTED, "merge_rejected")


def unmerge(platform: Platform, viewer: Viewer, id: str) -> Seen:
    """Take a merge apart: the dropped record is what it was before.

    Raises NotFound, NotAllowed, IllegalTransition, and EditConflict where the records aren't
    merged with each other any more.
    """
    with platform.database.writing() as session:
        seen = _required(session, viewer, id)
        done = _decided(platform, session, viewer, seen, MergeState.UNDONE, "unmerged")
        if seen.dropped.merged_into != seen.kept.record.id:
            raise EditConflict(
                f"{seen.dropped.record.id} isn't merged into {seen.kept.record.id} any more.",
                hint="Look at both records.",
                version=seen.dropped.version,
            )
        _set_merged(platform, session, viewer, seen, "")
        return done


def _merge(platform: Platform, session: Session, viewer: Viewer, seen: Seen, keep: str) -> Merged:
    seen = _turned(seen, keep)
    done = _decided(platform, session, viewer, seen, MergeState.MERGED, "merged")
    for stored in (seen.kept, seen.dropped):
        _live(stored, viewer, seen.merge.noun, stored.record.id)
    _set_merged(platform, session, viewer, seen, seen.kept.record.id)
    kept = seen.kept.record.id
    return Merged(done, tuple(_clashing(session, viewer, seen.merge.noun, kept)))


def _decided(
    platform: Platform,
    session: Session,
    viewer: Viewer,
    seen: Seen,
    to: MergeState,
    verb: str,
) -> Seen:
    """Note the decision, once it is sure that it is this viewer's to take."""
    for stored in (seen.kept, seen.dropped):
        _charge(viewer, stored)
    at, actor, noun = platform.now(), actor_of(viewer), seen.merge.noun
    decided = merges.decide(session, seen.merge.id, to, by=actor, at=at)
    ids = (seen.kept.record.id, seen.dropped.record.id)
    note(session, actor, verb, at, *(Subject(noun=noun, id=id_) for id_ in ids))
    return Seen(decided, seen.kept, seen.dropped)


def _set_merged(
    platform: Platform, session: Session, viewer: Viewer, seen: Seen, into: str
) -> None:
    noun, id_ = seen.merge.noun, seen.dropped.record.id
    records.set_merged(session, noun, id_, into, actor=actor_of(viewer), at=platform.now())


def _every(session: Session, state: MergeState, noun: Noun | None, after: str) -> Iterator[Merge]:
    start = 0
    while page := merges.in_state(session, state, noun, _PAGE, start, after):
        yield from page
        start += len(page)


def _required(session: Session, viewer: Viewer, id: str) -> Seen:
    found = merges.get(session, id)
    seen = None if found is None else _seen(session, viewer, found)
    if seen is None:
        raise NotFound(f"There is no merge {id!r}.", field="id", hint="List the proposed merges.")
    return seen


def _seen(session: Session, viewer: Viewer, merge: Merge) -> Seen | None:
    """None unless the viewer may know of both records; merged ones are turned as they were."""
    ids = (merge.kept, merge.dropped)
    found = records.get_many(session, merge.noun, ids)
    if len(found) < len(ids) or not all(viewer.sees(one.record) for one in found.values()):
        return None
    ends = (replace(found[id_], record=masked(session, viewer, found[id_].record)) for id_ in ids)
    seen = Seen(merge, *ends)
    return _turned(seen, merge.dropped) if seen.kept.merged_into == merge.dropped else seen


def _turned(seen: Seen, keep: str) -> Seen:
    """With the record `keep` as the one to stay."""
    if keep in ("", seen.kept.record.id):
        return seen
    if keep != seen.dropped.record.id:
        raise UsageError(
            f"{keep} is neither of the two records.",
            field="keep",
            hint=f"Name {seen.kept.record.id} or {seen.dropped.record.id}.",
        )
    return Seen(seen.merge, seen.dropped, seen.kept)


def _both_live(seen: Seen) -> bool:
    return seen.kept.live and seen.dropped.live


def _live(stored: Stored[Any] | None, viewer: Viewer, noun: Noun, id: str) -> Stored[Any]:
    if stored is None or not stored.live or not viewer.sees(stored.record):
        hint = "It may have been deleted, or merged into another one."
        raise NotFound(f"There is no {noun} {id!r}.", field="id", hint=hint)
    return stored


def _charge(viewer: Viewer, stored: Stored[Any]) -> None:
    require_admin(viewer, stored.record.node)


def _clashing(session: Session, viewer: Viewer, noun: Noun, kept: str) -> Iterator[tuple[str, ...]]:
    """Open follow-ups of one pair, now that several ids mean one record, as far as the viewer may
    know of them."""
    whole = {kept, *absorbed(session, noun, kept)}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in followups_of(session, whole):
        ends = (one.followup.need, one.followup.outcome)
        need, outcome = (kept if end in whole else end for end in ends)
        if one.followup.is_open and viewer.sees(one.followup):
            groups[need, outcome].append(one.followup.id)
    yield from (tuple(ids) for ids in groups.values() if len(ids) > 1)
