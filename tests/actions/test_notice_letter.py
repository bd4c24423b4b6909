"""The letter: what it says, where it leads, and what it keeps to itself."""

from __future__ import annotations

import pytest

from matcher.actions.notice_letter import MOST_LINES, letter
from matcher.actions.notice_reading import SeenNotice
from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.domain.notice import NoticeKind
from tests.actions.notice_cases import about, notice

URL = "https://matcher.example.org/m"
LIN = Account(
    id="A1",
    login="lin",
    name="林",
    roles=(Role.MANAGER,),
    language=Language.EN,
    email="lin@example.org",
)
MATTER = about(("need", "n"), ("outcome", "o"))


def seen(kind: NoticeKind, count: int = 1, title: str = "", *, is_open: bool = False) -> SeenNotice:
    kept = notice("A1", kind, MATTER, key="need", count=count)
    return SeenNotice(kept, (MATTER,), count, title=title, is_open=is_open, search="秘密")


def test_it_says_what_is_new_and_leads_there() -> None:
    found = letter(LIN, [seen(NoticeKind.DUE, 3), seen(NoticeKind.SUGGESTIONS, 5)], URL)
    assert (found.to, found.subject) == ("lin@example.org", "2 new notices")
    assert found.settings == f"{URL}/me"
    assert found.text.splitlines() == [
        "Hello 林, you have 2 new notices:",
        "",
        "- 3 follow-ups are due",
        f"  {URL}/pipeline?due=today",
        "- 5 new pairs in your list",
        f"  {URL}/today",
        "",
        "-- ",
        f"All notices: {URL}/notices",
        f"To get no mail any more, empty the address in “My account”: {URL}/me",
    ]
    assert f'<a href="{URL}/today"><bdi>5 new pairs in your list</bdi></a>' in found.html


def test_without_an_address_of_the_service_there_are_no_links() -> None:
    found = letter(LIN, [seen(NoticeKind.DUE)], "")
    assert found.settings == ""
    for text in (found.text, found.html):
        assert "http" not in text
        assert "href" not in text
        assert "1 follow-up is due" in text


@pytest.mark.parametrize("kind", NoticeKind)
def test_what_isnt_open_to_all_doesnt_leave_the_house(kind: NoticeKind) -> None:
    hidden = letter(LIN, [seen(kind, title="内部项目")], URL)
    assert not any("内部" in text or "秘密" in text for text in hidden.to_mapping().values())
    shown = letter(LIN, [seen(kind, title="公开项目", is_open=True)], URL)
    assert "公开项目" in shown.text
    assert "公开项目" in shown.subject


def test_a_title_breaks_neither_the_header_nor_the_page() -> None:
    title = "a\r\nBcc: x@example.org <script>alert(1)</script> \u202e"
    found = letter(LIN, [seen(NoticeKind.STILL_VALID, title=title, is_open=True)], URL)
    assert found.subject.isprintable()
    assert "<script>" not in found.html
    assert "&lt;script&gt;" in found.html
    assert "\nBcc" not in found.text


def test_it_has_no_end_of_lines_and_is_in_the_readers_language() -> None:
    many = [seen(NoticeKind.DUE)] * (MOST_LINES + 30)
    found = letter(LIN.from_mapping(LIN.to_mapping() | {"language": "zh"}), many, URL)
    assert found.subject == "50 条新提醒"
    assert found.text.count("1 条跟进到期") == MOST_LINES
    assert found.text.startswith("林，您好！您有 50 条新提醒：")
    assert '<html lang="zh-Hans">' in found.html


def test_the_same_notices_make_a_letter_of_the_same_id() -> None:
    one, other = seen(NoticeKind.DUE), seen(NoticeKind.DUE, 2)
    assert letter(LIN, [one], URL).id == letter(LIN, [other], "").id
    assert letter(LIN, [one], URL).id != letter(LIN, [one, other], URL).id
