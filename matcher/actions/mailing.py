"""Who takes the platform's letters: the mail server of the settings, or nobody."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from matcher.domain.message import Message
from matcher.errors import UsageError
from matcher.files.smtp import Server, SmtpMailer
from matcher.settings import Settings


class Mailer(Protocol):
    """Whoever takes letters."""

    def send(self, message: Message, at: datetime) -> None:
        """Take a letter, or raise MailRefused for this one, MailUnavailable for all."""


def mailer_of(settings: Settings) -> AbstractContextManager[Mailer] | None:
    """The mail server, None where none is set. Raises UsageError."""
    return smtp_of(settings) if settings.smtp_host else None


def smtp_of(settings: Settings) -> SmtpMailer:
    """The mail server of `smtp_host`. Raises UsageError where it isn't said who writes."""
    if not settings.mail_from:
        raise UsageError(
            "There is a mail server, but no address that mail comes from.",
            field="mail_from",
            hint="Set mail_from, for example to matcher@example.org.",
        )
    return SmtpMailer(
        Server(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
            sender=settings.mail_from,
        )
    )
