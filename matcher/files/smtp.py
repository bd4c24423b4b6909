"""Letters to people, handed to a mail server by SMTP (RFC 5321)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Self

from matcher.domain.message import Message
from matcher.errors import MailRefused, MailUnavailable

SECONDS = 20.0
"""How long is waited for each answer of the server."""
_LATER = "Notices stay in the accounts, and mail is tried again."
_CLOSING = 421
"""The code by which a server says that it goes (RFC 5321, 3.8)."""
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. security: starttls, tls or none; user: "" for nobody; sender: the
    address that it comes from. context: how the server's certificate is checked, None for as
    usual."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    context: ssl.SSLContext | None = None


class SmtpMailer:
    """One connection, made when the first letter is sent, and anew where it broke off; for one
    thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()

    def check(self) -> None:
        """Raises MailUnavailable where no letter would be taken, as far as that shows."""
        with self._telling():
            self._connected().noop()

    def send(self, message: Message, at: datetime) -> None:
        """Hand over a letter.

        Raises MailRefused where the server doesn't take this one or it can't be written,
        MailUnavailable where it takes none; then it hasn't been sent. Where the server is gone
        after the letter was begun nobody knows whether it took it. That counts as sent: a second
        one would be worse.
        """
        content = written(message, self._server.sender, at)
        with self._telling():
            client = self._connected()
            code, said = client.mail(self._server.sender)
            if not _is_good(code):
                raise smtplib.SMTPResponseException(code, said)
            code, said = client.rcpt(message.to)
            if code == _CLOSING:
                raise smtplib.SMTPResponseException(code, said)
            if not _is_good(code):
                client.rset()
                raise _refused(code)
        self._hand_over(client, content)

    def _hand_over(self, client: smtplib.SMTP, content: bytes) -> None:
        try:
            code, _ = client.data(content)
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
            self._end(client, code)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return
        if not _is_good(code):
            raise _refused(code)

    def _end(self, client: smtplib.SMTP, code: int) -> None:
        """A letter that the server didn't even want to hear is still begun there."""
        try:
            if code == _CLOSING or not _is_good(client.rset()[0]):
                self._drop()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        """The connection there is, if the server still answers on it, else a new one."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                if _is_good(self._client.noop()[0]):
                    return self._client
            self._drop()
        self._client = _opened(self._server)
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What goes wrong with the server in the block comes out as MailUnavailable."""
        try:
            yield
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            name = f"{self._server.host}:{self._server.port}"
            raise MailUnavailable(
                f"The mail server {name} can't be used: {_reason(error)}.", hint=_LATER
            ) from error


def _opened(server: Server) -> smtplib.SMTP:
    context = server.context or ssl.create_default_context()
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=context
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.security == "starttls":
            client.starttls(context=context)
        client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client


def _reason(error: Exception) -> str:
    """What happened, without what the server said, which may name people."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"it refuses smtp_user and smtp_password ({error.smtp_code})"
        case smtplib.SMTPNotSupportedError():
            return "it doesn't offer what smtp_security and smtp_user ask for"
        case smtplib.SMTPResponseException():
            return f"it answers {error.smtp_code}"
        case smtplib.SMTPServerDisconnected():
            return "it ended the connection"
        case ssl.SSLCertVerificationError():
            return f"its certificate isn't trusted ({error.verify_message})"
        case ssl.SSLError():
            return "it doesn't speak TLS as smtp_security says"
        case TimeoutError():
            return f"no answer within {SECONDS:.0f} seconds"
        case _:
            return getattr(error, "strerror", None) or type(error).__name__


def _refused(code: int) -> MailRefused:
    return MailRefused(f"The mail server refuses the letter ({code}).", hint=_LATER)


def _is_good(code: int) -> bool:
    """Whether an answer is one of success (RFC 5321, 4.2.1)."""
    return 200 <= code < 300


class _Verbatim(str):
    """A header that goes out as it is given: in what people wrote nothing is taken for a word that
    is encoded already (RFC 2047), which could hold the end of a line."""

    __slots__ = ("name",)
    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        """The line, or lines, of the header."""
        return f"{self.name}: {self}{policy.linesep}"


def _verbatim(name: str, text: str) -> _Verbatim:
    value = _Verbatim(text)
    value.name = name
    return value


def _subject(text: str) -> _Verbatim:
    """All of it encoded, in lines of the length that there should be."""
    if not text.isprintable():
        raise ValueError("its subject isn't a line")
    encoded = Header(text, "utf-8", header_name="Subject").encode(linesep=_POLICY.linesep)
    return _verbatim("Subject", encoded)


def written(message: Message, sender: str, at: datetime) -> bytes:
    """The letter as it goes over the wire.

    Raises MailRefused for what can't be written, such as a subject of two lines.
    """
    try:
        return _content(message, sender, at)
    except ValueError as error:  # Half a character among others.
        raise MailRefused("A letter can't be written.", hint=_LATER) from error


def _content(message: Message, sender: str, at: datetime) -> bytes:
    letter = EmailMessage(policy=_POLICY)
    letter["From"], letter["To"] = _verbatim("From", sender), _verbatim("To", message.to)
    letter["Subject"] = _subject(message.subject)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{message.id}@{sender.partition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    if message.settings:
        letter["List-Unsubscribe"] = f"<{message.settings}>"
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    return bytes(letter)
