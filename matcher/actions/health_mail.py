"""Whether the mail server of the settings would take letters."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.actions.finding import Finding
from matcher.actions.mailing import smtp_of
from matcher.errors import MatcherError
from matcher.settings import Settings


def mail_findings(settings: Settings) -> Iterator[Finding]:
    """The finding, none where no server is set. Nothing is sent."""
    if not settings.smtp_host:
        return
    name = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with smtp_of(settings) as mailer:
            mailer.check()
    except MatcherError as error:
        yield Finding("mail", False, str(error))
    else:
        yield Finding("mail", True, f"{name} lets us in")
    if not settings.public_url:
        yield Finding("links in mail", True, "none, as public_url isn't set")
