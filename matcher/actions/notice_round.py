"""A round of notices: what is new for everybody who may sign in, each matter told once.

A round that was broken off is gone on with by the next one, and a second one on the same day tells
nothing that the first one told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from matcher.actions.notice_matches import news_of_matches
from matcher.actions.notice_prompts import news_of_prompts
from matcher.actions.notice_readers import News, Reader, readers
from matcher.actions.notice_searches import Searches, news_of_searches, searches_by_account
from matcher.actions.notice_suggestions import news_of_suggestions
from matcher.actions.notice_work import news_of_work
from matcher.actions.platform import Platform
from matcher.domain.notice import MOST_NAMED, Matter, Notice, NoticeKind
from matcher.errors import BrokenBundle, EncoderUnavailable, NoModel
from matcher.store import notices

KEPT = timedelta(days=180)
"""How long notices are kept."""
TOLD_FOR = timedelta(days=400)
"""After how long the same matter may be told again."""
_WITHOUT_MODEL = (NoModel, BrokenBundle, EncoderUnavailable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to. told: notices by kind; left_out: kinds that couldn't be looked at, as
    there is no model that answers."""

    accounts: int
    told: Mapping[NoticeKind, int] = field(default_factory=dict)
    left_out: tuple[NoticeKind, ...] = ()


def tell(
    platform: Platform,
    done: Callable[[int], None] = lambda _: None,
    begin: Callable[[int], None] = lambda _: None,
) -> Round:
    """Tell everybody what is new for them.

    begin, done: are called with how many accounts there are, and how many of them were told; what
    they raise breaks the round off, and what was told until then stays told. Raises
    StoreUnavailable.
    """
    at = platform.now()
    with platform.database.reading() as session:
        everybody = readers(session)
        work = list(news_of_work(session, everybody, at, platform.today()))
    begin(len(everybody))
    gaps = _Gaps()
    shared = _by_account(_shared(platform, everybody, at, work, gaps, lambda: done(0)))
    searches = searches_by_account(platform)
    told: Counter[NoticeKind] = Counter()
    for count, reader in enumerate(everybody, start=1):
        own = _own(platform, reader, searches, gaps)
        told.update(_told(platform, reader, [*shared[reader.account.id], *own], at))
        done(count)
    with platform.database.writing() as session:
        notices.forget(session, at - KEPT, at - TOLD_FOR)
    return Round(len(everybody), told, tuple(gaps.kinds))


class _Gaps:
    """The kinds that can't be looked at for want of a model; it isn't asked for a second time."""

    def __init__(self) -> None:
        self.kinds: list[NoticeKind] = []

    def spanned(self, kind: NoticeKind, find: Callable[[], Iterable[T]]) -> Iterator[T]:
        """What is found of the kind, as far as it can be."""
        if kind in self.kinds:
            return
        try:
            yield from find()
        except _WITHOUT_MODEL:
            self.kinds.append(kind)


def _shared(
    platform: Platform,
    everybody: Sequence[Reader],
    at: datetime,
    work: Iterable[tuple[str, News]],
    gaps: _Gaps,
    look: Callable[[], None],
) -> Iterator[tuple[str, News]]:
    """What is found for all accounts together."""
    yield from work
    yield from news_of_prompts(platform, everybody, at)
    matches = partial(news_of_matches, platform, everybody, at, look)
    yield from gaps.spanned(NoticeKind.MATCHES, matches)


def _own(platform: Platform, reader: Reader, searches: Searches, gaps: _Gaps) -> Iterator[News]:
    """What is found for each account by itself."""
    yield from gaps.spanned(NoticeKind.SUGGESTIONS, partial(news_of_suggestions, platform, reader))
    mine = searches.get(reader.account.id, ())
    yield from gaps.spanned(NoticeKind.SEARCH, partial(news_of_searches, platform, reader, mine))


def _by_account(found: Iterable[tuple[str, News]]) -> Mapping[str, list[News]]:
    kept: dict[str, list[News]] = defaultdict(list)
    for account, news in found:
        kept[account].append(news)
    return kept


def _told(
    platform: Platform, reader: Reader, found: Sequence[News], at: datetime
) -> list[NoticeKind]:
    """The kinds of which there was something new for the account, which knows of it now."""
    account = reader.account.id
    with platform.database.reading() as session:
        is_new = any(notices.untold(session, account, one.kind, one.matters) for one in found)
    if not is_new:
        return []
    kinds = []
    with platform.database.writing() as session:
        for news in found:
            # Another round may have told of some since.
            new = notices.untold(session, account, news.kind, news.matters)
            if new:
                notices.add(session, _notice(account, news, new, at), new)
                kinds.append(news.kind)
    return kinds


def _notice(account: str, news: News, new: Sequence[Matter], at: datetime) -> Notice:
    named = tuple(new[:MOST_NAMED])
    return Notice(
        account=account, kind=news.kind, key=news.key, matters=named, count=len(new), at=at
    )
