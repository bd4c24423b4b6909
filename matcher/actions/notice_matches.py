"""New listings that go well with somebody's own need or outcome.

A new match comes about by a new listing, and there are few of those: it is looked what goes with
each of them, instead of what goes with every need and every outcome there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matcher.actions.answer import Wish
from matcher.actions.notice_readers import News, Reader, gathered, matter
from matcher.actions.platform import Platform
from matcher.actions.suggest import suggest
from matcher.domain.enums import Noun, Role
from matcher.domain.notice import Matter, NoticeKind
from matcher.domain.result import Fit
from matcher.domain.visibility import SYSTEM
from matcher.errors import NotFound
from matcher.store import records
from matcher.store.new_listings import new_listings
from matcher.store.own_listings import PARTY

LATELY = timedelta(days=2)
"""What came longer ago is no news; a day on which no round was made is made up for."""
MOST_NEW = 200
"""New listings of a kind that are looked at, the newest; of one import some, others each day."""
EACH = 10
"""Records that are looked at for each of them, the best."""
_SIDES = ((Noun.OUTCOME, Noun.NEED, Role.ENTERPRISE), (Noun.NEED, Noun.OUTCOME, Role.HOLDER))
_FITS = frozenset({Fit.STRONG.value, Fit.POSSIBLE.value})


@dataclass(frozen=True, slots=True)
class _Owners:
    """Who has records of one kind: readers by the words that records name them by."""

    noun: Noun
    by_account: Mapping[str, Reader]
    by_party: Mapping[str, list[Reader]]

    def of(self, record: Any) -> dict[str, Reader]:
        """Whoever wrote the record, and whose organisation it is of."""
        found = list(self.by_party.get(getattr(record, PARTY[self.noun]), ()))
        found += [self.by_account[record.owner]] if record.owner in self.by_account else []
        return {one.account.id: one for one in found}


def news_of_matches(
    platform: Platform, everybody: Sequence[Reader], at: datetime, look: Callable[[], None]
) -> Iterator[tuple[str, News]]:
    """By account: enterprises of their needs, holders of their outcomes.

    look: is called now and then, and breaks it off by what it raises. Raises NoModel, BrokenBundle,
    StoreUnavailable.
    """
    for new, own, role in _SIDES:
        owners = _owners(platform, own, [one for one in everybody if role in one.account.roles])
        if owners.by_account:
            found = _matters(platform, new, owners, at, look)
            yield from gathered(found, NoticeKind.MATCHES, own.value)


def _owners(platform: Platform, noun: Noun, found: Sequence[Reader]) -> _Owners:
    known = platform.live.serving().organisations
    by_party: dict[str, list[Reader]] = defaultdict(list)
    for one in found:
        own = one.account.organisation
        for word in {own, *known.words([known.identities.root(own)])} if own else ():
            by_party[word].append(one)
    return _Owners(noun, {one.account.id: one for one in found}, by_party)


def _matters(
    platform: Platform, new: Noun, owners: _Owners, at: datetime, look: Callable[[], None]
) -> Iterator[tuple[str, Matter]]:
    with platform.database.reading() as session:
        came = new_listings(session, new, at - LATELY, MOST_NEW, platform.today())
    for id_ in came:
        look()
        fitting = _fitting(platform, new, id_, owners.noun)
        with platform.database.reading() as session:
            listing = records.get(session, new, id_)
            own = records.get_many(session, owners.noun, fitting)
        for one in own.values():
            pair = {new.value: id_, owners.noun.value: one.record.id}
            found = _pair(pair[Noun.NEED.value], pair[Noun.OUTCOME.value])
            for account, reader in owners.of(one.record).items():
                if listing is not None and _sees(reader, listing.record, one.record):
                    yield account, found


def _fitting(platform: Platform, noun: Noun, id: str, to: Noun) -> list[str]:
    """What goes well with a listing, which may be gone by now."""
    try:
        answer = suggest(platform, SYSTEM, noun, id, to, Wish(k=EACH))
    except NotFound:
        return []
    return [row.candidate_id for row in answer.matches if row.band in _FITS]


def _pair(need: str, outcome: str) -> Matter:
    return matter(f"{need} {outcome}", need=need, outcome=outcome)


def _sees(reader: Reader, *pair: Any) -> bool:
    return all(reader.viewer.sees(record) for record in pair)
