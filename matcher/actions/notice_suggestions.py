"""What is new in a manager's list of the day."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.actions.notice_readers import News, Reader, matter
from matcher.actions.platform import Platform
from matcher.actions.worklist import worklist
from matcher.domain.notice import NoticeKind
from matcher.errors import NotAllowed, NotFound

SIZE = 20
"""Rows of the list that are looked at, as many as the page shows."""


def news_of_suggestions(platform: Platform, reader: Reader) -> Iterator[News]:
    """The pairs that stand in the list today; nothing for who is no manager.

    That they were told of them doesn't count as that they were shown. Raises NoModel, BrokenBundle,
    EncoderUnavailable, StoreUnavailable.
    """
    if not reader.manager:
        return
    try:
        found = worklist(platform, reader.viewer, reader.manager, SIZE, counted=False)
    except (NotFound, NotAllowed):
        return  # The manager's record is gone, or another's by now.
    pairs = (row.pair for row in found.rows)
    matters = tuple(matter(f"{need} {it}", need=need, outcome=it) for need, it in pairs)
    if matters:
        yield News(NoticeKind.SUGGESTIONS, matters)
