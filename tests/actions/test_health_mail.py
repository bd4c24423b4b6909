"""Whether letters would be taken, as `matcher doctor` tells it; nothing is sent to find out."""

from __future__ import annotations

from pathlib import Path

from matcher.actions.health_mail import mail_findings
from matcher.files.smtp import Server
from matcher.settings import Settings
from tests.files.mail_server import SENDER, mail_server


def settings(home: Path, server: Server, **more: str) -> Settings:
    return Settings(  # type: ignore[arg-type]
        home=home,
        smtp_host=server.host,
        smtp_port=server.port,
        smtp_security=server.security,
        **{"mail_from": SENDER, **more},
    )


def test_nothing_is_said_without_a_server(tmp_path: Path) -> None:
    assert list(mail_findings(Settings(home=tmp_path))) == []


def test_a_server_that_answers_and_one_that_is_gone(tmp_path: Path) -> None:
    with mail_server() as (box, server):
        told = settings(tmp_path, server, public_url="https://matcher.example.org")
        [found] = mail_findings(told)
        assert (found.ok, found.detail) == (True, f"127.0.0.1:{server.port} lets us in")
    assert box.letters == []
    mail, links = mail_findings(settings(tmp_path, server))
    assert not mail.ok
    assert "can't be used" in mail.detail
    assert (links.subject, links.ok) == ("links in mail", True)
    nobody, *_ = mail_findings(settings(tmp_path, server, mail_from=""))
    assert "Set mail_from" in nobody.detail
