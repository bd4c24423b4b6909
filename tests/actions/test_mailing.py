"""Who takes letters: nobody unless a server is set, and then it has to be said who writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.mailing import mailer_of
from matcher.errors import UsageError
from matcher.settings import Settings


def test_without_a_server_nobody_takes_letters(tmp_path: Path) -> None:
    assert mailer_of(Settings(home=tmp_path, mail_from="matcher@example.org")) is None


def test_a_server_needs_an_address_that_mail_comes_from(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, smtp_host="127.0.0.1")
    with pytest.raises(UsageError, match="mail_from"):
        mailer_of(settings)
    assert mailer_of(settings.model_copy(update={"mail_from": "matcher@example.org"}))
