"""Listings that want a look, of which the freshness prompts noted that their owners are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from matcher.actions.authority import is_admin
from matcher.actions.notice_readers import News, Reader, gathered, matter
from matcher.actions.platform import Platform
from matcher.actions.prompts import Prompt, prompts
from matcher.domain.enums import Noun, Role
from matcher.domain.notice import Matter, NoticeKind
from matcher.domain.visibility import SYSTEM
from matcher.store.prompts import last_prompted

LATELY = timedelta(days=7)
"""What was noted longer ago is no news."""


def news_of_prompts(
    platform: Platform, everybody: Sequence[Reader], at: datetime
) -> Iterator[tuple[str, News]]:
    """By account and noun, as needs and outcomes stand on different pages. What its owner has
    confirmed since then wants no look any more."""
    with platform.database.reading() as session:
        noted = last_prompted(session, at - LATELY)
    due = prompts(platform, SYSTEM) if noted else ()
    wanted = [one for one in due if (one.noun, one.id) in noted]
    known, in_charge = {one.account.id for one in everybody}, _in_charge(wanted, everybody)
    for noun in Noun:
        found = (
            (account, _matter(one, noted[one.noun, one.id]))
            for one in wanted
            if one.noun is noun
            for account in _told(one, known, in_charge)
        )
        yield from gathered(found, NoticeKind.STILL_VALID, noun.value)


def _told(one: Prompt, known: Collection[str], in_charge: Mapping[str, list[str]]) -> list[str]:
    """Its owner; of what is nobody's the admins of its node and of those above it."""
    if not one.owner:
        return in_charge[one.node]
    return [one.owner] if one.owner in known else []


def _in_charge(wanted: Sequence[Prompt], everybody: Sequence[Reader]) -> dict[str, list[str]]:
    """The accounts of admins by the nodes of what is nobody's."""
    admins = [one for one in everybody if Role.ADMIN in one.account.roles]
    return {
        node: [one.account.id for one in admins if is_admin(one.viewer, node)]
        for node in {one.node for one in wanted if not one.owner}
    }


def _matter(one: Prompt, noted: date) -> Matter:
    return matter(f"{one.noun} {one.id} {noted.isoformat()}", **{one.noun.value: one.id})
