"""Mail over a real connection: one letter each, never twice, and nobody's fault stops another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matcher.actions.accounts import set_active
from matcher.actions.mailing import mailer_of
from matcher.actions.notice_letter import letter
from matcher.actions.notice_mail import MAILED_FOR, NOTHING_SENT, Sent, send_notices
from matcher.actions.notice_reading import read_notices
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.job import JobKind, JobState
from matcher.domain.message import Message
from matcher.domain.notice import NoticeKind
from matcher.domain.visibility import SYSTEM, Viewer, viewer_of
from matcher.errors import MailUnavailable
from matcher.files.smtp import Server
from matcher.store import accounts, notices
from tests.actions.job_cases import asked, done
from tests.actions.notice_cases import about, keep, notice
from tests.actions.pursuits import PARENTS, later
from tests.files.mail_server import SENDER, Box, mail_server
from tests.platforms import NOW, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
HIDDEN = "尚未公开的成果"


@pytest.fixture
def post() -> Iterator[tuple[Box, Server]]:
    with mail_server() as found:
        yield found


@pytest.fixture
def place(platform: Platform, post: tuple[Box, Server]) -> Platform:
    """Three with an address and something new, one with nothing new, one without an address."""
    for id_ in ("a", "b", "c", "nothing"):
        person(platform, id_, f"{id_}@example.org")
    person(platform, "silent", "")
    put(platform, Noun.OUTCOME, outcome("h", HIDDEN, owner="a", visibility=Visibility.NAMED))
    for id_ in ("a", "b", "c", "silent"):
        keep(platform, notice(id_, NoticeKind.STILL_VALID, about(("outcome", "o1"))))
    keep(platform, notice("a", NoticeKind.STILL_VALID, about(("outcome", "h"))))
    return with_server(platform, post[1])


def person(platform: Platform, id_: str, email: str) -> Viewer:
    account = Account(id=id_, login=id_, roles=(Role.HOLDER,), node="n1", email=email)
    with platform.database.writing() as session:
        accounts.add(session, account, at=NOW)
    return viewer_of(account, PARENTS)


def with_server(platform: Platform, server: Server) -> Platform:
    told = {
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_security": "none",
        "mail_from": SENDER,
        "public_url": "https://matcher.example.org",
    }
    return replace(platform, settings=platform.settings.model_copy(update=told))


def send(platform: Platform) -> Sent:
    mailer = mailer_of(platform.settings)
    assert mailer is not None
    return send_notices(platform, mailer)


def unmailed(platform: Platform) -> list[str]:
    with platform.database.reading() as session:
        found = (notices.unmailed(session, id_, NOW - MAILED_FOR) for id_ in "abc")
        return [one.account for some in found for one in some]


def test_everybody_gets_one_letter_and_no_second_one(
    place: Platform, post: tuple[Box, Server]
) -> None:
    box, _ = post
    assert send(place) == Sent(3, 0)
    assert sorted(box.to) == ["a@example.org", "b@example.org", "c@example.org"]
    [letter] = [found for address, found in box.letters if address == "a@example.org"]
    assert letter["Subject"] == "2 条新提醒"
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "石墨烯耐磨涂层" in text
    assert HIDDEN not in text
    assert send(place) == NOTHING_SENT
    keep(place, notice("b", NoticeKind.STILL_VALID, about(("outcome", "o2"))))
    assert send(place) == Sent(1, 0)
    assert box.to[3:] == ["b@example.org"]


def test_a_refused_address_is_tried_again_and_stops_nobody(
    place: Platform, post: tuple[Box, Server]
) -> None:
    box, _ = post
    box.refused = {"a@example.org"}
    assert send(place) == Sent(2, 1)
    assert unmailed(place) == ["a", "a"]
    box.refused = set()
    assert send(later(place, timedelta(days=1))) == Sent(1, 0)
    assert box.to == ["b@example.org", "c@example.org", "a@example.org"]


def test_a_letter_that_cant_be_written_stops_nobody(
    place: Platform, post: tuple[Box, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(account: Account, *rest: Any) -> Message:
        found = letter(account, *rest)
        return replace(found, text="\ud83d") if account.id == "a" else found

    monkeypatch.setattr("matcher.actions.notice_mail.letter", broken)
    assert send(place) == Sent(2, 1)
    assert unmailed(place) == ["a", "a"]


def test_a_letter_to_nowhere_stops_nobody(
    place: Platform, post: tuple[Box, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(account: Account, *rest: Any) -> Message:
        return letter(replace(account, email="nowhere") if account.id == "a" else account, *rest)

    monkeypatch.setattr("matcher.actions.notice_mail.letter", broken)
    assert send(place) == Sent(2, 1)
    assert unmailed(place) == ["a", "a"]


def test_a_title_that_looks_like_an_encoded_word_is_mailed_as_it_is(
    place: Platform, post: tuple[Box, Server]
) -> None:
    title = "coating =?utf-8?q?caf=E9?= x =?utf-8?b?DQpCY2M6IHhAZXhhbXBsZS5vcmcNCg==?="
    put(place, Noun.OUTCOME, outcome("o1", title))
    assert send(place) == Sent(3, 0)
    found = [one for address, one in post[0].letters if address == "b@example.org"]
    assert [str(one["Subject"]) for one in found] == [f"「{title}」仍然有效吗？"]
    assert found[0]["Bcc"] is None


def test_without_a_server_all_wait_for_the_next_time(
    place: Platform, post: tuple[Box, Server]
) -> None:
    with mail_server() as (_, gone):
        pass
    with pytest.raises(MailUnavailable):
        send(with_server(place, gone))
    assert unmailed(place) == ["a", "a", "b", "c"]
    assert send(place) == Sent(3, 0)
    assert unmailed(place) == []


def test_what_was_read_or_is_old_isnt_mailed_nor_to_who_is_shut_out(
    place: Platform, post: tuple[Box, Server]
) -> None:
    with place.database.reading() as session:
        reader = accounts.get(session, "a")
    assert reader is not None
    read_notices(place, viewer_of(reader, PARENTS), 10**6)
    set_active(place, SYSTEM, "b", False)
    assert send(later(place, MAILED_FOR + timedelta(seconds=1))) == NOTHING_SENT
    assert send(place) == Sent(1, 0)
    assert post[0].to == ["c@example.org"]


def test_nobody_is_written_about_what_they_may_not_know_any_more(
    place: Platform, post: tuple[Box, Server]
) -> None:
    put(place, Noun.OUTCOME, outcome("o1", "x", visibility=Visibility.NAMED))
    assert send(place) == Sent(1, 0)
    assert post[0].to == ["a@example.org"]


def test_the_job_says_that_mail_failed_and_sends_it_when_it_can(
    place: Platform, post: tuple[Box, Server]
) -> None:
    with mail_server() as (_, gone):
        pass
    job = asked(place, SYSTEM, JobKind.NOTICES)
    failed = done(with_server(place, gone), job)
    assert (failed.state, failed.error["code"]) == (JobState.WAITING, "mail_unavailable")
    assert "can't be used" in failed.error["message"]
    again = done(later(place, timedelta(minutes=1)), job)
    assert again.state is JobState.DONE
    assert (again.result["mailed"], again.result["refused"]) == (3, 0)
    assert len(post[0].letters) == 3
