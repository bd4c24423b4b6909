"""Where one sees to what a notice tells: the path of a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import quote

from matcher.actions.editing_rights import ENTERED_BY
from matcher.actions.notice_reading import SeenNotice
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.notice import NoticeKind

HERE = "/notices"
"""The page of the notices themselves."""
OWN = "/me"
"""Where one says whether notices are mailed, and where to."""
_SHELVES = {Noun.OUTCOME: "outcomes", Noun.NEED: "needs"}
_PLACES: Mapping[NoticeKind, str] = {
    NoticeKind.INTEREST: "/interests",
    NoticeKind.ANSWER: "/interests",
    NoticeKind.DUE: "/pipeline?due=today",
    NoticeKind.SUGGESTIONS: "/today",
}


def place_of(seen: SeenNotice, roles: Collection[Role]) -> str:
    """The path, for an account with these roles."""
    match seen.kind:
        case NoticeKind.SEARCH:
            return f"/find/searches/{quote(seen.notice.key, safe='')}"
        case NoticeKind.MATCHES:
            own = Noun(seen.notice.key)
            ids = {it.id for one in seen.matters for it in one.subjects if it.noun is own}
            return _listing(Subject(noun=own, id=ids.pop())) if len(ids) == 1 else _list(own, roles)
        case NoticeKind.STILL_VALID:
            subject = seen.matters[0].subjects[0]
            return _listing(subject) if seen.is_one else _list(subject.noun, roles)
        case _:
            return _PLACES[seen.kind]


def _listing(subject: Subject) -> str:
    return f"/{_SHELVES[subject.noun]}/{quote(subject.id)}"


def _list(noun: Noun, roles: Collection[Role]) -> str:
    """One's own; admins have all that want a look on a page of theirs."""
    if any(noun in ENTERED_BY[role] for role in roles):
        return f"/{_SHELVES[noun]}"
    return "/quality" if Role.ADMIN in roles else HERE
