"""What is new in the searches that people saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from matcher.actions.notice_readers import News, Reader, matter
from matcher.actions.platform import Platform
from matcher.actions.saved_searches import fresh_of, searches_of_all
from matcher.domain.enums import Noun
from matcher.domain.notice import NoticeKind
from matcher.domain.saved_search import SavedSearch
from matcher.domain.visibility import Viewer
from matcher.errors import UsageError, WrongSchema
from matcher.store import records
from matcher.store.revisions import revisions

LAG = timedelta(hours=1)
"""How long what is searched may take to follow what is written."""
Searches = Mapping[str, Iterable[SavedSearch]]


def searches_by_account(platform: Platform) -> Searches:
    """All there are, by the account that saved them."""
    kept: dict[str, list[SavedSearch]] = defaultdict(list)
    for one in searches_of_all(platform):
        kept[one.account].append(one)
    return kept


def news_of_searches(
    platform: Platform, reader: Reader, searches: Iterable[SavedSearch]
) -> Iterator[News]:
    """What each of the account's searches finds that its owner wasn't shown yet, and that came, or
    could be known to them, only since they looked.

    That a listing of old moves up, as another one goes or by another model, is no news. A search
    whose restrictions can't be read any more finds nothing; its page says so. Raises NoModel,
    BrokenBundle, EncoderUnavailable, StoreUnavailable.
    """
    for search in searches:
        try:
            found = _news_of(platform, reader.viewer, search)
        except (UsageError, WrongSchema):
            continue
        noun = search.noun.value
        matters = tuple(matter(f"{search.id} {id_}", **{noun: id_}) for id_ in found)
        if matters:
            yield News(NoticeKind.SEARCH, matters, search.id)


def _news_of(platform: Platform, viewer: Viewer, search: SavedSearch) -> list[str]:
    fresh, since = fresh_of(platform, viewer, search), search.looked_at - LAG
    with platform.database.reading() as session:
        there = records.heads(session, search.noun, fresh, frozenset({"id"}))
        return [
            id_
            for id_, one in there.items()
            if one.created_at >= since
            or (one.changed_at >= since and not _known(session, viewer, search.noun, id_, since))
        ]


def _known(session: Session, viewer: Viewer, noun: Noun, id: str, at: datetime) -> bool:
    """Whether the viewer could know of a record then, which was written anew since."""
    before = [one for one in revisions(session, noun, id) if one.at < at]
    if not before or before[-1].deleted_at is not None or before[-1].merged_into:
        return False
    return viewer.sees(before[-1].record)
