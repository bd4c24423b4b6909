"""Where notices lead: to where one sees to what they tell."""

from __future__ import annotations

import pytest

from matcher.actions.notice_places import place_of
from matcher.actions.notice_reading import SeenNotice
from matcher.domain.enums import Role
from matcher.domain.notice import Matter, NoticeKind
from tests.actions.notice_cases import about, notice

PAIR, OTHER = about(("need", "n 1"), ("outcome", "o/1")), about(("need", "n2"), ("outcome", "o/1"))


def place(kind: NoticeKind, *matters: Matter, key: str = "", role: Role = Role.MANAGER) -> str:
    kept = notice("a", kind, *matters, key=key)
    return place_of(SeenNotice(kept, matters, len(matters)), (role,))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (NoticeKind.INTEREST, "/interests"),
        (NoticeKind.ANSWER, "/interests"),
        (NoticeKind.DUE, "/pipeline?due=today"),
        (NoticeKind.SUGGESTIONS, "/today"),
    ],
)
def test_work_stands_on_a_page_of_its_own(kind: NoticeKind, path: str) -> None:
    assert place(kind, PAIR, OTHER) == path


def test_a_search_is_opened() -> None:
    assert place(NoticeKind.SEARCH, PAIR, key="S-1?") == "/find/searches/S-1%3F"


def test_matches_of_one_record_lead_to_it_and_others_to_ones_own() -> None:
    enterprise, holder = Role.ENTERPRISE, Role.HOLDER
    assert place(NoticeKind.MATCHES, PAIR, key="need", role=enterprise) == "/needs/n%201"
    assert place(NoticeKind.MATCHES, PAIR, OTHER, key="need", role=enterprise) == "/needs"
    assert place(NoticeKind.MATCHES, PAIR, OTHER, key="outcome", role=holder) == "/outcomes/o/1"


def test_listings_that_want_a_look_lead_to_who_sees_to_them() -> None:
    one, two = about(("outcome", "x")), about(("outcome", "y"))
    still = NoticeKind.STILL_VALID
    assert place(still, one) == "/outcomes/x"
    assert place(still, one, two, role=Role.HOLDER) == "/outcomes"
    assert place(still, one, two, role=Role.ADMIN) == "/quality"
    assert place(still, one, two, role=Role.MANAGER) == "/outcomes"
    assert place(still, one, two, role=Role.ENTERPRISE) == "/notices"
    needs = (about(("need", "x")), about(("need", "y")))
    assert place(still, *needs, role=Role.MANAGER) == "/needs"
