"""Letters over a real connection: how they look, what is refused, and when nobody is there."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.message import Message
from matcher.errors import MailRefused, MailUnavailable
from matcher.files.smtp import Server, SmtpMailer, written
from tests.files.mail_server import PASSWORD, SENDER, USER, mail_server

AT = datetime(2026, 11, 2, 7, tzinfo=UTC)
LETTER = Message(
    to="li@example.org",
    subject="石墨烯 " * 30 + "coating",
    text="您好\n.\n- 一条新提醒 https://matcher.example.org/notices\n",
    html='<p lang="zh-Hans">您好 <a href="https://matcher.example.org">看</a></p>',
    id="notices.abc",
    settings="https://matcher.example.org/me",
)


def lines(text: str) -> list[str]:
    """Over the wire a line ends with two characters."""
    return text.splitlines()


def to(address: str) -> Message:
    return replace(LETTER, to=address)


def test_a_letter_says_who_writes_when_and_that_no_person_does() -> None:
    content = written(LETTER, SENDER, AT)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 998
    letter = message_from_bytes(content, policy=policy.default)
    assert (letter["From"], letter["To"]) == (SENDER, "li@example.org")
    assert letter["Subject"] == LETTER.subject
    assert parsedate_to_datetime(letter["Date"]) == AT
    assert letter["Message-ID"] == "<notices.abc@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://matcher.example.org/me>"
    text, html = letter.iter_parts()  # type: ignore[attr-defined]
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert lines(text.get_content()) == lines(LETTER.text)
    assert html.get_content().strip() == LETTER.html
    bare = message_from_bytes(written(replace(LETTER, settings=""), SENDER, AT))
    assert bare["List-Unsubscribe"] is None


NAMES = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"]
NAMES += ["X-Auto-Response-Suppress", "List-Unsubscribe", "MIME-Version", "Content-Type"]
ENDS_THE_LINE = "=?utf-8?b?DQpCY2M6IHhAZXhhbXBsZS5vcmcNCg==?="
"""A line break and a header, as a word that is encoded (RFC 2047)."""


def names(content: bytes) -> list[str]:
    """The names of the headers as they stand in the bytes, without folding and without decoding."""
    head = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line.partition(b":")[0].decode() for line in head if not line.startswith(b" ")]


@pytest.mark.parametrize("word", [ENDS_THE_LINE, "=?utf-8?q?caf=E9?=", "=?utf-8?q?=0d=0aBcc:_x?="])
def test_what_looks_like_an_encoded_word_in_a_subject_stays_what_it_is(word: str) -> None:
    subject = f"Wear coating for rails {word} and guideways with a long title"
    content = written(replace(LETTER, subject=subject), SENDER, AT)
    assert names(content) == NAMES
    assert word.encode() not in content
    assert str(message_from_bytes(content, policy=policy.default)["Subject"]) == subject


def test_what_looks_like_an_encoded_word_in_an_address_stays_what_it_is() -> None:
    address = "=?utf-8?q?=0d=0aBcc=3a_x?=@example.org"
    content = written(to(address), address, AT)
    assert names(content) == NAMES
    for name in ("From", "To"):
        assert f"\r\n{name}: {address}\r\n".encode() in b"\r\n" + content


@given(st.text(alphabet="=?utf-8qb_ 涂é\r\n\0\x85\u2028:", max_size=200))
def test_whatever_the_subject_is_the_header_has_the_same_lines(subject: str) -> None:
    letter = replace(LETTER, subject=subject)
    if not subject.isprintable():
        with pytest.raises(MailRefused, match="can't be written"):
            written(letter, SENDER, AT)
        return
    content = written(letter, SENDER, AT)
    assert names(content) == NAMES
    assert content.isascii()
    assert all(len(line) <= 78 for line in content.split(b"\r\n"))


@pytest.mark.parametrize(
    ("security", "user"),
    [("none", ""), ("starttls", ""), ("tls", ""), ("starttls", USER), ("tls", USER)],
)
def test_it_arrives_whole_over_one_connection(security: str, user: str) -> None:
    with mail_server(security, user) as (box, server), SmtpMailer(server) as mailer:
        mailer.check()
        for address in ("li@example.org", "wang@example.org"):
            mailer.send(to(address), AT)
        came = box.connections
    assert box.to == ["li@example.org", "wang@example.org"]
    # With STARTTLS one says hello twice.
    assert came == (2 if security == "starttls" else 1)
    text = box.letters[0][1].get_body(("plain",))
    assert text is not None
    assert lines(text.get_content()) == lines(LETTER.text)


def test_a_refused_address_doesnt_stop_the_next_one() -> None:
    with mail_server() as (box, server), SmtpMailer(server) as mailer:
        box.refused = {"gone@example.org"}
        box.answers = {"full@example.org": "452 no room", "spam@example.org": "554 no"}
        for address, code in (("gone", 550), ("full", 452), ("spam", 554)):
            with pytest.raises(MailRefused, match=str(code)):
                mailer.send(to(f"{address}@example.org"), AT)
        mailer.send(LETTER, AT)
    assert box.to == ["li@example.org"]


def test_a_letter_refused_before_its_text_doesnt_stop_the_next_one() -> None:
    with mail_server() as (box, server), SmtpMailer(server) as mailer:
        box.early = {"no@example.org": "554 no", "bye@example.org": "421 later"}
        for address, code in (("no", 554), ("bye", 421)):
            with pytest.raises(MailRefused, match=str(code)):
                mailer.send(to(f"{address}@example.org"), AT)
            mailer.send(LETTER, AT)
        came = box.connections
    assert box.to == ["li@example.org", "li@example.org"]
    # After 421 it isn't talked to on the same connection.
    assert came == 2


@pytest.mark.parametrize("of", ["subject", "text"])
def test_a_letter_that_cant_be_written_is_refused_and_stops_no_other(of: str) -> None:
    with mail_server() as (box, server), SmtpMailer(server) as mailer:
        with pytest.raises(MailRefused, match="can't be written"):
            mailer.send(replace(LETTER, **{of: "half a letter: \ud83d"}), AT)
        mailer.send(LETTER, AT)
    assert box.to == ["li@example.org"]


def test_a_server_that_goes_in_the_middle_of_a_letter_isnt_given_it_again() -> None:
    with mail_server() as (box, server), SmtpMailer(server) as mailer:
        box.gone = True
        mailer.send(LETTER, AT)
        box.gone = False
        mailer.send(to("wang@example.org"), AT)
    assert box.to == ["wang@example.org"]


def test_a_server_that_was_started_anew_is_reached_anew() -> None:
    with mail_server() as (_, server), SmtpMailer(server) as mailer:
        mailer.send(LETTER, AT)
        # As a server does after it had nothing to do for long.
        mailer._client.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
        mailer.send(LETTER, AT)


def test_nobody_there() -> None:
    with mail_server() as (_, server):
        pass
    with SmtpMailer(server) as mailer:
        for ask in (mailer.check, lambda: mailer.send(LETTER, AT)):
            with pytest.raises(MailUnavailable, match=r"127.0.0.1:\d+ can't be used: .*refused"):
                ask()


def test_it_goes_while_letters_are_sent() -> None:
    with mail_server() as (_, server):
        mailer = SmtpMailer(server)
        mailer.send(LETTER, AT)
        mailer._client.sock.close()  # type: ignore[union-attr]
    with pytest.raises(MailUnavailable):
        mailer.send(LETTER, AT)


def test_wrong_words_a_stranger_and_no_tls_are_told_apart() -> None:
    def told(server: Server) -> str:
        with SmtpMailer(server) as mailer, pytest.raises(MailUnavailable) as refused:
            mailer.check()
        assert PASSWORD not in str(refused.value)
        return refused.value.message

    with mail_server("starttls", USER) as (_, server):
        assert PASSWORD not in repr(server)
        assert "smtp_user and smtp_password (535)" in told(replace(server, password="wrong"))  # noqa: S106
        assert "certificate isn't trusted" in told(replace(server, context=None))
        # Nothing is said in the clear.
        assert "doesn't offer" in told(replace(server, security="none"))
    with mail_server() as (_, server):
        assert "doesn't offer" in told(replace(server, security="starttls"))
        assert "TLS" in told(replace(server, security="tls"))


def test_without_the_password_nothing_is_taken() -> None:
    with mail_server("starttls", USER) as (box, server):
        mailer = SmtpMailer(replace(server, user=""))
        with pytest.raises(MailUnavailable, match="530"):
            mailer.send(LETTER, AT)
    assert box.letters == []
