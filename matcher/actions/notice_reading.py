"""Reading one's notices: with names as they are now, and as far as one may still know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import HEAD, title_of
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.followup import FollowUp
from matcher.domain.interest import Interest
from matcher.domain.notice import Matter, Notice, NoticeKind
from matcher.domain.visibility import PUBLIC, Viewer, audience
from matcher.errors import NotFound, UsageError
from matcher.store import followups, interests, notices, records, saved_searches
from matcher.store.prompts import LISTED

MOST = 200
"""Notices in one answer."""


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice as its reader may have it. matters: those that it names and they may know of.

    count: how many these are; is_more: whether there are others that it doesn't name, of which
    nobody knows what the reader may know. title: of the one that it is about, "" where there are
    several; is_open: whether everybody who is signed in may know of that. search: the name of the
    saved search that it is about, "" for none.
    """

    notice: Notice
    matters: tuple[Matter, ...]
    count: int
    is_more: bool = False
    title: str = ""
    is_open: bool = False
    search: str = ""

    @property
    def kind(self) -> NoticeKind:
        """What it tells."""
        return self.notice.kind

    @property
    def is_one(self) -> bool:
        """Whether it is about one matter alone."""
        return self.count == 1 and not self.is_more

    @property
    def is_read(self) -> bool:
        """Whether it was opened, or marked as read."""
        return self.notice.read_at is not None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some notices, the newest first. next: the number that those after them are smaller than, 0
    for none; last: the number of the newest one of all on the first page."""

    rows: tuple[SeenNotice, ...]
    next: int = 0
    last: int = 0


def unread_count(platform: Platform, viewer: Viewer) -> int:
    """How many the viewer hasn't read."""
    if viewer.account is None:
        return 0
    with platform.database.reading() as session:
        return notices.unread(session, viewer.account.id)


def list_notices(
    platform: Platform,
    viewer: Viewer,
    language: Language = Language.ZH,
    *,
    before: int = 0,
    limit: int = 50,
) -> NoticePage:
    """The viewer's own. Of what they may know nothing of any more there is no notice; it counts as
    read from now on. Raises UsageError for a limit below 1 or above `MOST`."""
    if not 1 <= limit <= MOST:
        raise UsageError(f"A list has 1 to {MOST} notices.", field="limit")
    account = _account(viewer)
    with platform.database.reading() as session:
        found = notices.page(session, account, before, limit + 1)
        rows = seen_notices(session, viewer, found[:limit], language)
    there = {one.notice.seq for one in rows}
    lost = [one.seq for one in found[:limit] if one.seq not in there and one.read_at is None]
    if lost:
        with platform.database.writing() as session:
            notices.read(session, account, lost, platform.now())
    more = found[limit - 1].seq if len(found) > limit else 0
    return NoticePage(rows, more, found[0].seq if found else 0)


def open_notice(
    platform: Platform, viewer: Viewer, seq: int, language: Language = Language.ZH
) -> SeenNotice:
    """One of the viewer's own, which they have read by that. Raises NotFound."""
    account = _account(viewer)
    with platform.database.reading() as session:
        kept = notices.get(session, account, seq)
        found = seen_notices(session, viewer, [kept] if kept else [], language)
    if not found:
        raise NotFound("You have no such notice.", hint="It may be about what is gone by now.")
    if not found[0].is_read:
        with platform.database.writing() as session:
            notices.read(session, account, [seq], platform.now())
    return found[0]


def read_notices(platform: Platform, viewer: Viewer, up_to: int) -> None:
    """Mark all of the viewer's own as read, up to this number: those that they have seen."""
    with platform.database.writing() as session:
        notices.read_all(session, _account(viewer), up_to, platform.now())


def seen_notices(
    session: Session, viewer: Viewer, found: Sequence[Notice], language: Language
) -> tuple[SeenNotice, ...]:
    """Those that the viewer may know of, in their order."""
    known = _known(session, viewer, found)
    names = _search_names(session, viewer, found)
    shown = (_seen(one, known, names, language) for one in found)
    return tuple(one for one in shown if one is not None)


_Known = Mapping[Subject, Any]
"""What the viewer may know of, each with the record that it is called by; None where they may not
know of that one."""


def _seen(
    notice: Notice, known: _Known, names: Mapping[str, str], language: Language
) -> SeenNotice | None:
    matters = tuple(one for one in notice.matters if all(it in known for it in one.subjects))
    of_search = notice.kind is NoticeKind.SEARCH
    if not matters or (of_search and notice.key not in names):
        return None
    seen = SeenNotice(
        notice,
        matters,
        len(matters),
        is_more=notice.count > len(notice.matters),
        search=names[notice.key] if of_search else "",
    )
    subject = _head(notice, matters[0])
    record = known[subject]
    if record is None or not seen.is_one:
        return seen
    is_open = subject.noun in LISTED and PUBLIC in audience(record)
    return replace(seen, title=title_of(record, language), is_open=is_open)


def _head(notice: Notice, matter: Matter) -> Subject:
    """What a matter is called by: of a pair the outcome, unless that is the reader's own."""
    is_own = notice.kind is NoticeKind.MATCHES and notice.key == Noun.OUTCOME.value
    return matter.subjects[0 if is_own else -1]


def _known(session: Session, viewer: Viewer, found: Iterable[Notice]) -> _Known:
    ids: dict[Noun, set[str]] = defaultdict(set)
    for one in (it for notice in found for matter in notice.matters for it in matter.subjects):
        ids[one.noun].add(one.id)
    pursued: dict[Subject, FollowUp | Interest] = {
        **{
            Subject(noun=Noun.FOLLOW_UP, id=id_): one.followup
            for id_, one in followups.get_many(session, sorted(ids[Noun.FOLLOW_UP])).items()
        },
        **{
            Subject(noun=Noun.INTEREST, id=id_): one.interest
            for id_, one in interests.get_many(session, sorted(ids[Noun.INTEREST])).items()
        },
    }
    seen = {subject: one for subject, one in pursued.items() if viewer.sees(one)}
    ids[Noun.OUTCOME] |= {one.outcome for one in seen.values()}
    listed = {
        Subject(noun=noun, id=id_): stored.record
        for noun in LISTED
        for id_, stored in records.heads(session, noun, sorted(ids[noun]), HEAD).items()
        if stored.live and viewer.sees(stored.record)
    }
    outcomes = {one.id: record for one, record in listed.items() if one.noun is Noun.OUTCOME}
    called = {subject: outcomes.get(one.outcome) for subject, one in seen.items()}
    return {**listed, **called}


def _search_names(session: Session, viewer: Viewer, found: Iterable[Notice]) -> Mapping[str, str]:
    """The viewer's saved searches, where a notice is about one."""
    account = viewer.account
    if account is None or all(one.kind is not NoticeKind.SEARCH for one in found):
        return {}
    return {one.id: one.name for one in saved_searches.of_account(session, account.id)}


def _account(viewer: Viewer) -> str:
    if viewer.account is None:
        raise NotFound("You have no account here.", hint="Sign in with an account.")
    return viewer.account.id
