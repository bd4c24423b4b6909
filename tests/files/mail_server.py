"""A real mail server of this machine alone, which keeps what it is given."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from matcher.files.smtp import Server

SENDER = "matcher@example.org"
USER, PASSWORD = "matcher", "a word that the server knows"


@dataclass
class Box:
    """What came, and how the server is to behave.

    refused: addresses that it doesn't take. answers: what it says to a letter, by its address;
    early: the same before it has seen any of the letter, which stays begun until somebody ends it.
    gone: whether it ends the connection in the middle of every letter.
    """

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    gone: bool = False
    connections: int = 0

    @property
    def to(self) -> list[str]:
        """To whom letters came, in their order."""
        return [address for address, _ in self.letters]

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Somebody came."""
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether a letter to this address is taken."""
        if address in self.refused:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """A letter is there."""
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        [address] = envelope.rcpt_tos
        if self.gone:
            server.transport.abort()
            return "250 nobody hears this"
        if address in self.answers:
            return self.answers[address]
        self.letters.append((address, letter))  # type: ignore[arg-type]
        return "250 OK"


def _known(
    server: Any, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    sent = (USER.encode(), PASSWORD.encode())
    good = isinstance(data, LoginPassword) and (data.login, data.password) == sent
    return AuthResult(success=good, handled=False)


class _Server(SMTP):
    """May refuse a letter by its answer to DATA alone."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Somebody wants to hand over a letter."""
        addresses = self.envelope.rcpt_tos if self.envelope else []
        early = next((self.event_handler.early.get(one) for one in addresses), None)
        await (super().smtp_DATA(arg) if early is None else self.push(early))


class _Controller(Controller):
    """On a port that is free, which is known once it listens."""

    def factory(self) -> SMTP:
        """A server for one connection."""
        return _Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def _contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's with its certificate, and one that trusts who signed that."""
    authority = trustme.CA()
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(inside)
    outside = ssl.create_default_context()
    authority.configure_trust(outside)
    return inside, outside


@contextmanager
def mail_server(security: str = "none", user: str = "") -> Iterator[tuple[Box, Server]]:
    """A server while the block lasts, and how to reach it."""
    box = Box()
    inside, outside = _contexts() if security != "none" else (None, None)
    options: dict[str, Any] = {"auth_require_tls": security == "starttls"}
    if user:
        # The server itself warns of a password that could go in the clear.
        options |= {"authenticator": _known, "auth_required": security == "starttls"}
    if security == "starttls":
        options |= {"tls_context": inside, "require_starttls": True}
    given = {"ssl_context": inside} if security == "tls" else {}
    controller = _Controller(box, hostname="127.0.0.1", port=0, **given, **options)
    controller.start()
    try:
        word = PASSWORD if user else ""
        yield box, Server("127.0.0.1", controller.port, security, user, word, SENDER, outside)
    finally:
        controller.stop()
